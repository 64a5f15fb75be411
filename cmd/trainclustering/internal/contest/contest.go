// Package contest holds clusterings of one graph by several methods and seeds,
// and measures them.
package contest

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
)

// Contest is the runs of every method on one graph.
type Contest struct {
	Graph  metrics.Graph
	Labels []int // nil: none
	K      int   // clusters asked for
	Runs   []Run
	Starts []Start // from which the methods began, one a seed
}

// Start is k-means of the features.
type Start struct {
	Seed    uint64
	Cluster []int
	Seconds float64
}

// Run is one clustering and what it is worth.
type Run struct {
	Method            string             `json:"method"`
	Seed              uint64             `json:"seed"`
	Modularity        metricsfile.Figure `json:"modularity"`
	Conductance       metricsfile.Figure `json:"conductance"`
	NMI               metricsfile.Figure `json:"nmi"`
	ARI               metricsfile.Figure `json:"ari"`
	EffectiveClusters metricsfile.Figure `json:"effective_clusters"`
	Seconds           metricsfile.Figure `json:"seconds"`

	// Diverged says what a training came to that has no clusters; its figures are
	// NaN.
	Diverged string `json:"diverged,omitempty"`

	Cluster []int `json:"-"`
}

// Names of the figures of a run, in the order of values.
func Names() []string {
	return []string{"modularity", "conductance", "nmi", "ari", "effective_clusters", "seconds"}
}

// Values are the run's figures in the order of [Names].
func (r Run) Values() []float64 {
	return []float64{
		float64(r.Modularity), float64(r.Conductance), float64(r.NMI), float64(r.ARI),
		float64(r.EffectiveClusters), float64(r.Seconds),
	}
}

// Add measures clusters and adds them.
func (c *Contest) Add(method string, seed uint64, clusters []int, seconds float64) error {
	m, err := metrics.Evaluate(c.Graph, clusters, c.Labels)
	if err != nil {
		return err
	}
	c.Runs = append(c.Runs, Run{
		Method: method, Seed: seed, Modularity: metricsfile.Figure(m.Modularity), Conductance: metricsfile.Figure(m.Conductance),
		NMI: metricsfile.Figure(m.NMI), ARI: metricsfile.Figure(m.ARI), EffectiveClusters: metricsfile.Figure(m.EffectiveClusters),
		Seconds: metricsfile.Figure(seconds), Cluster: clusters,
	})
	return nil
}

// AddDiverged adds a training that diverged.
func (c *Contest) AddDiverged(method string, seed uint64, what string) {
	nan := metricsfile.Figure(math.NaN())
	c.Runs = append(c.Runs, Run{
		Method: method, Seed: seed, Modularity: nan, Conductance: nan, NMI: nan, ARI: nan, EffectiveClusters: nan, Seconds: nan, Diverged: what,
	})
}

// Finished is how many runs have clusters.
func (c *Contest) Finished() (n int) {
	for _, r := range c.Runs {
		if r.Diverged == "" {
			n++
		}
	}
	return n
}

// AddStarts adds k-means of the features for each seed that has it.
func (c *Contest) AddStarts() error {
	for _, s := range c.Starts {
		if err := c.Add("kmeans", s.Seed, s.Cluster, s.Seconds); err != nil {
			return err
		}
	}
	return nil
}

// AddReferences adds Louvain's clusters, those merged to at most K, and each
// node in one of K clusters by chance.
func (c *Contest) AddReferences(seed uint64) error {
	began := time.Now()
	louvain, err := refine.Louvain(c.Graph, seed)
	if err != nil {
		return err
	}
	if err := c.Add("louvain", seed, louvain, time.Since(began).Seconds()); err != nil {
		return err
	}
	merged, err := refine.Merge(c.Graph, louvain, c.K)
	if err != nil {
		return err
	}
	if err := c.Add("louvain-k", seed, merged, time.Since(began).Seconds()); err != nil {
		return err
	}
	began = time.Now()
	chance, draw := make([]int, c.Graph.Nodes()), rand.New(rand.NewPCG(seed, 1))
	for i := range chance {
		chance[i] = draw.IntN(c.K)
	}
	return c.Add("random", seed, chance, time.Since(began).Seconds())
}

// Row is the mean and the standard deviation of a method's runs, figure by
// figure in the order of [Names]; one run has no deviation, NaN. Those that
// diverged count for nothing.
type Row struct {
	Method   string               `json:"method"`
	Runs     int                  `json:"runs"`
	Diverged int                  `json:"diverged"` // beside Runs
	Mean, SD []metricsfile.Figure `json:"-"`
}

// Rows is a row a method, in the order of Add, references last.
func (c *Contest) Rows() []Row {
	var rows []Row
	for _, first := range c.Runs {
		if slices.ContainsFunc(rows, func(r Row) bool { return r.Method == first.Method }) {
			continue
		}
		var of [][]float64
		row := Row{Method: first.Method}
		for _, r := range c.Runs {
			switch {
			case r.Method != first.Method:
			case r.Diverged != "":
				row.Diverged++
			default:
				of = append(of, r.Values())
			}
		}
		row.Runs = len(of)
		for j := range Names() {
			mean, sd := meanAndSD(of, j)
			row.Mean, row.SD = append(row.Mean, metricsfile.Figure(mean)), append(row.SD, metricsfile.Figure(sd))
		}
		rows = append(rows, row)
	}
	return rows
}

// meanAndSD is the mean of column j, and √(Σ(x − mean)²/(n − 1)).
func meanAndSD(rows [][]float64, j int) (mean, sd float64) {
	n := float64(len(rows))
	for _, r := range rows {
		mean += r[j] / n
	}
	switch len(rows) {
	case 0:
		return math.NaN(), math.NaN()
	case 1:
		return mean, math.NaN()
	}
	for _, r := range rows {
		sd += (r[j] - mean) * (r[j] - mean)
	}
	return mean, math.Sqrt(sd / (n - 1))
}

// Best is the run of a method with the highest modularity, the first of several.
func (c *Contest) Best(method string) Run {
	best := Run{Modularity: metricsfile.Figure(math.Inf(-1))}
	for _, r := range c.Runs {
		if r.Method == method && r.Modularity > best.Modularity {
			best = r
		}
	}
	return best
}
