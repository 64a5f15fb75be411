package spectral

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	gonum "gonum.org/v1/gonum/mat"
)

// Eliminating rows one by one is the Schur complement by an inverse.
func TestEliminationIsTheSchurComplement(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	const n, kept = 12, 5
	near, l := make([]map[int32]float64, n), gonum.NewDense(n, n, nil)
	for i := range near {
		near[i] = map[int32]float64{}
	}
	for i := range n {
		for j := range i {
			if i > j+1 && rng.IntN(3) > 0 {
				continue
			}
			v := 0.5 + rng.Float64()
			near[i][int32(j)], near[j][int32(i)] = v, v
			l.Set(i, j, -v)
			l.Set(j, i, -v)
			l.Set(i, i, l.At(i, i)+v)
			l.Set(j, j, l.At(j, j)+v)
		}
	}
	eliminate(near, func(i int32) bool { return i >= kept })
	var inverse, right, schur gonum.Dense
	require.NoError(t, inverse.Inverse(l.Slice(kept, n, kept, n)))
	right.Mul(&inverse, l.Slice(kept, n, 0, kept))
	schur.Mul(l.Slice(0, kept, kept, n), &right)
	schur.Sub(l.Slice(0, kept, 0, kept), &schur)
	for i := range kept {
		for j := range kept {
			if i != j {
				assert.InDelta(t, -schur.At(i, j), near[i][int32(j)], 1e-12, "(%d, %d)", i, j)
			}
		}
	}
}
