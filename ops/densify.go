package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Densify is a sparse matrix as a dense one, Rows×Cols; entries stored twice
// are added up.
//
// Gradient: to the weights, each from its place.
func Densify(m Sparse) (*G.Node, error) {
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("ops: Densify: %w", err)
	}
	if m.Weights == nil {
		return nil, fmt.Errorf("ops: Densify: the matrix has no weights, want them")
	}
	return apply(&op{
		name: "Densify", attrs: fmt.Sprint(m.Rows, m.Cols), kinds: "p", wrt: []bool{false, true},
		shape: fixed(tensor.Shape{m.Rows, m.Cols}),
		f32:   func(c *call[float32]) error { return densify(c, m.Rows, m.Cols) },
		f64:   func(c *call[float64]) error { return densify(c, m.Rows, m.Cols) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(&op{
				name: "DensifyGrad", attrs: fmt.Sprint(in[1].shape()), kinds: "p", shape: fixed(in[1].shape()),
				f32: densifyGrad[float32], f64: densifyGrad[float64],
			}, in[0], g)}
		},
	}, m.Pattern, m.Weights)
}

func densify[T number](c *call[T], rows, cols int) error {
	p, err := c.pattern(0, rows, cols)
	if err != nil {
		return err
	}
	w, err := c.weights(1, p)
	if err != nil {
		return err
	}
	clear(c.out)
	for i := range rows {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			c.out[i*cols+int(p.csr.Col[e])] += w[e]
		}
	}
	return nil
}

// densifyGrad takes the pattern and the dense gradient.
func densifyGrad[T number](c *call[T]) error {
	s := c.in[1].Shape()
	p, err := c.pattern(0, s[0], s[1])
	if err != nil {
		return err
	}
	out, err := c.entries(p)
	if err != nil {
		return err
	}
	g := c.float(1)
	for i := range s[0] {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			out[e] = g[i*s[1]+int(p.csr.Col[e])]
		}
	}
	return nil
}
