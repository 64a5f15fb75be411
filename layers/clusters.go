package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Clusters is the base of poolers that assign every node to K clusters: their
// options, and all steps except Select, for the assignment S of a selection,
//
//	X' = SᵀX,  A' = SᵀAS,  lift: S·x
//
// per graph; A' goes through Coarse. Each graph has K new nodes.
type Clusters struct {
	K           int     // the number of clusters, at least 1; may exceed the number of nodes
	Coarse      Coarse  // what becomes of SᵀAS
	Eps         float64 // ε of the normalisation by Coarse, added to √d
	InverseLift bool    // Lift undoes Reduce as far as it can, see Lift; default: it is S·x
}

func (p *Clusters) check() error {
	if err := atLeast("K", p.K, 1); err != nil {
		return err
	}
	return p.Coarse.check()
}

// ready errs unless the verbs have what they read.
func (p *Clusters) ready(in modes.Graph, sel Selection) error {
	if err := p.check(); err != nil {
		return err
	}
	return ready(in, part{"Assignment", sel.Assignment})
}

// Reduce implements Pooler: X' = SᵀX of each graph, with the selection's
// features in place of X where it has some.
func (p *Clusters) Reduce(_ *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		if sel.Features != nil {
			in = in.WithX(sel.Features)
		}
		x := must(in.X.TransMul(sel.Assignment, in.Segments()))
		f := in.X.Width()
		switch in.Mode {
		case modes.Single:
			x = must(ops.Reshape(x, p.K, f))
		case modes.Disjoint:
			x = must(ops.Reshape(x, in.Graphs*p.K, f))
		}
		return x
	})
}

// Connect implements Pooler: K nodes a graph, with A' = SᵀAS of each graph in
// the form Coarse says. In disjoint mode A' is a sparse matrix of K×K blocks.
// The nodes of a graph without nodes are padding. Edge attributes are left
// out.
func (p *Clusters) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.ready(in, sel))
		var ids *G.Node
		if in.IDs != nil {
			ids = must(ops.SlotIDs(in.IDs, in.Graphs, p.K))
		}
		return p.connect(in, sel, ids)
	})
}

// connect is the new graphs, whose nodes are in the graphs that ids says.
func (p *Clusters) connect(in modes.Graph, sel Selection, ids *G.Node) modes.Graph {
	out := modes.Graph{Mode: pooledMode(in.Mode), Graphs: in.Graphs, IDs: ids}
	if in.A != nil {
		out.A = p.coarsen(in, sel.Assignment)
	}
	return out
}

// coarsen is A' for the assignment s.
func (p *Clusters) coarsen(in modes.Graph, s *G.Node) modes.Adj {
	a := must(ops.TransMul(s, must(in.A.Mul(s)), in.Segments()))
	if p.Coarse != Unnormalized {
		a = must(ops.ZeroDiagonal(a))
	}
	if p.Coarse == Normalized {
		norm := must(modes.DenseAdj{Node: a}.Normalize(a, modes.Normalization{Eps: p.Eps}))
		a = norm.(modes.DenseAdj).Node
	}
	switch in.Mode {
	case modes.Single:
		a = must(ops.Reshape(a, p.K, p.K))
	case modes.Disjoint:
		return must(modes.NewBlocks(a))
	}
	return modes.DenseAdj{Node: a}
}

// pooledMode is the mode of pooled graphs: in mixed mode each signal is pooled
// in its own way, so that there is no common adjacency any more.
func pooledMode(m modes.Mode) modes.Mode {
	if m == modes.Mixed {
		return modes.Batch
	}
	return m
}

// Lift implements Pooler: S·x, each node the sum of its clusters by its shares
// in them. With InverseLift each cluster is first divided by its size Σ_i S_ic,
// and is 0 where that is 0: for hard clusters this is the pseudo-inverse of
// Reduce's Sᵀ, and nodes get the mean of their cluster.
func (p *Clusters) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel))
		ensure(pooledRows(x, in.Graphs*p.K))
		x := must(ops.Reshape(x, in.Graphs, p.K, x.Shape()[x.Dims()-1]))
		if p.InverseLift {
			x = must(ops.Divide(x, must(ops.SegmentSum(sel.Assignment, in.Segments()))))
		}
		return must(ops.SegmentMul(sel.Assignment, x, in.Segments()))
	})
}

// Coarse selects how the adjacency SᵀAS of the clusters is changed.
type Coarse int

// The forms of a coarse adjacency.
const (
	Normalized   Coarse = iota // sym(zd(SᵀAS)): zero diagonal, then D^-½·D^-½ with its own degrees
	ZeroDiagonal               // SᵀAS with zeros on the diagonal
	Unnormalized               // SᵀAS
)

// String is normalized, zero_diagonal or unnormalized.
func (c Coarse) String() string {
	switch c {
	case Normalized:
		return "normalized"
	case ZeroDiagonal:
		return "zero_diagonal"
	case Unnormalized:
		return "unnormalized"
	}
	return fmt.Sprintf("Coarse(%d)", int(c))
}

// MarshalText gives what String does; it errs for another value.
func (c Coarse) MarshalText() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what MarshalText gives.
func (c *Coarse) UnmarshalText(text []byte) error {
	for v := Normalized; v <= Unnormalized; v++ {
		if v.String() == string(text) {
			*c = v
			return nil
		}
	}
	return fmt.Errorf("Coarse = %q, want normalized, zero_diagonal or unnormalized", text)
}

func (c Coarse) check() error {
	if c < Normalized || c > Unnormalized {
		return fmt.Errorf("Coarse = %d, want Normalized, ZeroDiagonal or Unnormalized", int(c))
	}
	return nil
}
