package ops

import (
	"fmt"
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
	p, err := m.remade("Transposed", fmt.Sprint(m.Rows, m.Cols), func(p *Pattern) (*Pattern, error) {
		t, perm := p.transpose()
		return &Pattern{csr: t, source: perm}, nil
	})
	if err != nil {
		return Sparse{}, err
	}
	out, err := derived(m, p, m.Cols, m.Rows, 0)
	out.Symmetric = m.Symmetric
	return out, err
}
