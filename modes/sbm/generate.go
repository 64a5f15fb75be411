package sbm

import (
	"math/rand/v2"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/internal/edgelist"
)

// Streams of random numbers, so that one part does not move another.
const (
	degreeStream = iota
	edgeStream
	featureStream
)

// Generate draws a graph from the model that c describes.
//
// Nodes are numbered cluster by cluster; Labels are the clusters. The numbers
// of edges inside each cluster, and between clusters, are Poisson draws about
// their expectation; both ends of an edge are drawn in proportion to θ, and an
// edge that is there already, or a self loop, is drawn again, so that the
// expected degree is met. Features are N(0, FeatureSeparation²) centres, one a
// cluster, plus N(0, 1) noise, all independent.
//
// Time and memory are linear in Nodes·FeatureDim and in the edges. It errs
// where a field of c is out of range, and where degrees so uneven leave too
// little room for that many different edges.
func Generate(c Config) (*graphfile.Graph, error) {
	if err := c.check(c.inMemory()); err != nil {
		return nil, err
	}
	labels, starts := c.labels()
	theta := c.degrees(starts)
	edges, err := c.edges(labels, starts, theta)
	if err != nil {
		return nil, err
	}
	g := &graphfile.Graph{Nodes: c.Nodes, Labels: labels}
	g.RowPtr, g.Col = edgelist.Rows(c.Nodes, edges)
	if c.FeatureDim > 0 {
		g.Features = c.features(labels)
	}
	return g, nil
}

// stream returns a source of random numbers of its own.
func (c Config) stream(n uint64) *rand.Rand {
	return rand.New(rand.NewPCG(c.Seed, n))
}

// labels returns the cluster of each node and the first node of each cluster,
// followed by the number of nodes.
func (c Config) labels() (labels, starts []int) {
	labels, starts = make([]int, c.Nodes), c.starts()
	for k := range c.Clusters {
		for i := starts[k]; i < starts[k+1]; i++ {
			labels[i] = k
		}
	}
	return labels, starts
}

// starts returns the first node of each cluster, and the number of nodes.
func (c Config) starts() []int {
	starts := make([]int, c.Clusters+1)
	for k := range c.Clusters {
		starts[k+1] = (k + 1) * c.Nodes / c.Clusters
	}
	return starts
}

// centres returns the mean of the features of each cluster, row by row.
func (c Config) centres(r *rand.Rand) []float64 {
	centres := make([]float64, c.Clusters*c.FeatureDim)
	for i := range centres {
		centres[i] = c.FeatureSeparation * r.NormFloat64()
	}
	return centres
}

func (c Config) features(labels []int) *graphfile.Features {
	r := c.stream(featureStream)
	f := c.FeatureDim
	centres := c.centres(r)
	x := make([]float32, c.Nodes*f)
	for i, k := range labels {
		for j, m := range centres[k*f : (k+1)*f] {
			x[i*f+j] = float32(m + r.NormFloat64())
		}
	}
	return &graphfile.Features{Rows: c.Nodes, Cols: f, Dense: x}
}
