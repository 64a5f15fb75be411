package param

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

func TestOrthogonalRowsOrColumns(t *testing.T) {
	for _, shape := range [][]int{{1, 1}, {5, 5}, {9, 4}, {4, 9}, {3, 2, 4}, {1, 6}, {6, 1}, {70, 66}} {
		for _, gain := range []float64{1, 1.5} {
			cols := shape[len(shape)-1]
			values := draw(t, Orthogonal{Gain: gain}, shape...)
			w := mat.NewDense(len(values)/cols, cols, values)
			var gram mat.Dense
			if w.RawMatrix().Rows >= cols {
				gram.Mul(w.T(), w)
			} else {
				gram.Mul(w, w.T())
			}
			n, _ := gram.Dims()
			for i := range n {
				for j := range n {
					want := 0.0
					if i == j {
						want = gain * gain
					}
					assert.InDelta(t, want, gram.At(i, j), 1e-13, "%v", shape)
				}
			}
		}
	}
}

// Without the signs the first entry of Q would always be negative, as
// Householder reflections make it; with them each sign is as likely.
func TestOrthogonalSigns(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	first := make([]float64, 400)
	for i := range first {
		w, err := Orthogonal{}.Draw(rng, []int{3, 3})
		assert.NoError(t, err)
		first[i] = w[0]
	}
	// Uniform over rotations: an entry of a unit vector in three dimensions is
	// uniform on [-1, 1], with mean 0 and variance 1/3.
	mean, variance := stat.MeanVariance(first, nil)
	assert.InDelta(t, 0, mean, 0.1)
	assert.InDelta(t, 1./3, variance, 0.05)
}

func TestOrthogonalErrors(t *testing.T) {
	_, err := Orthogonal{}.Draw(nil, []int{4})
	assert.EqualError(t, err, "orthogonal: shape (4), want at least two axes")
}

func TestOrthogonalIsThin(t *testing.T) {
	// A square Q of this many rows would take 80 GB.
	w := draw(t, Orthogonal{}, 100000, 2)
	dot := 0.0
	for i := 0; i < len(w); i += 2 {
		dot += w[i] * w[i+1]
	}
	assert.InDelta(t, 0, dot, 1e-12)
}
