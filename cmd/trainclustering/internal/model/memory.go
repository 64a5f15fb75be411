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
	kind, _ := lookupEncoder(cfg.Encoder) // the training says where it is not known
	numbers, perWeight := 0.0, 5.0        // value, gradient, two moments of Adam, product
	for _, units := range cfg.Hidden {
		width := float64(units)
		numbers += perWeight*in*width + kind.buffers*n*width
		in, perWeight = width, 15 // hidden layers pass gradients on
	}
	numbers += 5*in*k + 7*n*k + 12*k*k
	return memoryOfProgram + memoryOfGraph(g, size) + size*numbers
}

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
