package train

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSchedules(t *testing.T) {
	assert.Equal(t, .25, ConstantRate(.25).At(7))
	l := Linear{From: 1, To: 0, Start: 500, End: 1000}
	for step, want := range map[int]float64{0: 1, 500: 1, 501: 0.998, 750: .5, 999: 0.002, 1000: 0, 5000: 0} {
		assert.InDelta(t, want, l.At(step), 1e-15, "step %d", step)
	}
	jump := Linear{From: 3, To: 4, Start: 2, End: 2}
	assert.Equal(t, []float64{3, 4, 4}, []float64{jump.At(1), jump.At(2), jump.At(3)})
}
