package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// MapEquationPool clusters nodes by the length of a code for a random walk
// (Neuromap), the objective of Infomap:
//
//	S = softmax(MLP(X)),  X' = SᵀX,  A' = SᵀAS
//
// The loss is the map equation, in bits; see losses.MapEquation. K is the
// maximum number of clusters: clusters that do not shorten the code stay empty.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K.
// Source: Blöcker, Tan, Scholtes, The Map Equation Goes Neural: Mapping Network
// Flows with Graph Neural Networks, NeurIPS 2024, arXiv 2310.01144.
type MapEquationPool struct {
	Soft
	Directed          bool    // the walker follows the directions of the edges, with teleportation; A gets no gradient then
	Teleport          float64 // the probability of a teleportation of a directed walk, above 0 and at most 1
	MapEquationWeight float64 // of the map equation
	made
}

// NewMapEquationPool is a MapEquationPool with at most k clusters: an undirected
// walk, SᵀAS as it is, no hidden layer, relu between the layers if some are
// given, and the loss of weight 1. A directed walk would teleport with 0.15.
func NewMapEquationPool(k int) *MapEquationPool {
	p := &MapEquationPool{Soft: reluSoft(k), Teleport: 0.15, MapEquationWeight: 1, made: byNew()}
	p.Coarse = Unnormalized
	return p
}

// Class implements Classed.
func (*MapEquationPool) Class() string { return "mapequationpool" }

// Apply implements Layer.
func (p *MapEquationPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Losses implements Pooler: the map equation.
func (p *MapEquationPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return build(func() []losses.Term {
		code := must(losses.MapEquation(sel.Assignment, in, losses.MapOptions{Directed: p.Directed, Teleport: p.Teleport}))
		return []losses.Term{{Name: losses.NameMapEquation, Weight: p.MapEquationWeight, Node: code}}
	})
}
