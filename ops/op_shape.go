package ops

import (
	"fmt"
	"slices"

	"gorgonia.org/tensor"
)

// The helpers below read shapes as this package does: the last axis, and the
// rows before it.

// split is the number of rows and the last axis of s; a vector is rows × 1.
func split(s tensor.Shape) (rows, n int) {
	switch s.Dims() {
	case 0:
		return 1, 1
	case 1:
		return s[0], 1
	}
	n = s[s.Dims()-1]
	rows = 1
	for _, d := range s[:s.Dims()-1] {
		rows *= d
	}
	return rows, n
}

// withRows is s with its rows replaced by the axes rows: a vector stays a
// vector.
func withRows(s tensor.Shape, rows ...int) tensor.Shape {
	out := append(tensor.Shape{}, rows...)
	if s.Dims() >= 2 {
		out = append(out, s[s.Dims()-1])
	}
	return out
}

// withLast is s with the last axis replaced.
func withLast(s tensor.Shape, n int) tensor.Shape {
	out := append(tensor.Shape{}, s...)
	out[len(out)-1] = n
	return out
}

// wantRank errs unless s has one of the ranks lo to hi.
func wantRank(what string, s tensor.Shape, lo, hi int) error {
	switch d := s.Dims(); {
	case d >= lo && d <= hi:
		return nil
	case lo == hi:
		return fmt.Errorf("%s has shape %v, want rank %d", what, s, lo)
	}
	return fmt.Errorf("%s has shape %v, want rank %d to %d", what, s, lo, hi)
}

// same tells whether two shapes are equal. Shape.Eq also takes a vector for a
// matrix of one row or column.
func same(a, b tensor.Shape) bool { return slices.Equal(a, b) }

// wantSame errs unless a and b are equal.
func wantSame(what string, a, b tensor.Shape) error {
	if !same(a, b) {
		return fmt.Errorf("%s has shape %v, want %v", what, b, a)
	}
	return nil
}

// mostElements is the most elements that a result may have: beyond it a mistaken
// count would take more memory than a machine has.
const mostElements = 1 << 36

// wantAxes errs unless every axis of s has at least one element, and s no more
// than mostElements in all.
func wantAxes(s tensor.Shape) error {
	room := mostElements
	for _, d := range s {
		if d < 1 {
			return fmt.Errorf("the result would have shape %v, want at least 1 in every axis", []int(s))
		}
		if room /= d; room < 1 {
			return fmt.Errorf("the result would have shape %v, want at most %d elements", []int(s), mostElements)
		}
	}
	return nil
}

// like is the shape function of an op whose result is shaped as input i.
func like(i int) func([]tensor.Shape) (tensor.Shape, error) {
	return func(in []tensor.Shape) (tensor.Shape, error) { return in[i].Clone(), nil }
}

// allSame is the shape function of an op on inputs of one shape.
func allSame(in []tensor.Shape) (tensor.Shape, error) {
	for _, s := range in[1:] {
		if err := wantSame("an input", in[0], s); err != nil {
			return nil, err
		}
	}
	return in[0].Clone(), nil
}

// fixed is the shape function of an op whose result has the shape s whatever
// its inputs.
func fixed(s tensor.Shape, checks ...func(in []tensor.Shape) error) func([]tensor.Shape) (tensor.Shape, error) {
	return func(in []tensor.Shape) (tensor.Shape, error) {
		for _, check := range checks {
			if err := check(in); err != nil {
				return nil, err
			}
		}
		return s.Clone(), nil
	}
}

// rowsOf is split for ops along the last axis, to which a vector is one row.
func rowsOf(s tensor.Shape) (rows, n int) {
	if s.Dims() == 1 {
		return 1, s[0]
	}
	return split(s)
}

// wantSameRows errs unless inputs 0 and 1 agree in all but their last axis.
func wantSameRows(in []tensor.Shape) error {
	a, b := in[0], in[1]
	if a.Dims() < 2 || a.Dims() != b.Dims() || !same(withLast(a, 1), withLast(b, 1)) {
		return fmt.Errorf("shapes %v and %v, want rank 2 or more and the same rows", a, b)
	}
	return nil
}
