// Package outcome is what a training ended with: its clusters with what they are
// worth, and how they are written and told.
package outcome

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Result is all that the outputs and the summary tell.
type Result struct {
	Source                          string // the file, or the karate club
	Version, Command                string
	Options                         options.Train
	Nodes, Edges, Features, Classes int // Classes: 0 without labels
	Weighted                        bool
	Changes                         []string      // what the loader changed
	Stored                          bool          // of a training on a store
	RunsOnce                        bool          // by a command without restarts
	Made                            *embed.Chosen // how the features were made; nil where they are as they came
	TriedK                          []Tried       // by --k auto
	Best                            *Best
	Cluster                         []int     // of each node
	Confidence                      []float32 // of each node, its cluster's share
	Sizes                           []int     // of each of the k clusters
	Scores                          metrics.Report
	Disconnected                    int                    // clusters that fall into pieces
	Mendable                        int                    // of them, those that --connected reassign makes whole
	Splits                          bool                   // --connected split would change the clusters
	Levels                          []level                // of a hierarchy, these clusters first; nil: none
	Numbers                         []int                  // of the model's clusters, by --align; nil: from 0
	Alignment                       *metricsfile.Alignment // nil without --align
	Dissolved                       *metricsfile.Dissolved // nil without --min-size
	Trained                         *scored                // before the refinement; nil where there was none
	References                      []reference            // other clusters beside it
	Agreement                       float64                // mean NMI of every two restarts; NaN of one
	Measured                        measured               // what the files tell beside
	RefineSeconds                   float64
	Seconds, SecondsPerEpoch        float64
	PeakRSS                         int64  // 0: not known
	Clock                           *Clock // nil without --timing
	Written                         []string
	Unwritable                      bool // names in PNG pictures have letters that its font lacks
}

// scored is clusters with what they are worth.
type scored struct {
	Cluster []int
	Scores  metrics.Report
}

// reference is clusters found in another way.
type reference struct {
	Name, Title string
	scored
}

// New takes the clusters of the largest shares, refines them, and
// measures them beside the references. The clock is told of it.
func New(ctx context.Context, name string, g *graphfile.Graph, o options.Train, best *Best, clock *Clock) (*Result, error) {
	res := &Result{
		Clock:  clock,
		Source: name, Version: build.Version(), Options: o, Nodes: g.Nodes, Edges: g.Edges(),
		Features: view.Features(g), Classes: view.Classes(g), Weighted: g.Weights != nil,
		Changes: g.Changes, Best: best, SecondsPerEpoch: median(best.Steps),
	}
	if !best.Task.Raw() {
		res.Made = &best.Task.Map.Chosen
		if res.Made.Kind == embed.Pattern && res.Features > 0 {
			res.Changes = append(slices.Clone(res.Changes), "features: nodes that an edge joins are no more alike than any two, "+
				"so neighbours take their place; --features-as numbers keeps them")
		}
	}
	trained, confidence := Harden(best.Shares, g.Nodes, o.K)
	res.Confidence = confidence
	clock.Begin(PartRefining)
	if err := res.refine(ctx, g, trained); err != nil {
		return nil, failure.Failedf("refining the clusters: %w", err)
	}
	if err := res.align(); err != nil {
		return nil, failure.Failedf("--align: %w", err)
	}
	clock.Begin(PartMeasuring)
	res.Sizes = make([]int, max(o.K, slices.Max(res.Cluster)+1))
	for _, c := range res.Cluster {
		res.Sizes[c]++
	}
	var err error
	if res.Scores, err = Evaluate(g, res.Cluster); err != nil {
		return nil, failure.Failedf("measuring the clusters: %w", err)
	}
	if err := res.stack(ctx, g); err != nil {
		return nil, failure.Failedf("--levels: %w", err)
	}
	if err := res.measure(g); err != nil {
		return nil, failure.Failedf("measuring the clusters: %w", err)
	}
	if err := res.compare(g); err != nil {
		return nil, failure.Failedf("measuring the references: %w", err)
	}
	return res, nil
}

// refine sets the clusters to those trained, refined as the options say. The
// confidence of a node that moved is the share of its new cluster.
func (res *Result) refine(ctx context.Context, g *graphfile.Graph, trained []int) (err error) {
	began, o := time.Now(), res.Options
	res.Cluster, _, err = res.Best.Task.Refine(ctx, trained, cluster.Options{
		K: o.K, Seed: res.Best.Seed, Refine: cluster.Refinement(o.Refine), Connected: cluster.Connection(o.Connected),
	})
	if err == nil {
		err = res.dissolve()
	}
	if err != nil {
		return err
	}
	for i, c := range res.Cluster {
		if c != trained[i] && c < o.K {
			res.Confidence[i] = res.Best.Shares[i*o.K+c]
		}
	}
	res.RefineSeconds = time.Since(began).Seconds()
	if o.Refine == string(cluster.None) && o.Connected == "" && res.Dissolved == nil {
		return nil
	}
	before := &scored{Cluster: trained}
	before.Scores, err = Evaluate(g, trained)
	res.Trained = before
	return err
}

// louvainEdges is how many edges a graph has at most for Louvain's method to be
// run beside: on larger ones it would take as long as the training.
const louvainEdges = 2_000_000

// compare measures k-means of the features, where the training began with it,
// and, where the graph is not too large, communities by modularity alone, merged
// to as many clusters.
func (res *Result) compare(g *graphfile.Graph) error {
	if res.Options.Init == string(cluster.KMeans) && res.Best.Start != nil && res.Options.Start == nil {
		if err := res.reference(g, "kmeans", "k-means of the features", res.Best.Start); err != nil {
			return err
		}
	}
	if g.Edges() > louvainEdges {
		return nil
	}
	graph := view.Metrics(g)
	communities, err := refine.Louvain(graph, res.Best.Seed)
	if err == nil {
		communities, err = refine.Merge(graph, communities, res.Options.K)
	}
	if err != nil {
		return err
	}
	return res.reference(g, "louvain", "Louvain, merged to "+strconv.Itoa(res.Options.K), communities)
}

func (res *Result) reference(g *graphfile.Graph, name, title string, clusters []int) (err error) {
	r := reference{Name: name, Title: title, scored: scored{Cluster: clusters}}
	r.Scores, err = Evaluate(g, clusters)
	res.References = append(res.References, r)
	return err
}

// Evaluate measures clusters on the graph, and against its labels.
func Evaluate(g *graphfile.Graph, clusters []int) (metrics.Report, error) {
	return metrics.Evaluate(view.Metrics(g), clusters, view.Labels(g))
}

// Harden gives each node the cluster of its largest share, the first of equals.
func Harden(assign []float32, n, k int) (cluster []int, confidence []float32) {
	cluster, confidence = make([]int, n), make([]float32, n)
	for i := range cluster {
		row := assign[i*k : (i+1)*k]
		for c, v := range row {
			if v > row[cluster[i]] {
				cluster[i] = c
			}
		}
		confidence[i] = row[cluster[i]]
	}
	return cluster, confidence
}

// median is the middle of the numbers, 0 of none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
