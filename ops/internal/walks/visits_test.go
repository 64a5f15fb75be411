package walks

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Of 0 → 1 and 0 → 2 with weights 1 and 3, and a row of no segment. The walk
// arrives at (0, ¼, ¾); from 0, where it never is, nothing comes.
func TestRates(t *testing.T) {
	w := Walk{
		Ptr: []int32{0, 2, 2, 2, 3}, Col: []int32{1, 2, 0}, Weights: []float64{1, 3, 5},
		IDs: []int{0, 0, 0, -1}, Segments: 2, Alpha: .15,
	}
	got, err := w.Rates()
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{0, .25, .75, 0}, got, 1e-15)
}

// Between two rows, 0 → 1 of weight 1 and 1 → 0 of weight 3, p_0 = ¾α + (1−α)p_1
// and p_0 + p_1 = 1.
func TestRatesOfTwo(t *testing.T) {
	for _, alpha := range []float64{1, .2, .15, .01, .005, .002} {
		first := (.75*alpha + 1 - alpha) / (2 - alpha)
		p, steps, err := two(alpha).settle()
		require.NoError(t, err, alpha)
		assert.InDeltaSlice(t, []float64{first, 1 - first}, p, 1e-15/alpha, "α = %v", alpha)
		assert.Less(t, float64(steps), 50/alpha+5, "α = %v", alpha) // (1 − α)^(37/α) is 1e-16
	}
}

func two(alpha float64) Walk {
	return Walk{Ptr: []int32{0, 1, 2}, Col: []int32{1, 0}, Weights: []float64{1, 3}, IDs: []int{0, 0}, Segments: 1, Alpha: alpha}
}

// A walk that has not settled errs: between two rows it swings for 37/α steps.
func TestRatesThatDoNotSettle(t *testing.T) {
	for _, alpha := range []float64{1e-4, 1e-5, 1e-300} {
		_, err := two(alpha).Rates()
		assert.ErrorContains(t, err, "do not settle", alpha)
		assert.ErrorContains(t, err, fmt.Sprintf("α = %v", alpha))
	}
}

// Any graphs settle within the steps that α allows, and what comes out stays what
// it is under one more step; several segments do as each alone.
func TestRatesSettle(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		w := Walk{Ptr: []int32{0}, Segments: 3, Alpha: []float64{.15, .05, .01}[rng.IntN(3)]}
		for s, n := range []int{2 + rng.IntN(40), 1 + rng.IntN(3), 8} {
			first := len(w.IDs)
			for range n {
				for range rng.IntN(5) {
					w.Col, w.Weights = append(w.Col, int32(first+rng.IntN(n))), append(w.Weights, rng.Float64()*1e3)
				}
				w.Ptr, w.IDs = append(w.Ptr, int32(len(w.Col))), append(w.IDs, s)
			}
		}
		p, steps, err := w.settle()
		require.NoError(t, err)
		assert.Less(t, float64(steps), 50/w.Alpha)
		arrive, leave := w.flow()
		for j := range p {
			want := w.Alpha * arrive[j]
			for i := range p {
				for e := w.Ptr[i]; e < w.Ptr[i+1]; e++ {
					if int(w.Col[e]) == j {
						want += (1 - w.Alpha) * p[i] * w.Weights[e] / leave[i]
					}
				}
			}
			assert.InDelta(t, want, p[j], 1e-15/w.Alpha)
		}
	}
}
