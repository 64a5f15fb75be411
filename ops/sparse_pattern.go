package ops

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"unsafe"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Pattern says where a sparse matrix has its stored entries: an immutable
// matrix of positions in compressed sparse rows, without values. The values,
// called edge weights, belong in a float vector beside it, one an entry in
// the pattern's order, so that gradients reach them; a pattern without
// weights stands for ones.
//
// A pattern is a value of the expression graph (NewPatternNode), and can be
// replaced between runs by G.Let.
type Pattern struct {
	csr *kernels.CSR

	// source is the entry of the pattern this one was derived from, for each
	// entry, −1 for entries that are new; nil where it was not derived.
	source []int32

	// into is the entry of this pattern that each entry of the one it was
	// contracted from became part of, −1 for none; nil where it was not contracted.
	into []int32

	// values are the weights that KronReduction gives the entries; nil elsewhere.
	values []float64

	turned sync.Once // guards t and perm, computed when first asked for
	t      *kernels.CSR
	perm   []int32

	compared  sync.Once // guards symmetric
	symmetric bool

	paired sync.Once // guards first
	first  []int32   // for each entry the first at its place; nil where no place has two
}

// NewPattern makes the pattern with the given rows in compressed form: row i
// has the entries ptr[i] to ptr[i+1] of col. Columns may stand in any order;
// an entry stored twice counts twice. The slices are kept, not copied.
//
// It errs unless ptr has rows+1 values that start at 0, never fall and end at
// len(col), and every column is in [0, cols).
func NewPattern(rows, cols int, ptr, col []int32) (*Pattern, error) {
	if rows < 1 || cols < 1 || rows > math.MaxInt32 || cols > math.MaxInt32 {
		return nil, fmt.Errorf("ops: pattern: %d×%d, want at least 1×1", rows, cols)
	}
	if len(ptr) != rows+1 || ptr[0] != 0 || int(ptr[rows]) != len(col) {
		return nil, fmt.Errorf("ops: pattern: row pointers of length %d for %d entries, want %d values from 0 to %d", len(ptr), len(col), rows+1, len(col))
	}
	for i := range rows {
		if ptr[i+1] < ptr[i] {
			return nil, fmt.Errorf("ops: pattern: row pointer %d is %d, want at least %d", i+1, ptr[i+1], ptr[i])
		}
	}
	if e := kernels.FirstColumnOutside(col, cols); e >= 0 {
		return nil, fmt.Errorf("ops: pattern: column of entry %d is %d, want 0 to %d", e, col[e], cols-1)
	}
	return newPattern(rows, cols, ptr, col, nil), nil
}

// newPattern trusts its arguments.
func newPattern(rows, cols int, ptr, col, source []int32) *Pattern {
	return &Pattern{csr: kernels.NewCSR(rows, cols, ptr, col), source: source}
}

// mostEmptyRows is how many rows a pattern of few entries may have: a mistaken
// number is an error before it takes all memory.
const mostEmptyRows = 1 << 26

// PatternFromCOO makes the pattern of the entries (row[e], col[e]), in
// row-major order; entries of one row keep their order. order[e'] is the
// index in the arguments of the pattern's entry e': weights go through it.
//
// It errs for slices of different lengths, indices out of range, and more than
// 2²⁶ rows with less than an entry for 64 of them.
func PatternFromCOO(rows, cols int, row, col []int) (p *Pattern, order []int, err error) {
	if len(row) != len(col) {
		return nil, nil, fmt.Errorf("ops: pattern: %d row and %d column indices, want as many of each", len(row), len(col))
	}
	if rows < 1 || cols < 1 || rows >= math.MaxInt32 || cols > math.MaxInt32 || len(row) > math.MaxInt32 {
		return nil, nil, fmt.Errorf("ops: pattern: %d×%d with %d entries, want 1 to %d of rows and columns and at most %d entries", rows, cols, len(row), math.MaxInt32-1, math.MaxInt32)
	}
	if most := max(mostEmptyRows, 64*len(row)); rows > most {
		return nil, nil, fmt.Errorf("ops: pattern: %d rows with %d entries, want at most %d", rows, len(row), most)
	}
	ptr := make([]int32, rows+1)
	for e := range row {
		if row[e] < 0 || row[e] >= rows || col[e] < 0 || col[e] >= cols {
			return nil, nil, fmt.Errorf("ops: pattern: entry %d is (%d, %d), want below (%d, %d)", e, row[e], col[e], rows, cols)
		}
		ptr[row[e]+1]++
	}
	for i := range rows {
		ptr[i+1] += ptr[i]
	}
	next := append([]int32{}, ptr[:rows]...)
	to := make([]int32, len(col))
	order = make([]int, len(col))
	for e := range row {
		at := next[row[e]]
		next[row[e]]++
		to[at], order[at] = int32(col[e]), e
	}
	return newPattern(rows, cols, ptr, to, nil), order, nil
}

// Rows is the number of rows.
func (p *Pattern) Rows() int {
	if p == nil || p.csr == nil {
		return 0
	}
	return p.csr.Rows
}

// Cols is the number of columns.
func (p *Pattern) Cols() int {
	if p == nil || p.csr == nil {
		return 0
	}
	return p.csr.Cols
}

// NNZ is the number of stored entries.
func (p *Pattern) NNZ() int { return len(p.Col()) }

// Ptr is the row pointers; they must not be changed.
func (p *Pattern) Ptr() []int32 {
	if p == nil || p.csr == nil {
		return nil
	}
	return p.csr.Ptr
}

// Col is the entries' columns; they must not be changed.
func (p *Pattern) Col() []int32 {
	if p == nil || p.csr == nil {
		return nil
	}
	return p.csr.Col
}

// Symmetric tells whether the pattern equals its transpose.
func (p *Pattern) Symmetric() bool {
	if p == nil {
		return false
	}
	p.compared.Do(func() {
		if p.Rows() != p.Cols() || p.Rows() == 0 {
			return
		}
		t, _ := p.csr.Transpose() // not kept: a symmetric matrix never needs it
		p.symmetric = slices.Equal(t.Ptr, p.csr.Ptr) && slices.Equal(t.Col, p.csr.Col) || p.csr.Symmetric()
	})
	return p.symmetric
}

// Source is, for a pattern that Induce or SelfLoops derived from another,
// the entry of that other each entry was, −1 for a new one; nil otherwise.
func (p *Pattern) Source() []int32 {
	if p == nil {
		return nil
	}
	return p.source
}

// transpose is the transposed matrix, and the entry of p that each of its
// entries is.
func (p *Pattern) transpose() (*kernels.CSR, []int32) {
	p.turned.Do(func() { p.t, p.perm = p.csr.Transpose() })
	return p.t, p.perm
}

var errNotPattern = errors.New("not a sparse pattern")

// The methods below make *Pattern an opaque Gorgonia value: to the type
// system it is a vector of one Int, and only this package looks inside.

// Shape is (1).
func (p *Pattern) Shape() tensor.Shape { return tensor.Shape{1} }

// Size is 1.
func (p *Pattern) Size() int { return 1 }

// Data is the pattern itself.
func (p *Pattern) Data() interface{} { return p }

// Dtype is Int.
func (p *Pattern) Dtype() tensor.Dtype { return tensor.Int }

// Type is that of a vector of Int.
func (p *Pattern) Type() hm.Type { return G.TensorType{Dims: 1, Of: tensor.Int} }

// Clone is the pattern itself, which never changes.
func (p *Pattern) Clone() interface{} { return p }

// ZeroValue is the pattern itself: it has no gradient.
func (p *Pattern) ZeroValue() G.Value { return p }

// Uintptr is the pattern's address.
func (p *Pattern) Uintptr() uintptr { return uintptr(unsafe.Pointer(p)) }

// MemSize is the size of the pattern's indices in bytes.
func (p *Pattern) MemSize() uintptr { return uintptr(4 * (len(p.Ptr()) + len(p.Col()))) }

// Format prints the pattern's size.
func (p *Pattern) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "pattern %d×%d with %d entries", p.Rows(), p.Cols(), p.NNZ())
}

// NewPatternNode makes p an input of g under a name that no other input of g
// may have: Gorgonia merges inputs of one name.
func NewPatternNode(g *G.ExprGraph, name string, p *Pattern) (*G.Node, error) {
	if g == nil || p == nil || p.csr == nil {
		return nil, fmt.Errorf("ops: pattern %q: a nil graph, or a pattern that is nil or that no function made", name)
	}
	return G.NewVector(g, tensor.Int, G.WithShape(1), G.WithName(name), G.WithValue(p)), nil
}

// patternOf is the pattern that v is.
func patternOf(v G.Value) (*Pattern, error) {
	p, ok := v.(*Pattern)
	if ok && (p == nil || p.csr == nil) {
		return nil, errors.New("a pattern that no function made")
	}
	if !ok {
		return nil, fmt.Errorf("%w: a %T", errNotPattern, v)
	}
	return p, nil
}
