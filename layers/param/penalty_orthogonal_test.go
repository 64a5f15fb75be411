package param

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// By hand: the rows (3, 4), (1, 0), (0, 2) have the cosines 0.6, 0.8 and 0.
func TestOrthogonalPenaltyByHand(t *testing.T) {
	checkPenalty(t, OrthogonalPenalty{Factor: 0.3, Mode: "rows"}, []float64{3, 4, 1, 0, 0, 2}, 0.3*1.4/3, 3, 2)
	checkPenalty(t, OrthogonalPenalty{Factor: 0.3, Mode: "columns"}, []float64{3, 1, 0, 4, 0, 2}, 0.3*1.4/3, 2, 3)
	checkPenalty(t, OrthogonalPenalty{Factor: 2}, []float64{1, 2, -3, -6}, 2, 2, 2)
}

func TestOrthogonalPenaltyOfOneRowIsZero(t *testing.T) {
	checkPenalty(t, OrthogonalPenalty{Factor: 1}, []float64{1, 2, 3}, 0, 1, 3)
	checkPenalty(t, OrthogonalPenalty{Factor: 1, Mode: "columns"}, []float64{1, 2, 3}, 0, 3, 1)
}

func TestOrthogonalPenaltyOfAZeroRow(t *testing.T) {
	w := []float64{0, 0, 3, 4, 5, 12}
	for _, d := range gradient(t, OrthogonalPenalty{Factor: 1}, w, 3, 2) {
		assert.False(t, math.IsNaN(d) || math.IsInf(d, 0))
	}
	assert.Equal(t, []float64{0, 0}, gradient(t, OrthogonalPenalty{Factor: 1}, w, 3, 2)[:2])
}

func TestOrthogonalPenaltyOfAnOrthogonalMatrix(t *testing.T) {
	w := draw(t, Orthogonal{Gain: 3}, 4, 6)
	g := gradient(t, OrthogonalPenalty{Factor: 0}, w, 4, 6)
	assert.Equal(t, make([]float64, 24), g)
}
