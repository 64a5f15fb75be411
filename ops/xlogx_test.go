package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"pgregory.net/rapid"
)

func TestLogShortProperty(t *testing.T) {
	assert.Zero(t, logShort(1))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.Float64Range(0x1p-1022, math.MaxFloat64), rapid.Float64Range(1e-7, 2), rapid.Float64Range(0.999, 1.001)).Draw(t, "s")
		want := math.Log(s)
		assert.InDelta(t, want, logShort(s), 1e-10*math.Abs(want))
	})
}

// In float32 value and gradient are those of float64, rounded, from 0 to 1 and
// at what is not a number.
func TestNegXLogXInFloat32(t *testing.T) {
	for _, eps := range []float64{0, 1e-7, 0.5} {
		x := []float64{0, 2e-38, 1e-31, 1e-29, 1e-7, 0.001, 0.25, 0.999, 1, math.NaN(), math.Inf(1)}
		c := plainCase("", func(in G.Nodes) (*G.Node, error) { return NegXLogX(in[0], eps) }, nil, values(vec(x...)))
		wide, err := compile(t, c, c.values()).run()
		require.NoError(t, err)
		got, err := compile(t, c, values(single(vec(x...)))).run()
		require.NoError(t, err)
		for i, want := range wide {
			if math.IsNaN(want) || math.IsInf(want, 0) {
				assert.Equal(t, math.IsNaN(want), math.IsNaN(got[i]), "%v: %d of %v", eps, i, x)
				continue
			}
			assert.InDelta(t, want, got[i], 1e-5*(1+math.Abs(want)), "%v: %d of %v", eps, i, x)
		}
	}
}
