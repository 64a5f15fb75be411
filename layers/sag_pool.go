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
// with idx the ⌈ratio·n⌉ nodes of highest y; see TopNodes. W is the F×1 weight
// kernel; there is no bias. Edge weights count, and get a gradient.
//
// Modes: all. As Spektral's layer, with Gate sigmoid for sigmoid_gating. As
// PyG's with Descending, RankGated, SignWeight and the GNN
//
//	&GraphConv{Units: 1, Neighbours: Neighbours{Unweighted: true, ToColumns: true}}
//
// Source: Lee, Lee, Kang, Self-Attention Graph Pooling, ICML 2019, arXiv
// 1904.08082; Knyazev, Taylor, Amer, Understanding Attention and
// Generalization in Graph Neural Networks, 2019, arXiv 1905.02850.
type SAGPool struct {
	TopNodes
	Normalization modes.Normalization // of A in the score; NewSAGPool sets that above with ε 1e-7

	// GNN gives the score in place of the formula above: any layer with one
	// column of output for each node. Kernel and Normalization are not used then.
	GNN Layer

	// SignWeight multiplies the score by w/|w|, w being a trainable 1×1 weight
	// named select. Only its sign counts, and its gradient is 0: PyG has it.
	SignWeight bool
}

// NewSAGPool is a SAGPool that keeps the given share of each graph's nodes,
// with tanh as the gate.
func NewSAGPool(ratio float64) *SAGPool {
	return &SAGPool{
		TopNodes:      TopNodes{Ratio: ratio, Multiplier: 1, Gate: ops.Tanh},
		Normalization: modes.Normalization{SelfLoops: true, Eps: 1e-7},
	}
}

// Apply implements Layer.
func (p *SAGPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool("sagpool", p, sc, in)
}

// Select implements Pooler: by the score of the network.
func (p *SAGPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	if err := p.check(); err != nil {
		return Selection{}, err
	}
	if err := in.CheckA(); err != nil {
		return Selection{}, err
	}
	score := p.score
	if p.GNN != nil {
		score = p.gnnScore
	}
	y, err := score(sc, in)
	if err != nil {
		return Selection{}, err
	}
	if p.SignWeight {
		if y, err = p.signed(sc, y); err != nil {
			return Selection{}, err
		}
	}
	return p.SelectTop(in, y)
}

func (p *SAGPool) score(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	w, err := p.kernel(sc, "kernel", in.X.Width(), 1)
	if err != nil {
		return nil, err
	}
	xw, err := in.X.Mul(w)
	if err != nil {
		return nil, err
	}
	norm, err := in.A.Normalize(xw, p.Normalization)
	if err != nil {
		return nil, err
	}
	return norm.Mul(xw)
}

func (p *SAGPool) gnnScore(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	out, err := p.GNN.Apply(sc, in)
	if err != nil {
		return nil, err
	}
	if out.Rows() != in.Rows() || out.X.Width() != 1 || len(out.Losses) > 0 {
		return nil, fmt.Errorf("GNN gives %d columns for %d nodes and %d losses, want 1 for %d and none",
			out.X.Width(), out.Rows(), len(out.Losses), in.Rows())
	}
	return out.X.ToDense()
}

func (p *SAGPool) signed(sc *param.Scope, y *G.Node) (*G.Node, error) {
	w, err := p.kernel(sc, "select", 1, 1)
	if err != nil {
		return nil, err
	}
	size, err := ops.Norm(w, 0)
	if err != nil {
		return nil, err
	}
	if w, err = ops.Divide(w, size); err != nil {
		return nil, err
	}
	return ops.Linear(y, w, nil, ops.Identity)
}
