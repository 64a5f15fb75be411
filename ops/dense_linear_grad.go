package ops

import (
	"fmt"
	"slices"
	"strings"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// weightGradOp is the gradients of W and b of y = a(x·W + b), one behind the
// other, f+1×h: xᵀ·z and the sum of z's rows, for z = g ⊙ a'(y), which is made
// some rows at a time and never stored. It takes x, y and the factors of g. With
// next, g is of two factors G and V, and the gradients of V and the bias of the
// layer y·V + c lie behind: yᵀ·G and the sum of G's rows, in one vector with the
// others.
func weightGradOp(act kernels.Act, next bool) *op {
	return &op{
		name: gradName("LinearGrad", next), attrs: fmt.Sprint(act), wrt: []bool{},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			_, f := split(in[0])
			return gradShape(f, in[1:], next), nil
		},
		f32: func(c *call[float32]) error { return weightGrad(c, leftOf(c, 0), 1, act, next) },
		f64: func(c *call[float64]) error { return weightGrad(c, leftOf(c, 0), 1, act, next) },
	}
}

// gradName is that of a gradient of the weights, with those of the next layer or
// without.
func gradName(name string, next bool) string {
	if next {
		return name + nextName
	}
	return name
}

const nextName = "AndNext"

// gradShape is the shape of the gradients for f columns of left factors; y is the
// shapes of the layer's result and of the factors of its gradient.
func gradShape(f int, y []tensor.Shape, next bool) tensor.Shape {
	_, h := split(y[0])
	if !next {
		return tensor.Shape{f + 1, h}
	}
	_, p := split(y[1])
	return tensor.Shape{(f+1)*h + (h+1)*p}
}

// leftOf is float input i as a left factor.
func leftOf[T Float](c *call[T], i int) []kernels.Left[T] {
	_, f := split(c.in[i].Shape())
	return []kernels.Left[T]{{X: c.float(i), K: f}}
}

// weightGrad is the gradients for left factors x; the inputs from y on are y and
// the factors of its gradient.
func weightGrad[T Float](c *call[T], x []kernels.Left[T], y int, act kernels.Act, next bool) error {
	rows, h := split(c.in[y].Shape())
	l := kernels.LinearGrad[T]{X: x, Y: c.float(y), G: c.float(y + 1), Act: act, M: rows, N: h, Next: next}
	if len(c.in) > y+2 {
		_, l.P = split(c.in[y+1].Shape())
		l.V = c.float(y + 2)
	}
	if c.err == nil {
		l.Set(c.out)
	}
	return c.err
}

// factorsOf is u and v where g is the node of u·vᵀ, as the gradient of an
// activation whose one reader is a linear layer; else g alone.
func factorsOf(g ref) []ref {
	if g.node == nil {
		return []ref{g}
	}
	o, ok := g.node.Op().(*op)
	if !ok || o.name != mulNTName {
		return []ref{g}
	}
	return childrenOf(g.node)
}

// childrenOf is the inputs of a node.
func childrenOf(n *G.Node) (in []ref) {
	for all := n.Graph().From(n.ID()); all != nil && all.Next(); {
		in = append(in, ref{node: all.Node().(*G.Node)})
	}
	return in
}

// weightGrads are the parts of both, gradients of W and of b, where there is one.
func weightGrads(d *derivation, both ref, like []ref) (grads []ref) {
	return partsOf(d, both, 0, like)
}

// partsOf are parts of x, from one element on, as large as some refs.
func partsOf(d *derivation, both ref, from int, like []ref) (grads []ref) {
	for _, x := range like {
		grads = append(grads, d.apply(partOp(from, x.shape()), both))
		from += x.shape().TotalSize()
	}
	return grads
}

// partOp is a copy of the elements of x from one on, in the shape out.
func partOp(from int, out tensor.Shape) *op {
	return &op{
		name: "Part", attrs: fmt.Sprint(from, out),
		shape: fixed(out),
		f32:   func(c *call[float32]) error { return part(c, from) },
		f64:   func(c *call[float64]) error { return part(c, from) },
	}
}

func part[T Float](c *call[T], from int) error {
	copy(c.out, c.float(0)[from:])
	return nil
}

// nextGrads are the gradients of V and c of the layer h·V + c, where h is the
// result of a layer that makes them together with its own: nil where it is not,
// or something else reads h as well, since then the gradient of h is not g·Vᵀ
// alone.
func nextGrads(d *derivation, in []ref, g ref) []ref {
	h := in[0].node
	if h == nil || g.node == nil {
		return nil
	}
	o, ok := h.Op().(*op)
	if !ok || o.withNext == nil || !readByLinear(h, in[1].node) {
		return nil
	}
	both := o.withNext(d, childrenOf(h), in[0], g, in[1])
	if d.err != nil {
		return nil
	}
	rows := in[1].shape()[0] + 1
	return partsOf(d, both, both.shape().TotalSize()-rows*in[1].shape()[1], in[1:])
}

// readByLinear tells whether all that reads h is h·v + c, or its softmax.
func readByLinear(h, v *G.Node) bool {
	for all := h.Graph().To(h.ID()); all.Next(); {
		n := all.Node().(*G.Node)
		o, ok := n.Op().(*op)
		if !ok || o.name != linearSoftmaxName && (o.name != linearName || o.attrs != "") {
			return false
		}
		if in := childrenOf(n); in[0].node != h || in[1].node != v {
			return false
		}
	}
	return true
}

// madeWithNext tells whether the gradients of the layer behind y have been made
// together with those of y's layer, by the factors of y's gradient.
func madeWithNext(y ref, factors []ref) bool {
	if y.node == nil || len(factors) != 2 {
		return false
	}
	for all := y.node.Graph().To(y.node.ID()); all.Next(); {
		n := all.Node().(*G.Node)
		o, ok := n.Op().(*op)
		if !ok || !strings.HasSuffix(o.name, nextName) {
			continue
		}
		in := childrenOf(n)
		at := slices.IndexFunc(in, func(r ref) bool { return r.node == y.node })
		if at+2 < len(in) && in[at+1].node == factors[0].node && in[at+2].node == factors[1].node {
			return true
		}
	}
	return false
}
