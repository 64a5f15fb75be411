package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"pgregory.net/rapid"
)

func TestNegXLogXShortProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.OneOf(rapid.Float32Range(0, 3), rapid.Float32Range(0.999, 1.001), rapid.Float32Range(0, 1e30)).Draw(t, "x")
		eps := rapid.SampledFrom([]float64{0, 1e-15, 1e-7, 0.5}).Draw(t, "eps")
		got := make([]float32, 1)
		negXLogXShort(got, []float32{x}, eps)
		want := negXLogXOf(float64(x), eps)
		assert.InDelta(t, want, got[0], 1e-7*math.Abs(want)+math.SmallestNonzeroFloat32) // denormal numbers are that far apart
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
