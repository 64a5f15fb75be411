package walks

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Of 0 → 1 and 0 → 2 with weights 1 and 3, and a row of no segment. The walk
// arrives at (0, ¼, ¾); from 0, where it never is, nothing comes.
func TestRates(t *testing.T) {
	w := Walk{
		Ptr: []int32{0, 2, 2, 2, 3}, Col: []int32{1, 2, 0}, Weights: []float64{1, 3, 5},
		IDs: []int{0, 0, 0, -1}, Segments: 2, Alpha: .15,
	}
	assert.InDeltaSlice(t, []float64{0, .25, .75, 0}, w.Rates(), 1e-15)
}

// Between two rows, 0 → 1 of weight 1 and 1 → 0 of weight 3, p_0 = ¾α + (1−α)p_1
// and p_0 + p_1 = 1.
func TestRatesOfTwo(t *testing.T) {
	const alpha = .2
	w := Walk{Ptr: []int32{0, 1, 2}, Col: []int32{1, 0}, Weights: []float64{1, 3}, IDs: []int{0, 0}, Segments: 1, Alpha: alpha}
	first := (.75*alpha + 1 - alpha) / (2 - alpha)
	assert.InDeltaSlice(t, []float64{first, 1 - first}, w.Rates(), 1e-15)
}
