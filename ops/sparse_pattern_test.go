package ops

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

func patternRows() []opRow {
	inside := plainCase("times a matrix", func(in G.Nodes) (*G.Node, error) {
		if in[0] == nil {
			return SpMM(Sparse{Rows: 1, Cols: 1}, nil)
		}
		p, err := NewPatternNode(in[0].Graph(), "pattern", oblong())
		if err != nil {
			return nil, err
		}
		return SpMM(Sparse{Pattern: p, Rows: 4, Cols: 3}, in[0])
	}, nil, values(mat(3, 1, 1, 10, 100)), 11, 0, 200, 11)
	return []opRow{{
		op: "NewPatternNode", cases: []opCase{inside},
		bad: []badCase{
			{"no graph", func(*G.ExprGraph) error { return second(NewPatternNode(nil, "p", oblong())) }, "a nil graph, or a pattern that is nil"},
			{"no pattern", func(g *G.ExprGraph) error { return second(NewPatternNode(g, "p", nil)) }, "a nil graph, or a pattern that is nil"},
		},
	}}
}

func TestNewPattern(t *testing.T) {
	p, err := NewPattern(3, 2, []int32{0, 2, 2, 3}, []int32{1, 0, 1})
	require.NoError(t, err)
	assert.Equal(t, [][]float64{{1, 1}, {0, 0}, {0, 1}}, dense(p, nil))
	assert.Equal(t, 3, p.Rows())
	assert.Equal(t, 2, p.Cols())
	assert.Equal(t, 3, p.NNZ())
	assert.Nil(t, p.Source())
}

func TestNewPatternRefuses(t *testing.T) {
	for _, c := range []struct {
		rows, cols int
		ptr, col   []int32
		want       string
	}{
		{0, 1, []int32{0}, nil, "ops: pattern: 0×1, want at least 1×1"},
		{1, 0, []int32{0, 0}, nil, "ops: pattern: 1×0, want at least 1×1"},
		{-1, 1, nil, nil, "-1×1"},
		{math.MaxInt, 1, nil, nil, "want at least 1×1"},
		{2, 2, nil, nil, "row pointers of length 0"},
		{2, 2, []int32{0, 1}, []int32{0}, "row pointers of length 2 for 1 entries, want 3 values from 0 to 1"},
		{1, 2, []int32{1, 1}, []int32{0}, "want 2 values from 0 to 1"},
		{1, 2, []int32{0, 2}, []int32{0}, "want 2 values from 0 to 1"},
		{2, 2, []int32{0, 2, 1}, []int32{0}, "row pointer 2 is 1, want at least 2"},
		{1, 2, []int32{0, 1}, []int32{2}, "column of entry 0 is 2, want 0 to 1"},
		{1, 2, []int32{0, 1}, []int32{-1}, "column of entry 0 is -1"},
	} {
		_, err := NewPattern(c.rows, c.cols, c.ptr, c.col)
		if assert.Error(t, err, c.want) {
			assert.Contains(t, err.Error(), c.want)
		}
	}
}

func TestPatternFromCOO(t *testing.T) {
	p, order, err := PatternFromCOO(3, 3, []int{2, 0, 2, 0}, []int{0, 2, 0, 1})
	require.NoError(t, err)
	assert.Equal(t, []int32{0, 2, 2, 4}, p.Ptr())
	assert.Equal(t, []int32{2, 1, 0, 0}, p.Col(), "entries of a row keep their order")
	assert.Equal(t, []int{1, 3, 0, 2}, order)
}

func TestPatternFromCOORefuses(t *testing.T) {
	for _, c := range []struct {
		rows, cols int
		row, col   []int
		want       string
	}{
		{2, 2, []int{0}, nil, "ops: pattern: 1 row and 0 column indices"},
		{0, 2, nil, nil, "0×2 with 0 entries"},
		{2, -1, nil, nil, "2×-1"},
		{math.MaxInt, 1, nil, nil, "want 1 to"},
		{2, 2, []int{2}, []int{0}, "entry 0 is (2, 0), want below (2, 2)"},
		{2, 2, []int{0}, []int{-1}, "entry 0 is (0, -1)"},
	} {
		_, _, err := PatternFromCOO(c.rows, c.cols, c.row, c.col)
		if assert.Error(t, err, c.want) {
			assert.Contains(t, err.Error(), c.want)
		}
	}
}

func TestSymmetric(t *testing.T) {
	for want, ps := range map[bool][]*Pattern{
		true:  {empty(), coo(1, 1), coo(2, 2, [2]int{0, 0}), coo(2, 2, [2]int{1, 0}, [2]int{0, 1}), coo(3, 3, [2]int{0, 2}, [2]int{0, 1}, [2]int{1, 0}, [2]int{2, 0})},
		false: {oblong(), looped(), coo(2, 2, [2]int{0, 1}), coo(2, 2, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 0})},
	} {
		for i, p := range ps {
			assert.Equal(t, want, p.Symmetric(), "pattern %d", i)
		}
	}
}

// What Gorgonia asks of a value.
func TestPatternIsAValue(t *testing.T) {
	var v G.Value = oblong()
	p := v.(*Pattern)
	assert.Equal(t, tensor.Shape{1}, v.Shape())
	assert.Equal(t, 1, v.Size())
	assert.Equal(t, tensor.Int, v.Dtype())
	assert.Same(t, p, v.Data())
	assert.Same(t, p, p.Clone())
	assert.Same(t, p, p.ZeroValue())
	assert.NotZero(t, v.Uintptr())
	assert.Equal(t, uintptr(4*(5+6)), v.MemSize())
	assert.Equal(t, "pattern 4×3 with 6 entries", fmt.Sprint(v))
	assert.Equal(t, G.TensorType{Dims: 1, Of: tensor.Int}, G.TypeOf(v))
}

// FuzzNewPattern reads row pointers and columns off bytes: never a panic, and
// what is accepted multiplies.
func FuzzNewPattern(f *testing.F) {
	f.Add(2, 2, []byte{0, 1, 2}, []byte{0, 1})
	f.Add(1, 1, []byte{0, 0}, []byte{})
	f.Add(3, 1, []byte{0, 2, 1, 0}, []byte{255})
	f.Fuzz(func(t *testing.T, rows, cols int, ptr, col []byte) {
		p, err := NewPattern(rows, cols, signed[int32](ptr), signed[int32](col))
		if err != nil {
			assert.Nil(t, p)
			return
		}
		usable(t, p, cols)
	})
}

// FuzzPatternFromCOO reads pairs off bytes.
func FuzzPatternFromCOO(f *testing.F) {
	f.Add(2, 2, []byte{0, 1}, []byte{1, 0})
	f.Add(1, 1, []byte{}, []byte{})
	f.Add(5, 3, []byte{4, 4, 255}, []byte{2, 2, 0})
	f.Fuzz(func(t *testing.T, rows, cols int, row, col []byte) {
		if rows > 1<<16 {
			t.Skip("memory for as many row pointers")
		}
		p, order, err := PatternFromCOO(rows, cols, signed[int](row), signed[int](col))
		if err != nil {
			assert.Nil(t, p)
			return
		}
		require.Len(t, order, len(row))
		for e, from := range order {
			assert.Equal(t, int(int8(col[from])), int(p.Col()[e]))
		}
		usable(t, p, cols)
	})
}

func signed[T int | int32](b []byte) []T {
	out := make([]T, len(b))
	for i, v := range b {
		out[i] = T(int8(v))
	}
	return out
}

// usable multiplies by ones, where the columns are few.
func usable(t *testing.T, p *Pattern, cols int) {
	assert.Equal(t, p.Symmetric(), p.Symmetric())
	if cols > 1<<16 {
		return
	}
	g := G.NewGraph()
	y := must[*G.Node](t)(SpMM(Sparse{Pattern: node(g, "p", p), Rows: p.Rows(), Cols: cols}, node(g, "x", mat(cols, 1, ones(cols)...))))
	var sum float64
	for _, v := range nums(eval(t, y)[0]) {
		sum += v
	}
	assert.Equal(t, float64(p.NNZ()), sum)
}
