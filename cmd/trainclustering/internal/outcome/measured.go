package outcome

import (
	"math"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// measured is what metrics.json tells of the clusters beside their scores.
type measured struct {
	Parts        []metricsfile.Part
	Coverage     float64
	Labels       metrics.Agreement // with the labels
	Modularities []metricsfile.Figure
	Agreement    *metricsfile.Agreement // nil of one restart
}

// measure measures each cluster, and each restart.
func (res *Result) measure(g *graphfile.Graph) (err error) {
	m, graph := &res.Measured, view.Metrics(g)
	if m.Parts, res.Disconnected, err = metricsfile.NewParts(graph, res.Cluster); err != nil {
		return err
	}
	if err = res.measurePieces(graph); err != nil {
		return err
	}
	if m.Coverage, err = metrics.Coverage(graph, res.Cluster); err != nil {
		return err
	}
	if labels := view.Labels(g); labels != nil {
		if m.Labels, err = metrics.Compare(res.Cluster, labels); err != nil {
			return err
		}
	}
	for _, found := range res.Best.Found {
		if found == nil { // it diverged
			m.Modularities = append(m.Modularities, metricsfile.Figure(math.NaN()))
			continue
		}
		v, err := metrics.Modularity(graph, found)
		if err != nil {
			return err
		}
		m.Modularities = append(m.Modularities, metricsfile.Figure(v))
	}
	res.Agreement = math.NaN()
	if m.Agreement, err = metricsfile.NewAgreement(res.Best.Found); m.Agreement != nil {
		res.Agreement = float64(m.Agreement.Mean)
	}
	return err
}

// measurePieces counts, where clusters fall into pieces, what --connected would
// do about that.
func (res *Result) measurePieces(g metrics.Graph) (err error) {
	if res.Disconnected == 0 {
		return nil
	}
	if res.Mendable, err = refine.Disconnected(g, res.Cluster); err != nil {
		return err
	}
	split, err := refine.Split(g, res.Cluster)
	res.Splits = !slices.Equal(split, res.Cluster)
	return err
}

// moved counts the nodes that the refinement gave another cluster.
func (res *Result) moved() int {
	n := 0
	for i, c := range res.Trained.Cluster {
		if res.Cluster[i] != c {
			n++
		}
	}
	return n
}
