package graphfile

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

const mtxBanner = "%%MatrixMarket"

func sniffMTX(head []byte) bool {
	return len(head) >= len(mtxBanner) && bytes.EqualFold(head[:len(mtxBanner)], []byte(mtxBanner))
}

// mtx is a Matrix Market file while it is read.
type mtx struct {
	*lines
	edges
	array, symmetric, pattern bool
	rows, cols, entries       int
}

// readMTX reads a square matrix in the Matrix Market format: coordinate or
// array; real, integer or pattern; general or symmetric. Entry (i,j) is an
// edge from node i−1 to node j−1. A general matrix is expected to have both
// directions of an edge, a symmetric one its lower triangle.
func readMTX(r io.Reader, name string) (*Graph, error) {
	m := &mtx{lines: newLines(r, name, maxLine), edges: edges{matrix: true}}
	if err := m.head(); err != nil {
		return nil, err
	}
	read := m.coordinates
	if m.array {
		read = m.values
	}
	if err := read(); err != nil {
		return nil, err
	}
	for m.more() {
		return nil, m.failf("%s after the last of %d entries, want the end of the file", quote(m.text), m.entries)
	}
	if err := m.err(); err != nil {
		return nil, err
	}
	if err := believed("rows", m.rows, len(m.src)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g, err := m.graph(m.rows)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g.Changes = append(g.Changes, fromZero)
	return g, nil
}

// more reads the next line that is not empty or a comment.
func (m *mtx) more() bool {
	for m.next() {
		if m.text != "" && m.text[0] != '%' {
			return true
		}
	}
	return false
}

// head reads the banner and the line of sizes.
func (m *mtx) head() error {
	if !m.next() || !sniffMTX([]byte(m.text)) {
		return fmt.Errorf("%s:1: %s, want a line that begins with %s", m.name, quote(m.text), mtxBanner)
	}
	f := strings.Fields(strings.ToLower(m.text))
	if len(f) != 5 {
		return m.failf("%s has %d words, want 5: %s matrix coordinate|array real|integer|pattern general|symmetric", quote(m.text), len(f), mtxBanner)
	}
	for i, want := range [][]string{1: {"matrix"}, {"coordinate", "array"}, {"real", "integer", "pattern", "double"}, {"general", "symmetric", "hermitian"}} {
		if want != nil && !slices.Contains(want, f[i]) {
			return m.failf("a %s Matrix Market file, want %s%s", quote(f[i]), strings.Join(want, " or "), mtxWhy(f[i]))
		}
	}
	m.array, m.pattern, m.symmetric = f[2] == "array", f[3] == "pattern", f[4] != "general"
	if m.array && m.pattern {
		return m.failf("an array of pattern, want numbers in an array")
	}
	return m.sizes()
}

// mtxWhy says why a kind of matrix is not read.
func mtxWhy(word string) string {
	switch word {
	case "complex":
		return ": weights are real"
	case "skew-symmetric":
		return ": half of its weights are below 0"
	}
	return ""
}

func (m *mtx) sizes() error {
	if !m.more() {
		return m.cut("the line of sizes")
	}
	f, want := strings.Fields(m.text), 3
	if m.array {
		want = 2
	}
	if len(f) != want {
		return m.failf("sizes %s, want %d whole numbers", quote(m.text), want)
	}
	n := []*int{&m.rows, &m.cols, &m.entries}
	for i, s := range f {
		v, err := strconv.ParseUint(s, 10, 63)
		if err != nil || v > math.MaxInt32 {
			return m.failf("size %s, want a whole number of at most %d", quote(s), math.MaxInt32)
		}
		*n[i] = int(v)
	}
	if m.rows != m.cols {
		return m.failf("a matrix of %d×%d, want a square one", m.rows, m.cols)
	}
	if m.array {
		m.entries = m.rows * m.cols
		if m.symmetric {
			m.entries = m.rows * (m.rows + 1) / 2
		}
	}
	return nil
}

// cut is the error of a file that ends too early.
func (m *mtx) cut(before string) error {
	if err := m.err(); err != nil {
		return err
	}
	return fmt.Errorf("%s:%d: the file ends before %s", m.name, m.n+1, before)
}

func (m *mtx) coordinates() error {
	want := 3
	if m.pattern {
		want = 2
	}
	for e := range m.entries {
		if !m.more() {
			return m.cut(fmt.Sprintf("entry %d of %d", e+1, m.entries))
		}
		f := strings.Fields(m.text)
		if len(f) != want {
			return m.failf("%s has %d fields, want %d", quote(m.text), len(f), want)
		}
		var at [2]int32
		for k := range at {
			v, ok := parseIndex(f[k])
			if !ok || v < 1 || v > int64(m.rows) {
				return m.failf("index %s, want 1 to %d", quote(f[k]), m.rows)
			}
			at[k] = int32(v - 1)
		}
		if err := m.entry(at[0], at[1], f[2:]); err != nil {
			return err
		}
	}
	return nil
}

// values reads an array, column by column.
func (m *mtx) values() error {
	e := 0
	for j := range int32(m.cols) {
		first := int32(0)
		if m.symmetric {
			first = j
		}
		for i := first; i < int32(m.rows); i++ {
			if e++; !m.more() {
				return m.cut(fmt.Sprintf("value %d of %d", e, m.entries))
			}
			if err := m.entry(i, j, []string{m.text}); err != nil {
				return err
			}
		}
	}
	return nil
}

// entry takes the entry in row i and column j; a zero of an array is no edge.
func (m *mtx) entry(i, j int32, value []string) error {
	if m.symmetric && i < j {
		return m.failf("entry (%d,%d) above the diagonal, want the lower triangle of a symmetric matrix", i+1, j+1)
	}
	w := float32(1)
	if len(value) > 0 {
		var err error
		if w, err = parseWeight(value[0]); err != nil {
			return m.failf("%w", err)
		}
		if m.array && w == 0 {
			return nil
		}
	}
	if err := m.add(i, j, !m.symmetric); err != nil {
		return m.failf("%w", err)
	}
	if len(value) > 0 {
		m.weigh(w)
	}
	return nil
}
