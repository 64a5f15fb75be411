package ops

import (
	"slices"

	G "gorgonia.org/gorgonia"
)

// role is what other operations know an operation by, whatever its name: a
// [Custom] may have any name, and has no role.
type role uint8

const (
	affineRole role = iota + 1 // x·W + b of its inputs, without an activation
	mulNTRole                  // u·vᵀ of its inputs
)

// hasRole is the inputs of a node whose operation has the role, none otherwise.
func hasRole(n *G.Node, want role) []ref {
	if o := opOf(n); o == nil || o.role != want {
		return nil
	}
	return childrenOf(n)
}

// sides is which inputs of a product of matrices, where they are there, are its
// left and its right factors.
type sides struct{ left, right []int }

// firstBySecond is the sides of most products.
func firstBySecond() sides { return sides{left: []int{0}, right: []int{1}} }

// Factors is the left and the right factors of a node that is a product of
// matrices by an operation of this package, such as x and W of x·W + b:
// [Linear], [LinearBeside], the [SoftMax] of a Linear, [BatchMul],
// [PropagateLinear], whose left factors are x and the weights of m, and
// [PropagateLinearBeside]. It is for those that look for weights in a graph. Other
// nodes have none.
func Factors(n *G.Node) (left, right []*G.Node) {
	o := opOf(n)
	if o == nil {
		return nil, nil
	}
	for i, x := range childrenOf(n) {
		if slices.Contains(o.sides.left, i) {
			left = append(left, x.node)
		}
		if slices.Contains(o.sides.right, i) {
			right = append(right, x.node)
		}
	}
	return left, right
}

// childrenOf is the inputs of a node.
func childrenOf(n *G.Node) (in []ref) {
	for all := n.Graph().From(n.ID()); all != nil && all.Next(); {
		in = append(in, ref{node: all.Node().(*G.Node)})
	}
	return in
}

// nodesOf is the nodes that refs stand for.
func nodesOf(refs []ref) (nodes []*G.Node) {
	for _, r := range refs {
		nodes = append(nodes, r.node)
	}
	return nodes
}
