package param

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
	"gorgonia.org/tensor"
)

// Orthogonal draws Gain·Q for a Q with orthonormal columns, or orthonormal
// rows where it is wider than tall. Q is the orthogonal factor of a matrix of
// standard normal values, each column times the sign of R's diagonal, which
// makes it uniform over all such matrices. A weight of more than two axes is
// taken as a matrix with the last axis for its columns.
//
// Source: A. Saxe, J. McClelland, S. Ganguli, "Exact solutions to the
// nonlinear dynamics of learning in deep linear neural networks", 2013,
// arXiv:1312.6120.
type Orthogonal struct {
	Gain float64 `json:"gain"` // Keras: 1; 0 means 1
}

// Draw implements [Initializer] for two axes or more.
func (o Orthogonal) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	if len(shape) < 2 {
		return nil, fmt.Errorf("orthogonal: shape %v, want at least two axes", tensor.Shape(shape))
	}
	normal, err := room(rng, shape)
	if err != nil {
		return nil, err
	}
	cols := shape[len(shape)-1]
	rows := len(normal) / cols
	tall, thin := max(rows, cols), min(rows, cols)
	for i := range normal {
		normal[i] = rng.NormFloat64()
	}
	q := signedQ(mat.NewDense(tall, thin, normal))
	w := make([]float64, rows*cols)
	for r := range rows {
		for c := range cols {
			if rows < cols {
				w[r*cols+c] = orOne(o.Gain) * q.At(c, r)
			} else {
				w[r*cols+c] = orOne(o.Gain) * q.At(r, c)
			}
		}
	}
	return w, nil
}

// signedQ is the thin orthogonal factor of a (m×n, m ≥ n), its columns signed
// so that R has a positive diagonal. It needs m×n memory, not m×m. A is
// overwritten.
func signedQ(a *mat.Dense) *mat.Dense {
	q := a.RawMatrix()
	tau := make([]float64, q.Cols)
	size := make([]float64, 1)
	lapack64.Geqrf(q, tau, size, -1)
	work := make([]float64, int(size[0]))
	lapack64.Geqrf(q, tau, work, len(work))
	signs := make([]float64, q.Cols)
	for c := range signs {
		signs[c] = math.Copysign(1, q.Data[c*q.Stride+c])
	}
	lapack64.Orgqr(q, tau, size, -1)
	work = make([]float64, int(size[0]))
	lapack64.Orgqr(q, tau, work, len(work))
	for r := range q.Rows {
		for c, sign := range signs {
			q.Data[r*q.Stride+c] *= sign
		}
	}
	return a
}
