package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SAGPool keeps the nodes of each graph to which a graph neural network gives
// the highest score:
//
//	y = D^-½(A+I)D^-½·X·W,  X' = (X ⊙ tanh(y))[idx],  A' = A[idx, idx]
//
// idx is the ⌈ratio·n⌉ nodes with the highest y; see TopNodes. W is the F×1
// weight kernel; there is no bias. Edge weights are used, and get a gradient.
//
// Modes: all. As Spektral's layer, with Gate sigmoid for sigmoid_gating. As
// PyG's with Descending, RankGated, SignWeight, and as GNN a NewGraphConv(1)
// with Unweighted and ToColumns.
//
// Source: Lee, Lee, Kang, Self-Attention Graph Pooling, ICML 2019, arXiv
// 1904.08082; Knyazev, Taylor, Amer, Understanding Attention and
// Generalization in Graph Neural Networks, 2019, arXiv 1905.02850.
type SAGPool struct {
	TopNodes
	Normalization modes.Normalization // of A in the score; NewSAGPool sets that of the formula, with ε 1e-7

	// GNN gives the score in place of the formula above: any layer with one
	// column of output for each node. Kernel and Normalization are not used then.
	GNN Layer

	// SignWeight multiplies the score by w/|w|, as PyG does. w is the weight
	// select, of shape 1×1. Only its sign counts, so that its gradient is 0.
	SignWeight bool
	made
}

// NewSAGPool is a SAGPool that keeps the given share of each graph's nodes,
// with tanh as the gate.
func NewSAGPool(ratio float64) *SAGPool {
	return &SAGPool{
		TopNodes:      TopNodes{Ratio: ratio, Multiplier: 1, Gate: ops.Tanh},
		Normalization: modes.Normalization{SelfLoops: true, Eps: 1e-7},
		made:          byNew(),
	}
}

// Class implements Classed.
func (*SAGPool) Class() string { return "sagpool" }

// Apply implements Layer.
func (p *SAGPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by the score of the network.
func (p *SAGPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(in.CheckA())
		score := p.score
		if p.GNN != nil {
			score = p.gnnScore
		}
		y := score(sc, in)
		if p.SignWeight {
			y = p.signed(sc, y)
		}
		return must(p.SelectTop(in, y))
	})
}

// score is Â·X·W.
func (p *SAGPool) score(sc *param.Scope, in modes.Graph) *G.Node {
	xw := must(in.X.Mul(p.kernel(sc, "kernel", in.X.Width(), 1)))
	return must(must(in.A.Normalize(xw, p.Normalization)).Mul(xw))
}

func (p *SAGPool) gnnScore(sc *param.Scope, in modes.Graph) *G.Node {
	out := must(p.GNN.Apply(sc, in))
	if out.Rows() != in.Rows() || out.X.Width() != 1 || len(out.Losses) > 0 {
		ensure(fmt.Errorf("GNN gives %d columns for %d nodes and %d losses, want 1 for %d and none",
			out.X.Width(), out.Rows(), len(out.Losses), in.Rows()))
	}
	return must(out.X.ToDense())
}

// signed is y times the sign of the weight select.
func (p *SAGPool) signed(sc *param.Scope, y *G.Node) *G.Node {
	w := p.kernel(sc, "select", 1, 1)
	sign := must(ops.Divide(w, must(ops.Norm(w, 0))))
	return must(ops.Linear(y, sign, nil, ops.Identity))
}
