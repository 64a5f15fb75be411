package model

import "github.com/graphpool/graphpool/modes/graphfile"

// Memory estimates in bytes what a training takes at most, from measured peaks
// : within about a third.
func Memory(g *graphfile.Graph, cfg Config) float64 {
	n, k := float64(g.Nodes), float64(cfg.K)
	size := 4.0
	if cfg.Dtype == Float64 {
		size = 8
	}
	in := n // the rows of the adjacency stand in
	if g.Features != nil {
		in = float64(g.Features.Cols)
	}
	made := 0.0
	if cfg.Features != FeaturesRaw { // columns of the decomposition, ten more on the way, and the steps of smoothing
		columns := min(in, madeColumns)
		made = 4 * (4*n*columns + 2*in*columns)
		if g.Features != nil {
			made += 4 * float64(len(g.Features.Dense)+len(g.Features.Col))
		}
		in = columns
	}
	if cfg.Share(g.Nodes) > 0 {
		made += nearBytes * n
	}
	kind, _ := lookupEncoder(cfg.Encoder) // the training says where it is not known
	numbers, perWeight := 0.0, 5.0        // value, gradient, two moments of Adam, product
	for _, units := range cfg.Hidden {
		width := float64(units)
		numbers += perWeight*in*width + kind.buffers*n*width
		in, perWeight = width, 15 // hidden layers pass gradients on
	}
	numbers += 5*in*k + 7*n*k + 12*k*k
	return memoryOfProgram + memoryOfGraph(g, size) + made + size*numbers
}

// What the features take: their columns, and the nearest neighbours of a node
// with their weights, as they are made and as they are trained on.
const (
	madeColumns = 74
	nearBytes   = 30 * 24
)

// memoryOfProgram is what the command takes by itself.
const memoryOfProgram = 15e6

// memoryOfGraph is what the graph takes as read and as an input.
func memoryOfGraph(g *graphfile.Graph, size float64) float64 {
	bytes := float64(len(g.Col)) * (4 + size)
	if f := g.Features; f != nil {
		bytes += float64(len(f.Dense)+len(f.Values)+len(f.Col)) * 4
		if size > 4 {
			bytes += float64(len(f.Dense)+len(f.Values)) * size
		}
	}
	return bytes
}
