package sparse

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// twice is of the rows (1, 0, 1), () and (2): entries 0 and 2 are of one place.
func twice() *kernels.CSR { return kernels.NewCSR(3, 3, []int32{0, 3, 3, 4}, []int32{1, 0, 1, 2}) }

func TestPlaces(t *testing.T) {
	m := twice()
	assert.False(t, Rising(m))
	first := Firsts(m)
	assert.Equal(t, []int32{0, 1, 0, 3}, first)
	assert.Equal(t, []float64{9, 3, 9, 5}, PlaceSums(first, []float64{2, 3, 7, 5}))
	assert.Equal(t, []float64{2, 1, 2, 1}, PlaceSums[float64](first, nil))
	out, source := Places(m, first)
	assert.Equal(t, []int32{0, 2, 2, 3}, out.Ptr)
	assert.Equal(t, []int32{1, 0, 2}, out.Col)
	assert.Equal(t, []int32{0, 1, 3}, source)

	assert.Nil(t, Firsts(out), "columns that fall, and no two entries of one place")
	w := []float64{1, 2, 3}
	assert.Equal(t, w, PlaceSums(nil, w))
	assert.True(t, Rising(kernels.NewCSR(2, 2, []int32{0, 0, 0}, nil)))
}

// Rows 0 and 2 become one, row 1 goes.
func TestContract(t *testing.T) {
	out, into := Contract(twice(), []int32{1, -1, 1}, 2, true)
	assert.Equal(t, []int32{0, 0, 1}, out.Ptr)
	assert.Equal(t, []int32{1}, out.Col)
	assert.Equal(t, []int32{-1, 0, -1, 0}, into)

	out, into = Contract(twice(), []int32{1, 0, 1}, 2, false)
	assert.Equal(t, []int32{0, 0, 1}, out.Ptr)
	assert.Equal(t, []int32{0}, out.Col)
	assert.Equal(t, []int32{0, -1, 0, -1}, into)
}

// Of [1 2; 0 3] by [5 0; 7 11], whose product is [19 22; 21 33].
func TestProduct(t *testing.T) {
	a := kernels.NewCSR(2, 2, []int32{0, 2, 3}, []int32{0, 1, 1})
	b := kernels.NewCSR(2, 2, []int32{0, 1, 3}, []int32{0, 0, 1})
	wa, wb := []float64{1, 2, 3}, []float64{5, 7, 11}
	c, n := Multiplied(a, b, 4)
	assert.Equal(t, 4, n)
	assert.Equal(t, []int32{0, 1, 0, 1}, c.Col)
	p, out := Product{C: c, A: a, B: b}, make([]float64, 4)
	Multiply(p, out, wa, wb)
	assert.Equal(t, []float64{19, 22, 21, 33}, out)

	g := []float64{1, 10, 100, 1000}
	da, db := make([]float64, 3), make([]float64, 3)
	GradientA(p, da, g, wb)
	assert.Equal(t, []float64{1 * 5, 1*7 + 10*11, 100*7 + 1000*11}, da)
	turned, perm := a.Transpose()
	GradientB(p, turned, perm, db, g, wa)
	assert.Equal(t, []float64{1, 2*1 + 3*100, 2*10 + 3*1000}, db)

	none, n := Multiplied(a, b, 3)
	assert.Nil(t, none)
	assert.Equal(t, 4, n)
}

// A triangle and a node that hangs on it: entries of the triangle are in one.
func TestTriangles(t *testing.T) {
	m := kernels.NewCSR(4, 4, []int32{0, 2, 4, 7, 8}, []int32{1, 2, 0, 2, 0, 1, 3, 2})
	turned, perm := m.Transpose()
	out := make([]float64, 8)
	Wedges[float64]{Rows: m, Cols: turned, Perm: perm}.Triangles(out)
	assert.Equal(t, []float64{1, 1, 1, 1, 1, 1, 0, 0}, out)

	w := []float64{1, 1, 1, 1, 1, 1, 9, 9}
	Wedges[float64]{Rows: m, Cols: turned, Perm: perm, W: w}.Gradient(out, []float64{1, 0, 0, 0, 0, 0, 0, 0})
	assert.Equal(t, []float64{1, 1, 0, 0, 0, 1, 0, 0}, out, "m_01 = a_01·a_02·a_21")
}
