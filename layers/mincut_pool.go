package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// MinCutPool clusters nodes by the relaxed minimum cut:
//
//	S = softmax(MLP(X)),  X' = SᵀX,  A' = sym(zd(SᵀAS))
//
// The losses are cut and orthogonality, of A as it is given; see losses.MinCut
// and losses.Orthogonality.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K.
// Source: Bianchi, Grattarola, Alippi, Spectral Clustering with Graph Neural
// Networks for Graph Pooling, ICML 2020, arXiv 1907.00481. As Spektral's and
// PyG's layer; Spektral's ε is 1e-7.
type MinCutPool struct {
	Soft
	CutWeight           float64 // of the cut loss
	OrthogonalityWeight float64 // of the orthogonality loss
	made
}

// NewMinCutPool is a MinCutPool with k clusters: no hidden layer, relu between
// the layers if some are given, ε 1e-15, and both losses of weight 1.
func NewMinCutPool(k int) *MinCutPool {
	return &MinCutPool{Soft: reluSoft(k), CutWeight: 1, OrthogonalityWeight: 1, made: byNew()}
}

// Class implements Classed.
func (*MinCutPool) Class() string { return "mincutpool" }

// Apply implements Layer.
func (p *MinCutPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Losses implements Pooler: cut and orthogonality.
func (p *MinCutPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return p.SumLosses(losses.SumsOf(sel.Assignment, in).Together())
}

// SumLosses implements SumPooler.
func (p *MinCutPool) SumLosses(x losses.Sums) ([]losses.Term, error) {
	return build(func() []losses.Term {
		cut := must(x.MinCut())
		ortho := must(x.Orthogonality())
		return []losses.Term{
			{Name: losses.NameCut, Weight: p.CutWeight, Node: cut},
			{Name: losses.NameOrthogonality, Weight: p.OrthogonalityWeight, Node: ortho},
		}
	})
}
