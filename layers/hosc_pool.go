package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// HOSCPool clusters nodes by the relaxed cut of edges and triangles
// (higher-order spectral clustering):
//
//	S = softmax(MLP(X)),  X' = SᵀX,  A' = sym(zd(SᵀAS))
//
// The losses are the higher-order cut, orthogonality, and the normalised
// balance with weight 0, for information; see losses.HigherOrderCut,
// losses.Orthogonality and losses.NormalizedBalance.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K. The triangles of a sparse A
// are counted on its entries.
// Source: Duval, Malliaros, Higher-order Clustering and Pooling for Graph Neural
// Networks, CIKM 2022, arXiv 2209.03473. As the authors' code, whose new_ortho is
// NormalizedBalanceWeight in place of OrthogonalityWeight; tgp's layer takes A³
// in place of the triangles.
type HOSCPool struct {
	Soft
	Alpha                   float64 // the share of the triangles in the cut, 0 to 1
	Diagonal                bool    // divide by the diagonal of SᵀDS; default: by its row sums, as the authors
	CutWeight               float64 // of the higher-order cut
	OrthogonalityWeight     float64 // of the orthogonality loss
	NormalizedBalanceWeight float64 // of the normalised balance; default 0: a measure
	made
}

// NewHOSCPool is a HOSCPool with k clusters and the authors' options: half
// edges and half triangles, orthogonality of weight 0.1, no hidden layer, relu
// between the layers if some are given, ε 1e-15.
func NewHOSCPool(k int) *HOSCPool {
	return &HOSCPool{Soft: reluSoft(k), Alpha: 0.5, CutWeight: 1, OrthogonalityWeight: 0.1, made: byNew()}
}

// Class implements Classed.
func (*HOSCPool) Class() string { return "hoscpool" }

// Apply implements Layer.
func (p *HOSCPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Losses implements Pooler: higher-order cut, orthogonality and normalised
// balance.
func (p *HOSCPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return build(func() []losses.Term {
		s := sel.Assignment
		cut := must(losses.HigherOrderCut(s, in, losses.HigherOrderOptions{Alpha: p.Alpha, Diagonal: p.Diagonal}))
		return []losses.Term{
			{Name: losses.NameHigherOrderCut, Weight: p.CutWeight, Node: cut},
			{Name: losses.NameOrthogonality, Weight: p.OrthogonalityWeight, Node: must(losses.Orthogonality(s, in))},
			{Name: losses.NameNormalizedBalance, Weight: p.NormalizedBalanceWeight, Node: must(losses.NormalizedBalance(s, in))},
		}
	})
}
