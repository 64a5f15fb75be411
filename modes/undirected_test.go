package modes

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// By hand: 0→1 alone, 1⇄2 of weights 2 and 4, a loop at 0.
func TestUndirected(t *testing.T) {
	h := need[*Host](t)(FromCOO(4, []int{0, 0, 1, 2}, []int{0, 1, 2, 1}, []float64{5, 3, 2, 4}))
	h.E = f64(4, 2, 1, 10, 2, 20, 3, 30, 5, 50)
	h.X = f64(4, 1, 1, 2, 3, 4)
	got := need[*Host](t)(h.Undirected())
	row, col, w := got.COO()
	assert.Equal(t, []int{0, 0, 1, 1, 2}, row)
	assert.Equal(t, []int{0, 1, 0, 2, 1}, col)
	assert.Equal(t, []float64{5, 3, 3, 3, 3}, w)
	assert.Equal(t, []float64{1, 10, 2, 20, 2, 20, 4, 40, 4, 40}, got.E.Data())
	assert.Same(t, h.X, got.X)
	_, _, before := h.COO()
	assert.Equal(t, []float64{5, 3, 2, 4}, before, "h stays")
}

// Sparse and dense give one matrix, which is symmetric, and stays as it is when
// asked again; an undirected graph without weights stays without.
func TestUndirectedIsSymmetric(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		n := 1 + rng.IntN(7)
		a := make([]float64, n*n)
		for i := range a {
			if rng.IntN(3) == 0 {
				a[i] = rng.NormFloat64()
			}
		}
		dense := need[*Host](t)((&Host{Nodes: n, DenseA: f64(n, n, a...)}).Undirected())
		row, col, w := (&Host{Nodes: n, DenseA: f64(n, n, a...)}).COO()
		sparse := need[*Host](t)(need[*Host](t)(FromCOO(n, row, col, w)).Undirected())
		again := need[*Host](t)(sparse.Undirected())
		assert.Equal(t, sparse, again)
		r1, c1, w1 := dense.COO()
		r2, c2, w2 := sparse.COO()
		require.Equal(t, r1, r2)
		require.Equal(t, c1, c2)
		require.InDeltaSlice(t, append([]float64{0}, w1...), append([]float64{0}, w2...), 1e-15)
		for e := range w2 {
			x, y := a[r2[e]*n+c2[e]], a[c2[e]*n+r2[e]]
			want := (x + y) / (math.Abs(sign(x)) + math.Abs(sign(y)))
			assert.InDelta(t, want, w2[e], 1e-15)
		}
	}
	path := need[*Host](t)(FromCOO(3, []int{0, 1}, []int{1, 2}, nil))
	got := need[*Host](t)(path.Undirected())
	assert.Nil(t, got.Weights)
	assert.Equal(t, []int32{1, 0, 2, 1}, got.Pattern.Col())
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// Parallel edges add up before the two directions are looked at; their
// attributes become their mean. Float32 stays.
func TestUndirectedOfParallelEdges(t *testing.T) {
	p := need[*ops.Pattern](t)(ops.NewPattern(2, 2, []int32{0, 2, 3}, []int32{1, 1, 0}))
	h := &Host{Nodes: 2, Pattern: p, E: tensor.New(tensor.WithShape(3, 1), tensor.WithBacking([]float32{1, 3, 8}))}
	got := need[*Host](t)(h.Undirected())
	assert.Equal(t, []float64{1.5, 1.5}, got.Weights, "the mean of 2 and 1")
	assert.Equal(t, []float32{4, 4}, got.E.Data())
}

func TestUndirectedOfGraphsWithoutEdges(t *testing.T) {
	for _, h := range []*Host{{}, {Nodes: 2}, need[*Host](t)(FromCOO(2, nil, nil, nil))} {
		got := need[*Host](t)(h.Undirected())
		assert.Equal(t, h.Nodes, got.Nodes)
		row, _, _ := got.COO()
		assert.Empty(t, row)
	}
	_, err := (&Host{Nodes: -1}).Undirected()
	assert.ErrorContains(t, err, "modes: Nodes = -1, want at least 0")
	_, err = (*Host)(nil).Undirected()
	assert.Error(t, err)
}
