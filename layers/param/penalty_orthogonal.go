package param

import (
	"fmt"

	"github.com/graphpool/graphpool/ops"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// OrthogonalPenalty draws the rows (or columns) of a matrix apart. With ŵ_i
// the rows (or columns) scaled to length 1 and n their number it is
//
//	Factor · mean over pairs i < j of |ŵ_i·ŵ_j|
//
// between 0 (all orthogonal) and Factor (all parallel). A row of zeros is
// orthogonal to all others and gets no gradient. With n = 1 there is no pair:
// the penalty is 0, where Keras divides by 0.
type OrthogonalPenalty struct {
	Factor float64 `json:"factor"` // Keras: 0.01
	Mode   string  `json:"mode"`   // rows (default, also "") or columns
}

// Node implements [Penalty] for matrices; it errs for other shapes, for
// another Mode, and if Factor is negative or not finite.
func (p OrthogonalPenalty) Node(w *G.Node) (*G.Node, error) {
	const name = "orthogonal_regularizer"
	if err := checkFactor(name, p.Factor, w); err != nil {
		return nil, err
	}
	if w.Dims() != 2 {
		return nil, fmt.Errorf("%s: shape %v, want a matrix", name, w.Shape())
	}
	switch p.Mode {
	case "", "rows":
	case "columns":
		var err error
		if w, err = G.Transpose(w); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("%s: Mode = %q, want rows or columns", name, p.Mode)
	}
	cosines, err := rowCosines(w)
	if err != nil {
		return nil, err
	}
	rows := float64(w.Shape()[0])
	pairs := max(1, rows*(rows-1)) // counted in both orders, as they are summed
	return scaledSum(p.Factor/pairs, cosines, G.Abs)
}

// rowCosines is the matrix of ŵ_i·ŵ_j, with 0 on its diagonal.
func rowCosines(w *G.Node) (*G.Node, error) {
	squares, err := ops.RowDot(w, w)
	if err != nil {
		return nil, err
	}
	inverse, err := ops.InvSqrt(squares, 0)
	if err != nil {
		return nil, err
	}
	unit, err := ops.RowScale(w, inverse)
	if err != nil {
		return nil, err
	}
	turned, err := G.Transpose(unit)
	if err != nil {
		return nil, err
	}
	product, err := G.Mul(unit, turned)
	if err != nil {
		return nil, err
	}
	return G.HadamardProd(product, offDiagonal(w.Dtype(), w.Shape()[0]))
}

// offDiagonal is the constant 1 − I. Gorgonia merges constants of one name,
// so the name says all about the value.
func offDiagonal(dt tensor.Dtype, n int) *G.Node {
	ones := make([]float64, n*n)
	for i := range ones {
		if i%(n+1) != 0 {
			ones[i] = 1
		}
	}
	t := denseOf(dt, []int{n, n}, ones)
	return G.NewConstant(t, G.WithName(fmt.Sprintf("param: 1 − I, %d×%d, %v", n, n, dt)))
}
