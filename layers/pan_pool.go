package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// PANPool keeps the nodes of each graph with the highest score, computed from
// their features and from the walks that lead to them:
//
//	y = β₁ X·p + β₂ d,  X' = (X ⊙ tanh(y))[idx],  A' = A[idx, idx]
//
// A is the operator M that PANConv passes on, and d_j = Σ_i m_ij the weight
// with which all nodes get messages from node j. Any other A is used in the
// same way. idx is the ⌈ratio·n⌉ nodes with the highest y; see TopNodes. p is
// the F×1 weight kernel, which starts at 1 as in PyG, and β the weight beta of
// two.
//
// Modes: all. Gradient: to A's entries through d and as A'.
//
// As PyG's layer with ToColumns, Descending and RankGated, and with K for a ratio
// that is an integer. Source: Ma, Xuan, Wang, Li, Liò, Path Integral Based
// Convolution and Pooling for Graph Neural Networks, NeurIPS 2020, arXiv
// 2006.16811.
type PANPool struct {
	TopNodes
	ToColumns bool       // m_ij is what j hears of i, as PANConv with ToColumns passes it on: d_i = Σ_j m_ij
	Beta      param.Spec // initialiser, regulariser and constraint of β; starts at 0.5
	made
}

// NewPANPool is a PANPool that keeps the given share of each graph's nodes, with
// tanh as the gate.
func NewPANPool(ratio float64) *PANPool {
	return &PANPool{TopNodes: TopNodes{Ratio: ratio, Multiplier: 1, Gate: ops.Tanh}, made: byNew()}
}

// Class implements Classed.
func (*PANPool) Class() string { return "panpool" }

// Apply implements Layer.
func (p *PANPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by the features and the walks.
func (p *PANPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(in.CheckA())
		kernel := must(sc.Param("kernel", param.Constant{Value: 1}, p.Kernel, in.X.Width(), 1))
		beta := must(sc.Param("beta", param.Constant{Value: 0.5}, p.Beta, 2))
		by := Neighbours{ToColumns: !p.ToColumns}.edges(in.A)
		d := must(ops.Reshape(must(by.Degree(kernel)), in.Rows(), 1))
		both := must(ops.Concat(asRows(must(in.X.Mul(kernel))), d))
		y := must(ops.Linear(both, must(ops.Reshape(beta, 2, 1)), nil, ops.Identity))
		return must(p.SelectTop(in, y))
	})
}
