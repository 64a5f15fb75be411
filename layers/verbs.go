package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// part is a node of a selection that a verb reads, by its name.
type part struct {
	name string
	node *G.Node
}

// ready errs unless a verb has what it reads: a graph that is whole, and those
// parts of a selection.
func ready(in modes.Graph, parts ...part) error {
	if err := in.Check(); err != nil {
		return err
	}
	for _, p := range parts {
		if p.node == nil {
			return fmt.Errorf("%s of the selection is nil, want what Select of the same pooler gives", p.name)
		}
	}
	return nil
}

// pooledRows errs unless x is features of so many nodes, in any shape.
func pooledRows(x *G.Node, rows int) error {
	if x == nil {
		return fmt.Errorf("x is nil, want features of the %d new nodes", rows)
	}
	shape := x.Shape()
	if n := shape.Dims(); n == 0 || shape[n-1] < 1 || shape.TotalSize() != rows*shape[n-1] {
		return fmt.Errorf("x has shape %v, want features of the %d new nodes", shape, rows)
	}
	return nil
}

// withoutPadding is v, a value for each row, with 0 at padding.
func withoutPadding(in modes.Graph, v *G.Node) *G.Node {
	if in.IDs == nil {
		return v
	}
	return must(ops.Hadamard(v, must(ops.IDMask(in.IDs, v, in.Rows()))))
}
