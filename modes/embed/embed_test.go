package embed

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// denseMatrix is numbers of a given rank, and a little noise.
func denseMatrix(rows, cols, rank int, noise float64, seed uint64) Matrix {
	r := rand.New(rand.NewPCG(seed, 0))
	a, b := mat.NewDense(rows, rank, nil), mat.NewDense(rank, cols, nil)
	for _, m := range []*mat.Dense{a, b} {
		d := m.RawMatrix().Data
		for i := range d {
			d[i] = r.NormFloat64()
		}
	}
	var c mat.Dense
	c.Mul(a, b)
	out := Matrix{Rows: rows, Cols: cols, Dense: make([]float32, rows*cols)}
	for i, v := range c.RawMatrix().Data {
		out.Dense[i] = float32(v + noise*r.NormFloat64())
	}
	return out
}

// sparse is m with the entries other than 0 stored.
func sparse(t testing.TB, m Matrix) Matrix {
	var row, col []int
	out := Matrix{Rows: m.Rows, Cols: m.Cols}
	for i := range m.Rows {
		for j, v := range m.row(m.Dense, i) {
			if v != 0 {
				row, col, out.Values = append(row, i), append(col, j), append(out.Values, v)
			}
		}
	}
	var err error
	out.Pattern, _, err = ops.PatternFromCOO(m.Rows, m.Cols, row, col)
	require.NoError(t, err)
	return out
}

func wide(m Matrix) *mat.Dense {
	out := mat.NewDense(m.Rows, m.Cols, nil)
	for i, v := range m.Dense {
		out.Set(i/m.Cols, i%m.Cols, float64(v))
	}
	return out
}

// graphOf is an undirected random graph with weights, some nodes without edges.
func graphOf(t testing.TB, n, edges int, weighted bool, seed uint64) *modes.Host {
	r := rand.New(rand.NewPCG(seed, 1))
	var row, col []int
	var w []float64
	seen := map[[2]int]bool{}
	for range edges {
		i, j := r.IntN(n-n/10), r.IntN(n-n/10)
		if i == j || seen[[2]int{i, j}] {
			continue
		}
		seen[[2]int{i, j}], seen[[2]int{j, i}] = true, true
		v := 1.
		if weighted {
			v = .5 + r.Float64()
		}
		row, col, w = append(row, i, j), append(col, j, i), append(w, v, v)
	}
	if !weighted {
		w = nil
	}
	h, err := modes.FromCOO(n, row, col, w)
	require.NoError(t, err)
	return h
}

// TestSVD compares U·s with Gonum's, column by column up to the sign.
func TestSVD(t *testing.T) {
	for _, m := range []Matrix{
		denseMatrix(200, 120, 8, .01, 1),
		denseMatrix(90, 300, 8, .01, 2), // more columns than rows
		denseMatrix(50, 6, 6, 0, 3),     // every direction is kept
		denseMatrix(5, 40, 5, 0, 4),     // fewer rows than columns asked for
	} {
		var want mat.SVD
		require.True(t, want.Factorize(wide(m), mat.SVDThin))
		var u mat.Dense
		want.UTo(&u)
		s := want.Values(nil)
		for _, x := range []Matrix{m, sparse(t, m)} {
			got := SVD(x, 8, 7)
			require.Equal(t, min(8, m.Rows, m.Cols), got.Cols)
			for j := range got.Cols {
				sign := 1.
				if u.At(0, j)*float64(got.Dense[j]) < 0 {
					sign = -1
				}
				for i := range got.Rows {
					require.InDelta(t, sign*u.At(i, j)*s[j], float64(got.Dense[i*got.Cols+j]), 2e-4*s[0], "row %d, column %d", i, j)
				}
			}
		}
	}
}

func TestSVDOfLowRankAndOfZeros(t *testing.T) {
	got := SVD(denseMatrix(40, 90, 3, 0, 5), 8, 0)
	for i := range got.Rows {
		for _, v := range got.row(got.Dense, i)[3:] {
			require.InDelta(t, 0, v, 1e-3)
		}
	}
	for _, v := range SVD(Matrix{Rows: 4, Cols: 30, Dense: make([]float32, 120)}, 8, 0).Dense {
		require.Zero(t, v)
	}
	assert.Zero(t, SVD(Matrix{Rows: 0, Cols: 3}, 8, 0).Cols)
}

func TestWords(t *testing.T) {
	m := Matrix{Rows: 3, Cols: 3, Dense: []float32{1, 2, 0, 0, 1, 0, 0, 3, 0}}
	a, b := float32(math.Log(4./2)), float32(math.Log(4./4))
	assert.Equal(t, []float32{a, 2 * b, 0, 0, b, 0, 0, 3 * b, 0}, Words(m).Dense)
	assert.Equal(t, []float32{a, 2 * b, b, 3 * b}, Words(sparse(t, m)).Values)
	assert.Equal(t, []float32{1, 2, 0, 0, 1, 0, 0, 3, 0}, m.Dense, "not changed")
}

func TestLooksLikeWords(t *testing.T) {
	assert.True(t, LooksLikeWords(Matrix{Rows: 2, Cols: 2, Dense: []float32{0, 3, 0, .5}}))
	assert.False(t, LooksLikeWords(Matrix{Rows: 2, Cols: 2, Dense: []float32{0, -3, 0, 0}}), "a negative number")
	assert.False(t, LooksLikeWords(Matrix{Rows: 2, Cols: 2, Dense: []float32{1, 3, 0, .5}}), "few zeros")
}

func TestStandardize(t *testing.T) {
	m := Matrix{Rows: 2, Cols: 3, Dense: []float32{1, 5, 10, 3, 5, 30}}
	assert.Equal(t, []float32{-1, 0, -1, 1, 0, 1}, Standardize(m).Dense)
	s := sparse(t, m)
	assert.Equal(t, s.Values, Standardize(s).Values, "sparse ones stay")
}

func TestUnit(t *testing.T) {
	m := Matrix{Rows: 2, Cols: 2, Dense: []float32{3, 4, 0, 0}}
	assert.Equal(t, []float32{.6, .8, 0, 0}, Unit(m).Dense)
}

// TestSmooth compares with powers of a dense Â.
func TestSmooth(t *testing.T) {
	for _, weighted := range []bool{false, true} {
		h := graphOf(t, 60, 150, weighted, 3)
		x := denseMatrix(60, 5, 5, 0, 6)
		got, err := Smooth(h, x, 4)
		require.NoError(t, err)

		a, err := adjacency(h)
		require.NoError(t, err)
		hat := mat.NewDense(60, 60, nil)
		for i := range 60 {
			hat.Set(i, i, float64(a.loop))
			for e := h.Pattern.Ptr()[i]; e < h.Pattern.Ptr()[i+1]; e++ {
				j := int(h.Pattern.Col()[e])
				hat.Set(i, j, hat.At(i, j)+float64(a.weight(e)))
			}
		}
		root := make([]float64, 60)
		for i := range root {
			root[i] = 1 / math.Sqrt(mat.Sum(hat.RowView(i)))
		}
		hat.Apply(func(i, j int, v float64) float64 { return root[i] * v * root[j] }, hat)
		now, sum := wide(x), wide(x)
		for range 4 {
			var next mat.Dense
			next.Mul(hat, now)
			sum.Add(sum, &next)
			now = &next
		}
		sum.Scale(1./5, sum)
		for i, v := range got.Dense {
			require.InDelta(t, sum.RawMatrix().Data[i], v, 1e-5)
		}
	}
}

func TestSmoothProperties(t *testing.T) {
	h := graphOf(t, 60, 150, true, 3)
	x := denseMatrix(60, 5, 5, 0, 6)
	one, err := Smooth(h, x, 3)
	require.NoError(t, err)
	assert.Equal(t, x.row(x.Dense, 59), one.row(one.Dense, 59), "a node without edges keeps its row")
	for i := range h.Weights {
		h.Weights[i] *= 8
	}
	eight, err := Smooth(h, x, 3)
	require.NoError(t, err)
	assert.InDeltaSlice(t, one.Dense, eight.Dense, 1e-6, "c·A")
	none, err := Smooth(h, x, 0)
	require.NoError(t, err)
	assert.Equal(t, x.Dense, none.Dense)

	for _, bad := range []struct {
		x    Matrix
		hops int
		says string
	}{
		{sparse(t, x), 1, "sparse"},
		{Matrix{Rows: 2, Cols: 1, Dense: []float32{1, 2}}, 1, "2 rows, want 60"},
		{x, -1, "hops = -1"},
	} {
		_, err := Smooth(h, bad.x, bad.hops)
		assert.ErrorContains(t, err, bad.says)
	}
	h.Weights[3] = -1
	_, err = Smooth(h, x, 1)
	assert.ErrorContains(t, err, "weight 3 = -1")
}

func TestHops(t *testing.T) {
	for _, c := range []struct{ n, entries, want int }{
		{2708, 10556, 16}, {7650, 238162, 7}, {34493, 495924, 11}, {19717, 88648, 18}, // real graphs, by hand
		{1, 0, 2}, {100, 0, 32}, {100, 9900, 3}, {1000, 1100, 32},
	} {
		assert.Equal(t, c.want, Hops(c.n, c.entries), "%d nodes, %d entries", c.n, c.entries)
	}
}

// TestNodes has graphs that could break it: without edges, features, rows.
func TestNodes(t *testing.T) {
	with := func(h *modes.Host, x *tensor.Dense) *modes.Host { h.X = x; return h }
	zeros := tensor.New(tensor.WithShape(60, 4), tensor.Of(tensor.Float32))
	for name, h := range map[string]*modes.Host{
		"one node":           {Nodes: 1},
		"no edges":           {Nodes: 7},
		"no features":        graphOf(t, 60, 100, false, 1),
		"features of zeros":  with(graphOf(t, 60, 100, false, 1), zeros),
		"weights":            graphOf(t, 60, 100, true, 1),
		"more nodes than 64": graphOf(t, 300, 900, false, 1),
	} {
		z, chosen, err := Nodes(h, Defaults())
		require.NoError(t, err, name)
		require.Equal(t, h.Nodes, z.Rows, name)
		assert.NotEqual(t, Auto, chosen.Kind)
		for i := range z.Rows {
			var s float64
			for _, v := range z.row(z.Dense, i) {
				s += float64(v) * float64(v)
			}
			require.False(t, math.IsNaN(s), name)
			require.True(t, s == 0 || math.Abs(s-1) < 1e-5, "%s: row %d has length² %v", name, i, s)
		}
	}
	z, _, err := Nodes(&modes.Host{}, Defaults())
	require.NoError(t, err)
	assert.Zero(t, z.Rows)
}

func TestNodesErrors(t *testing.T) {
	_, _, err := Nodes(&modes.Host{Nodes: 2}, Options{Hops: AutoHops})
	assert.EqualError(t, err, "embed: Columns = 0, want at least 1")
	_, _, err = Nodes(&modes.Host{Nodes: 2}, Options{Columns: 1, Hops: -2})
	assert.ErrorContains(t, err, "Hops = -2")
	_, _, err = Nodes(&modes.Host{Nodes: -1}, Defaults())
	assert.ErrorContains(t, err, "Nodes = -1")
}

// TestNear compares with every pair of rows.
func TestNear(t *testing.T) {
	z := Unit(denseMatrix(150, 6, 6, 0, 9))
	p, err := Near(z, 4, 0)
	require.NoError(t, err)
	assert.True(t, p.Symmetric())
	want := map[[2]int]bool{}
	for i := range z.Rows {
		var best []int
		for range 4 {
			top := -1
			for j := range z.Rows {
				taken := j == i
				for _, b := range best {
					taken = taken || b == j
				}
				if !taken && (top < 0 || dot(z, i, j) > dot(z, i, top)) {
					top = j
				}
			}
			best = append(best, top)
			want[[2]int{i, top}], want[[2]int{top, i}] = true, true
		}
	}
	got := map[[2]int]bool{}
	for i := range p.Rows() {
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			got[[2]int{i, int(p.Col()[e])}] = true
		}
	}
	assert.Equal(t, want, got)
}

func dot(z Matrix, i, j int) (s float64) {
	for p, v := range z.row(z.Dense, i) {
		s += float64(v) * float64(z.row(z.Dense, j)[p])
	}
	return s
}

// TestNearInCells asks for most of the true neighbours where cells are used.
func TestNearInCells(t *testing.T) {
	z := Unit(denseMatrix(cellNear*cellRows+1000, 4, 4, 0, 9))
	p, err := Near(z, 5, 0)
	require.NoError(t, err)
	found, all := 0, 0
	for i := 0; i < z.Rows; i += 97 {
		least := math.Inf(1) // of the five that are stored first
		var dots []float64
		for j := range z.Rows {
			if j != i {
				dots = append(dots, dot(z, i, j))
			}
		}
		for range 5 {
			at := 0
			for j := range dots {
				if dots[j] > dots[at] {
					at = j
				}
			}
			least, dots[at] = dots[at], -2
		}
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			if dot(z, i, int(p.Col()[e])) >= least-1e-6 {
				found++
			}
		}
		all += 5
	}
	assert.Greater(t, float64(found), .95*float64(all))
}

func TestNearEdgeCases(t *testing.T) {
	p, err := Near(Matrix{Rows: 3, Cols: 2, Dense: make([]float32, 6)}, 2, 0)
	require.NoError(t, err)
	assert.Zero(t, p.NNZ(), "rows of zeros")
	_, err = Near(Matrix{Rows: 1, Cols: 1, Dense: []float32{1}}, 0, 0)
	assert.ErrorContains(t, err, "count = 0")
	_, err = Near(Matrix{}, 1, 0)
	assert.ErrorContains(t, err, "no rows")
}

func TestMix(t *testing.T) {
	h, err := modes.FromCOO(3, []int{0, 1}, []int{1, 0}, nil)
	require.NoError(t, err)
	k, err := ops.NewPattern(3, 3, []int32{0, 1, 3, 4}, []int32{1, 0, 2, 1})
	require.NoError(t, err)
	p, w, err := Mix(h, k, .5) // ΣA = 2, ΣK = 4: each entry of K counts .25
	require.NoError(t, err)
	assert.Equal(t, []int32{0, 1, 3, 4}, p.Ptr())
	assert.Equal(t, []int32{1, 0, 2, 1}, p.Col())
	assert.Equal(t, []float64{1.25, 1.25, .25, .25}, w)

	p, w, err = Mix(h, k, 0)
	require.NoError(t, err)
	assert.Equal(t, 2, p.NNZ())
	assert.Nil(t, w)
	_, _, err = Mix(h, k, -1)
	assert.ErrorContains(t, err, "share = -1")
	_, _, err = Mix(&modes.Host{Nodes: 2}, k, 1)
	assert.ErrorContains(t, err, "want 2 nodes")
}

func TestSameBitsAtAnyNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	h := graphOf(t, 3000, 9000, true, 5)
	x := sparse(t, denseMatrix(3000, 200, 12, .1, 8))
	h.SparseX = &modes.HostSparse{Pattern: x.Pattern}
	for _, v := range x.Values {
		h.SparseX.Values = append(h.SparseX.Values, float64(v))
	}
	var first Matrix
	var near []int32
	for _, threads := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(threads)
		z, _, err := Nodes(h, Defaults())
		require.NoError(t, err)
		p, err := Near(z, 5, 0)
		require.NoError(t, err)
		if threads == 1 {
			first, near = z, p.Col()
		}
		require.Equal(t, first.Dense, z.Dense)
		require.Equal(t, near, p.Col())
	}
}
