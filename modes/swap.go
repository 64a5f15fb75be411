package modes

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
)

// binding is a value that an input node is to get.
type binding struct {
	what  string
	node  *G.Node
	value G.Value
}

// bind gives all nodes their values, or none of them where one does not fit.
func bind(all []binding) error {
	for _, b := range all {
		switch {
		case b.node == nil || b.value == nil:
			return fmt.Errorf("%s: no node or no value", b.what)
		case b.node.Op() != nil:
			return fmt.Errorf("%s: a node that is computed, want the graph as its constructor returned it", b.what)
		case b.node.Dtype() != b.value.Dtype():
			return fmt.Errorf("%s: dtype %v, want %v", b.what, b.value.Dtype(), b.node.Dtype())
		case !slices.Equal(b.node.Shape(), b.value.Shape()):
			return fmt.Errorf("%s: shape %v, want %v", b.what, b.value.Shape(), b.node.Shape())
		}
		if err := checkRange(b.what, b.value); err != nil {
			return err
		}
	}
	for _, b := range all {
		if err := G.Let(b.node, b.value); err != nil {
			return fmt.Errorf("%s: %w", b.what, err)
		}
	}
	return nil
}
