package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Transposed is the transpose of a sparse matrix as a sparse matrix: entry
// (i, j) becomes (j, i), with its weight. Rows list their entries by rising
// column.
//
// For a product alone SpMMT needs less. The pattern is transposed again only
// when it changes.
//
// Shapes: m Rows×Cols; the result is Cols×Rows, with m's capacity, and
// weights where m has them.
// Gradient: to m's weights, each from the entry that it became.
func Transposed(m Sparse) (Sparse, error) {
	if err := m.check(); err != nil {
		return Sparse{}, fmt.Errorf("ops: Transposed: %w", err)
	}
	var last, result *Pattern // those of the last run
	p, err := apply(&op{
		name: "Transposed", attrs: fmt.Sprint(m.Rows, m.Cols), dtype: tensor.Int, kinds: "p",
		shape: fixed(tensor.Shape{1}),
		any: func(in []G.Value) (G.Value, error) {
			p, err := patternOf(in[0])
			if err != nil {
				return nil, err
			}
			if p.Rows() != m.Rows || p.Cols() != m.Cols {
				return nil, fmt.Errorf("the pattern is %d×%d, want %d×%d", p.Rows(), p.Cols(), m.Rows, m.Cols)
			}
			if p != last {
				t, perm := p.transpose()
				last, result = p, &Pattern{csr: t, source: perm}
			}
			return result, nil
		},
	}, m.Pattern)
	if err != nil {
		return Sparse{}, err
	}
	out, err := derived(m, p, m.Cols, m.Rows, 0)
	out.Symmetric = m.Symmetric
	return out, err
}
