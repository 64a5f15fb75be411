package train

import (
	"fmt"
	"slices"
	"strings"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// wantNoPlainWeights errs where the loss depends on an input that looks like a
// weight and is none of the scope: a model whose head was made by Gorgonia's
// own functions would train without that head, and say nothing.
//
// An input looks like a weight where it is the right factor of a product of
// matrices ([ops.Factors]) whose left factor depends on weights of the scope. Features,
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
		left, right := factors(part, n)
		if !slices.ContainsFunc(left, func(x *G.Node) bool { return trained[x] }) {
			continue
		}
		for _, w := range right {
			if w.Op() == nil && !weights[w] && !slices.Contains(constants, w) && !slices.Contains(plain, w.Name()) {
				plain = append(plain, w.Name())
			}
		}
	}
	if len(plain) == 0 {
		return nil
	}
	slices.Sort(plain)
	return fmt.Errorf("train: %s: the loss multiplies by what looks like a weight and is not trained; want Scope.Adopt for it and its bias, or Options.Constants", strings.Join(plain, ", "))
}

// factors is what a node multiplies, and what it multiplies it by from the
// right, where it is a product of matrices, of ops or of Gorgonia, whose products
// are told by their names alone.
func factors(g *G.ExprGraph, n *G.Node) (left, right []*G.Node) {
	if n.Op() == nil || ops.IsOwn(n) {
		return ops.Factors(n)
	}
	name := n.Op().String()
	if in := operands(g, n); len(in) == 2 && (strings.HasPrefix(name, "A × ") || strings.HasPrefix(name, "A ××× ")) {
		return in[:1], in[1:]
	}
	return nil, nil
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
