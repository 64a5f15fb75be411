package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// AsymCheegerCutPool clusters nodes by an asymmetric Cheeger cut:
//
//	S = softmax(MLP(X)),  X' = SᵀX,  A' = sym(zd(SᵀAS))
//
// The losses are total variation and asymmetric balance, of A as it is given; see
// losses.TotalVariation and losses.AsymBalance.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K.
// Source: Hansen, Bianchi, Total Variation Graph Neural Networks, ICML 2023,
// arXiv 2211.06218. As Spektral's layer; Spektral's ε is 1e-7.
type AsymCheegerCutPool struct {
	Soft
	TotalVariationWeight float64 // of the total variation loss
	AsymBalanceWeight    float64 // of the balance loss
	made
}

// NewAsymCheegerCutPool is an AsymCheegerCutPool with k clusters: no hidden
// layer, relu between the layers if some are given, ε 1e-15, and both losses
// of weight 1.
func NewAsymCheegerCutPool(k int) *AsymCheegerCutPool {
	return &AsymCheegerCutPool{
		Soft:                 reluSoft(k),
		TotalVariationWeight: 1, AsymBalanceWeight: 1, made: byNew(),
	}
}

// Class implements Classed.
func (*AsymCheegerCutPool) Class() string { return "asymcheegercutpool" }

// Apply implements Layer.
func (p *AsymCheegerCutPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Losses implements Pooler: total variation and asymmetric balance.
func (p *AsymCheegerCutPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return build(func() []losses.Term {
		variation := must(losses.TotalVariation(sel.Assignment, in))
		balance := must(losses.AsymBalance(sel.Assignment, in))
		return []losses.Term{
			{Name: losses.NameTotalVariation, Weight: p.TotalVariationWeight, Node: variation},
			{Name: losses.NameAsymBalance, Weight: p.AsymBalanceWeight, Node: balance},
		}
	})
}
