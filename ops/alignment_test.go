package ops

import (
	"fmt"
	"testing"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// wideCases are sums along rows, at widths that fill a vector and leave some
// over.
func wideCases() []opCase {
	x, y := random(1, 40, 37), random(2, 40, 37)
	return []opCase{
		plainCase("RowSum", oneNode(RowSum), nil, values(x)),
		plainCase("RowDot", twoNodes(RowDot), nil, values(x, y)),
		plainCase("RowSquares", oneNode(RowSquares), nil, values(x)),
		plainCase("Norm", oneNode(func(x *G.Node) (*G.Node, error) { return Norm(x, 1) }), nil, values(x)),
		plainCase("Divide", func(in G.Nodes) (*G.Node, error) { return Divide(in[0], in[1]) }, nil, values(x, random(3, 40))),
		plainCase("SoftMax", func(in G.Nodes) (*G.Node, error) { return SoftMax(in[0], 1) }, nil, values(x)),
		plainCase("Mul", func(in G.Nodes) (*G.Node, error) { return BatchMul(in[0], in[1], false, true) }, nil, values(x, y)),
		plainCase("vector", func(in G.Nodes) (*G.Node, error) { return BatchMul(in[0], in[1], false, true) }, nil, values(x, random(4, 1, 37))),
	}
}

// Values and gradients have the same bits wherever in memory the inputs begin,
// which Gonum's dot products have not.
func TestMemoryDoesNotChangeABit(t *testing.T) {
	for _, narrow := range []bool{false, true} {
		for _, c := range append(wideCases(), largeCases(400)...) {
			t.Run(fmt.Sprint(c.name, narrow), func(t *testing.T) {
				vals := c.values()
				for i := range vals {
					if narrow {
						vals[i] = single(vals[i])
					}
				}
				var first []float64
				p := compile(t, c, vals)
				for by := range 4 {
					for i, v := range vals {
						if d, ok := v.(*tensor.Dense); ok {
							must[any](t)(nil, G.Let(p.in[i], shifted(d, by)))
						}
					}
					got, err := p.run()
					must[[]float64](t)(got, err)
					if first == nil {
						first = got
					}
					sameBits(t, first, got, fmt.Sprint("shifted by ", by))
				}
			})
		}
	}
}

// shifted is a copy of d that begins so many elements into a piece of memory.
func shifted(d *tensor.Dense, by int) *tensor.Dense {
	shape := tensor.WithShape(d.Shape()...)
	switch x := d.Data().(type) {
	case []float64:
		return tensor.New(shape, tensor.WithBacking(append(make([]float64, by, by+len(x)), x...)[by:]))
	case []float32:
		return tensor.New(shape, tensor.WithBacking(append(make([]float32, by, by+len(x)), x...)[by:]))
	}
	return d
}
