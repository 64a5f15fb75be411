package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// NewPadded makes several graphs that are padded already the input of an
// expression graph, in batch mode: X (B×N×F), A (B×N×N), and the graph of each
// of the B·N rows as IDs, −1 where the mask says padding. X and A are set to 0
// at padding. Without p.A the graph has no adjacency.
//
// dt is the dtype of every float node, to which all values are converted.
func NewPadded(g *G.ExprGraph, name string, p PaddedBatch, dt tensor.Dtype) (Graph, error) {
	in, err := newInputs(g, name, dt)
	var ids []int
	if err == nil {
		ids, err = p.check()
	}
	if err != nil {
		return Graph{}, fmt.Errorf("modes: %s: %w", name, err)
	}
	s := p.X.Shape()
	out := Graph{Mode: Batch, Graphs: s[0], X: Features{Dense: in.float("/x", s...)}, IDs: in.ids(len(ids))}
	if p.A != nil {
		out.A = DenseAdj{Node: in.float("/a", p.A.Shape()...)}
	}
	if err := out.setPadded(p, ids); err != nil {
		return Graph{}, fmt.Errorf("modes: %s: %w", name, err)
	}
	return out, nil
}

// SetPadded swaps other tensors of the same shapes, with any mask, into the
// nodes that NewPadded made. Nothing is swapped where it errs.
func SetPadded(in Graph, p PaddedBatch) error {
	ids, err := p.check()
	if err == nil {
		err = in.setPadded(p, ids)
	}
	if err != nil {
		return fmt.Errorf("modes: %w", err)
	}
	return nil
}

func (g Graph) setPadded(p PaddedBatch, ids []int) error {
	a, dense := g.A.(DenseAdj)
	if g.Mode != Batch || g.X.Dense == nil || g.IDs == nil || dense != (p.A != nil) {
		return fmt.Errorf("%v mode, adjacency given: %v, want the graph as NewPadded returned it, and an adjacency where it has one", g.Mode, p.A != nil)
	}
	bs := []binding{
		{"features", g.X.Dense, maskedValue(p.X, ids, false, g.X.Dense.Dtype())},
		{"ids", g.IDs, denseOf(ids, len(ids))},
	}
	if dense {
		bs = append(bs, binding{"adjacency", a.Node, maskedValue(p.A, ids, true, a.Node.Dtype())})
	}
	return bind(bs)
}

// maskedValue is t, B×N×F, with rows of 0 at padding, and columns too where
// square.
func maskedValue(t *tensor.Dense, ids []int, square bool, dt tensor.Dtype) *tensor.Dense {
	if dt == tensor.Float32 {
		return masked[float32](t, ids, square)
	}
	return masked[float64](t, ids, square)
}

func masked[T ops.Float](t *tensor.Dense, ids []int, square bool) *tensor.Dense {
	s := t.Shape()
	x, out := elements[T](t), make([]T, s.TotalSize())
	for r, id := range ids {
		if id < 0 {
			continue
		}
		for c := range s[2] {
			if !square || ids[r/s[1]*s[1]+c] >= 0 {
				out[r*s[2]+c] = x[r*s[2]+c]
			}
		}
	}
	return denseOf(out, s...)
}
