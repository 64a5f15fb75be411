package param

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Adopt makes inputs of the graph, made by Gorgonia's own functions, weights
// like those of Param: a head that exists already is trained, saved and
// restored with the layers before it. Each node's name is its path in the
// store. The store keeps the tensor that the node is bound to; where it has a
// weight of that path already, from a file or another graph, the node is bound
// to that one.
//
// It errs for a node that is nil, computed, or of another graph, and for one
// that is not bound to a tensor of the store's dtype with at least one axis.
func (s *Scope) Adopt(spec Spec, nodes ...*G.Node) error {
	if err := s.check(); err != nil {
		return err
	}
	for i, n := range nodes {
		if n == nil || n.Graph() != s.shared().graph || n.Op() != nil {
			return fmt.Errorf("param: adopt: node %d is nil, computed, or of another graph, want an input of the scope's graph", i)
		}
		if err := s.shared().adopt(n, spec); err != nil {
			return fmt.Errorf("param: adopt: %s: %w", n.Name(), err)
		}
	}
	return nil
}

func (b *build) adopt(n *G.Node, spec Spec) error {
	path := n.Name()
	switch {
	case b.nodes[path] == n:
		return nil
	case path == "" || b.nodes[path] != nil:
		return fmt.Errorf("the graph has a weight of that name, or the name is empty; want names of their own")
	}
	p := b.store.byPath[path]
	if p == nil {
		t, ok := n.Value().(*tensor.Dense)
		switch {
		case !ok || t.Dtype() != b.store.dtype || t.Dims() == 0:
			return fmt.Errorf("it is bound to no tensor of %v with at least one axis", b.store.dtype)
		case b.store.sealed:
			return fmt.Errorf("not among the %d weights of the sealed store", len(b.store.params))
		}
		p = b.store.add(path, t)
	}
	if !n.Shape().Eq(p.Tensor.Shape()) || n.Dims() != p.Tensor.Dims() {
		return fmt.Errorf("shape %v is stored, %v wanted", p.Tensor.Shape(), n.Shape())
	}
	if err := G.Let(n, p.Tensor); err != nil {
		return err
	}
	p.Spec = spec
	b.nodes[path] = n
	b.used = append(b.used, &Used{Param: p, Node: n, Spec: spec})
	return nil
}
