package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// JustBalancePool clusters nodes only by the balance of the clusters:
//
//	S = softmax(MLP(X)),  X' = SᵀX,  A' = sym(zd(SᵀAS))
//
// The loss is balance; see losses.Balance. It does not use A: put message
// passing before the layer, to smooth the features over the graph.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K.
// Source: Bianchi, Simplifying Clustering with Graph Neural Networks, 2022,
// arXiv 2207.08779. As Spektral's layer with its normalised loss; its ε is
// 1e-7. Its delta says how the message passing before it normalises A, and is
// no option here.
type JustBalancePool struct {
	Soft
	BalanceWeight float64 // of the balance loss
	made
}

// NewJustBalancePool is a JustBalancePool with k clusters: no hidden layer,
// relu between the layers if some are given, ε 1e-15, and the loss of weight 1.
func NewJustBalancePool(k int) *JustBalancePool {
	return &JustBalancePool{Soft: reluSoft(k), BalanceWeight: 1, made: byNew()}
}

// Class implements Classed.
func (*JustBalancePool) Class() string { return "justbalancepool" }

// Apply implements Layer.
func (p *JustBalancePool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Losses implements Pooler: balance.
func (p *JustBalancePool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return p.SumLosses(losses.SumsOf(sel.Assignment, in))
}

// SumLosses implements SumPooler.
func (p *JustBalancePool) SumLosses(x losses.Sums) ([]losses.Term, error) {
	return build(func() []losses.Term {
		balance := must(x.Balance())
		return []losses.Term{{Name: losses.NameBalance, Weight: p.BalanceWeight, Node: balance}}
	})
}
