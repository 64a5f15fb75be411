package train

import (
	"fmt"
	"slices"
	"strings"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
)

// wantNoPlainWeights errs where the loss depends on an input that looks like a
// weight and is none of the scope: a model whose head was made by Gorgonia's
// own functions would train without that head, and say nothing.
//
// An input looks like a weight where it is the right factor of a matrix
// product whose left factor depends on weights of the scope. Features,
// adjacencies, targets and class weights are not: they come before the weights,
// or are not multiplied from the right.
func wantNoPlainWeights(sc *param.Scope, loss *G.Node, constants []*G.Node) error {
	weights := map[*G.Node]bool{}
	for _, u := range sc.Used() {
		weights[u.Node] = true
	}
	part := loss.Graph().SubgraphRoots(loss)
	trained := dependents(part, weights)
	var plain []string
	for _, n := range part.AllNodes() {
		if !product(n) {
			continue
		}
		in := operands(part, n)
		if len(in) < 2 || !trained[in[0]] {
			continue
		}
		w := in[1]
		if w.Op() == nil && !weights[w] && !slices.Contains(constants, w) && !slices.Contains(plain, w.Name()) {
			plain = append(plain, w.Name())
		}
	}
	if len(plain) == 0 {
		return nil
	}
	slices.Sort(plain)
	return fmt.Errorf("train: %s: the loss multiplies by what looks like a weight and is not trained; want Scope.Adopt for it and its bias, or Options.Constants", strings.Join(plain, ", "))
}

// product tells whether a node is a product of matrices, of Gorgonia or of ops.
func product(n *G.Node) bool {
	if n.Op() == nil {
		return false
	}
	name := n.Op().String()
	return strings.HasPrefix(name, "A × ") || strings.HasPrefix(name, "A ⋅ ") ||
		strings.HasPrefix(name, "Linear{") || strings.HasPrefix(name, "BatchMul{")
}

// operands is what a node is computed from, in order.
func operands(g *G.ExprGraph, n *G.Node) (in G.Nodes) {
	for it := g.From(n.ID()); it != nil && it.Next(); {
		in = append(in, it.Node().(*G.Node))
	}
	return in
}

// dependents is the nodes of g that depend on one of weights, those included.
func dependents(g *G.ExprGraph, weights map[*G.Node]bool) map[*G.Node]bool {
	known := map[*G.Node]bool{}
	var visit func(n *G.Node) bool
	visit = func(n *G.Node) bool {
		if is, ok := known[n]; ok {
			return is
		}
		is := weights[n]
		for _, c := range operands(g, n) {
			is = visit(c) || is
		}
		known[n] = is
		return is
	}
	for _, n := range g.AllNodes() {
		visit(n)
	}
	return known
}
