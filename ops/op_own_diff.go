package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

// derive is the derivative of c for nodes, as Diff makes it, and for values, by
// a graph of their own: so one statement serves both machines.
func (c Custom) derive(d *derivation, in []ref, y, g ref) []ref {
	grads := make([]ref, len(in))
	nodes := make(G.Nodes, len(in))
	for i := range in {
		nodes[i] = in[i].node
	}
	if g.node != nil {
		var made G.Nodes
		made, d.err = c.diff(nodes, y.node, g.node)
		for i, n := range made {
			grads[i].node = n
		}
		return grads
	}
	graph := G.NewGraph()
	for i := range in {
		nodes[i] = G.NodeFromAny(graph, in[i].value, G.WithName(fmt.Sprint("in", i)))
	}
	var made G.Nodes
	made, d.err = c.diff(nodes, G.NodeFromAny(graph, y.value, G.WithName("y")), G.NodeFromAny(graph, g.value, G.WithName("g")))
	if d.err == nil {
		d.err = valuesOf(made, grads)
	}
	return grads
}

// diff is what Diff gives, looked through: a derivative for each input f, of
// its form, and none for the others.
func (c Custom) diff(in G.Nodes, y, g *G.Node) (made G.Nodes, err error) {
	defer func() {
		if r := recover(); r != nil {
			made, err = nil, fmt.Errorf("ops: %s: panic in Diff: %v", c.Name, r)
		}
	}()
	if made, err = c.Diff(in, y, g); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", c.Name, err)
	}
	if len(made) != len(in) {
		return nil, fmt.Errorf("ops: %s: Diff gave %d nodes, want %d, one an input", c.Name, len(made), len(in))
	}
	for i, n := range made {
		switch wanted := c.Inputs[i] == 'f'; {
		case wanted && (n == nil || !same(n.Shape(), in[i].Shape()) || n.Dtype() != in[i].Dtype()):
			return nil, fmt.Errorf("ops: %s: the derivative of input %d is %s, want %s", c.Name, i, describe(n), describe(in[i]))
		case !wanted && n != nil:
			return nil, fmt.Errorf("ops: %s: the derivative of input %d is %s, want nil, for %q", c.Name, i, describe(n), c.Inputs[i])
		}
	}
	return made, nil
}

func describe(n *G.Node) string {
	if n == nil {
		return "nil"
	}
	return fmt.Sprintf("of shape %v and dtype %v", n.Shape(), n.Dtype())
}

// valuesOf computes the nodes that there are.
func valuesOf(nodes G.Nodes, into []ref) error {
	var roots G.Nodes
	for i, n := range nodes {
		switch {
		case n == nil:
		case n.Op() == nil:
			into[i].value = n.Value()
		default:
			roots = append(roots, n)
			G.Read(n, &into[i].value)
		}
	}
	if len(roots) == 0 {
		return nil
	}
	vm := G.NewTapeMachine(roots[0].Graph().SubgraphRoots(roots...))
	defer func() { _ = vm.Close() }()
	return vm.RunAll()
}
