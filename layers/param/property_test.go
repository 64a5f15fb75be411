package param

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"
)

// Whatever a store holds comes back bit for bit, in its order.
func TestSaveAndOpenAreInverse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.safetensors")
	rapid.Check(t, func(t *rapid.T) {
		dt := rapid.SampledFrom([]tensor.Dtype{tensor.Float32, tensor.Float64}).Draw(t, "dtype")
		s, err := NewStore(dt, rapid.Uint64().Draw(t, "seed"))
		require.NoError(t, err)
		sc := s.Scope(G.NewGraph(), true)
		names := rapid.SliceOfN(rapid.StringMatching(`[ -.0-~é"\\]{1,8}`), 0, 5).Draw(t, "names")
		for _, name := range names {
			shape := rapid.SliceOfN(rapid.IntRange(1, 4), 1, 3).Draw(t, "shape")
			_, err := sc.Sub(name).Param("w", Normal{Stddev: 1}, Spec{}, shape...)
			require.NoError(t, err)
		}
		require.NoError(t, s.Save(file, nil))
		got, _, err := Open(file)
		require.NoError(t, err)
		require.Equal(t, paths(s), paths(got))
		for p := range s.All() {
			require.Equal(t, p.Tensor.Data(), got.Get(p.Path).Tensor.Data())
			require.Equal(t, p.Tensor.Shape(), got.Get(p.Path).Tensor.Shape())
		}
	})
}

// Norms lie in their range after a constraint, for every shape and axis.
func TestConstraintsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SliceOfN(rapid.IntRange(1, 4), 1, 3).Draw(t, "shape")
		axis := Axis(rapid.IntRange(-len(shape), len(shape)-1).Draw(t, "axis"))
		n := tensor.Shape(shape).TotalSize()
		w := denseOf(tensor.Float64, shape, rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), n, n).Draw(t, "w"))
		c := MinMaxNorm{Max: rapid.Float64Range(0.01, 10).Draw(t, "max"), Axis: axis}
		require.NoError(t, c.Apply(w))
		require.NoError(t, rescale("check", w, axis, func(norm float64) float64 {
			if norm > c.Max*(1+1e-12) || math.IsNaN(norm) {
				t.Fatalf("norm %v, want at most %v", norm, c.Max)
			}
			return 1
		}))
	})
}
