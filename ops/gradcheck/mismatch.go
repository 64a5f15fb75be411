package gradcheck

import (
	"fmt"
	"math"
	"strings"
)

// Mismatch is the worst disagreement of one comparison.
type Mismatch struct {
	Case  string // Case.Name
	VM    VM     // the machine that gave Got
	Name  string // the input or parameter, or "output 0", …
	Index []int  // of the entry; empty for a scalar

	// Forward is true where outputs were compared: Got is the output and Want
	// the reference. Otherwise Got is the symbolic gradient and Want the
	// numeric one.
	Forward   bool
	Got, Want float64

	Err, Tol float64 // |Got − Want| / max(1, |Got|, |Want|), and its bound

	Wrong, Checked int    // entries beyond the bound, and all that were compared
	Note           string // a likely cause, or empty
}

// Error says all of it in one line.
func (m *Mismatch) Error() string {
	var b strings.Builder
	b.WriteString("gradcheck: ")
	if m.Case != "" {
		b.WriteString(m.Case + ": ")
	}
	entry := m.Name
	if len(m.Index) > 0 {
		entry += fmt.Sprint(m.Index)
	}
	if m.Forward {
		fmt.Fprintf(&b, "%v: %s: got %.9g, want %.9g", m.VM, entry, m.Got, m.Want)
	} else {
		fmt.Fprintf(&b, "%v: gradient of %s: symbolic %.9g, numeric %.9g", m.VM, entry, m.Got, m.Want)
	}
	fmt.Fprintf(&b, ", error %.3g > %.3g; %d of %d entries wrong", m.Err, m.Tol, m.Wrong, m.Checked)
	if m.Note != "" {
		b.WriteString(" (" + m.Note + ")")
	}
	return b.String()
}

// relative is |a − b| / max(1, |a|, |b|), infinite where it is not a number.
func relative(a, b float64) float64 {
	e := math.Abs(a-b) / max(1, math.Abs(a), math.Abs(b))
	if math.IsNaN(e) {
		return math.Inf(1)
	}
	return e
}

// add counts one comparison and keeps it if it is the worst so far. The
// bound is Tol, and position is where the entry is in row-major order.
func (m *Mismatch) add(got, want, err float64, position int, shape []int) {
	m.Checked++
	if err <= m.Tol {
		return
	}
	m.Wrong++
	if m.Wrong == 1 || err > m.Err {
		m.Got, m.Want, m.Err = got, want, err
		m.Index = unravel(position, shape)
	}
}

// orNil returns the mismatch as an error if any entry was wrong.
func (m *Mismatch) orNil() error {
	if m.Wrong == 0 {
		return nil
	}
	return m
}

// unravel turns a row-major position into an index.
func unravel(position int, shape []int) []int {
	index := make([]int, len(shape))
	for d := len(shape) - 1; d >= 0; d-- {
		index[d] = position % shape[d]
		position /= shape[d]
	}
	return index
}
