package graphfile

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// array is one array of an npz file, opened at its first value.
type array struct {
	name    string
	r       io.ReadCloser
	dtype   dtype
	shape   []int
	fortran bool
	count   int // product of shape
	backed  int // values that the file's length alone makes likely
}

// failf returns an error about the array.
func (a *array) failf(format string, args ...any) error {
	return fmt.Errorf("%s "+format, append([]any{a.name}, args...)...)
}

// each reads all values in the order of the file and calls f with the bytes of
// each. It errs where there are fewer or more than the shape says.
func (a *array) each(f func(i int, b []byte) error) error {
	size := a.dtype.size
	per := max(1, (1<<16)/size)
	buf := make([]byte, per*size)
	for i := 0; i < a.count; {
		n := min(per, a.count-i)
		got, err := io.ReadFull(a.r, buf[:n*size])
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%s cannot be read: %w", a.name, err)
		}
		for p := 0; p+size <= got; p, i = p+size, i+1 {
			if err := f(i, buf[p:p+size]); err != nil {
				return err
			}
		}
		if err != nil {
			return a.failf("ends after %d of %d values: the file is cut off", i, a.count)
		}
	}
	return a.end()
}

// end errs unless the array ends here; a wrong checksum shows up here too.
func (a *array) end() error {
	n, err := io.ReadFull(a.r, make([]byte, 1))
	if n > 0 {
		return a.failf("goes on after its %d values", a.count)
	}
	if !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s cannot be read: %w", a.name, err)
	}
	return nil
}

// ints reads whole numbers in lo to hi. Floating point values count as whole
// numbers where they are.
func ints[T int | int32](a *array, lo, hi int) ([]T, error) {
	out := make([]T, 0, min(a.count, a.backed))
	put := func(i int, v int64) error {
		if v < int64(lo) || v > int64(hi) {
			return fmt.Errorf("%s[%d] = %d, want %d to %d", a.name, i, v, lo, hi)
		}
		out = append(room(out, a.count), T(v))
		return nil
	}
	if a.dtype.kind == 'f' {
		float, err := a.dtype.float()
		if err != nil {
			return nil, a.failf("%w", err)
		}
		err = a.each(func(i int, b []byte) error {
			v := float(b)
			if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
				return fmt.Errorf("%s[%d] = %v, want a whole number", a.name, i, v)
			}
			return put(i, int64(v))
		})
		return out, err
	}
	whole, err := a.dtype.whole()
	if err != nil {
		return nil, a.failf("%w", err)
	}
	err = a.each(func(i int, b []byte) error { return put(i, whole(b)) })
	return out, err
}

// floats reads values that are finite in float32 and at least lo.
func (a *array) floats(lo float64) ([]float32, error) {
	float, err := a.dtype.float()
	if err != nil {
		return nil, a.failf("%w", err)
	}
	want := "a finite number"
	if lo == 0 {
		want += " of at least 0"
	}
	out := make([]float32, 0, min(a.count, a.backed))
	err = a.each(func(i int, b []byte) error {
		v := float(b)
		out = append(room(out, a.count), float32(v))
		switch {
		case !(v >= lo) || math.IsInf(v, 0):
			return fmt.Errorf("%s = %v, want %s", a.at(i), v, want)
		case math.IsInf(float64(float32(v)), 0):
			return fmt.Errorf("%s = %v, want a number that float32 holds", a.at(i), v)
		}
		return nil
	})
	return out, err
}

// rowwise reads a matrix of values as floats does, row by row.
func (a *array) rowwise(lo float64) ([]float32, error) {
	v, err := a.floats(lo)
	if err != nil || !a.fortran {
		return v, err
	}
	return rowMajor(v, a.shape[0], a.shape[1]), nil
}

// rowMajor is the matrix whose columns follow each other in v, row by row.
func rowMajor[T any](v []T, rows, cols int) []T {
	out := make([]T, len(v))
	for j := range cols {
		for i := range rows {
			out[i*cols+j] = v[j*rows+i]
		}
	}
	return out
}

// isText tells whether a kind of values is text.
func isText(kind byte) bool { return kind == 'U' || kind == 'S' }

// texts reads values that are text.
func (a *array) texts() (out []string, err error) {
	err = a.each(func(_ int, b []byte) error {
		out = append(room(out, a.count), a.dtype.text(b))
		return nil
	})
	return out, err
}

// room makes place for another value: it doubles s up to the declared length,
// so that a false declaration costs no more than the values that are there.
func room[T any](s []T, count int) []T {
	if len(s) < cap(s) {
		return s
	}
	grown := make([]T, len(s), min(count, max(2*len(s), 64)))
	copy(grown, s)
	return grown
}

// at names the value that is i-th in the file: attr_matrix[2,5].
func (a *array) at(i int) string {
	if len(a.shape) != 2 {
		return fmt.Sprintf("%s[%d]", a.name, i)
	}
	if a.fortran {
		return fmt.Sprintf("%s[%d,%d]", a.name, i%a.shape[0], i/a.shape[0])
	}
	return fmt.Sprintf("%s[%d,%d]", a.name, i/a.shape[1], i%a.shape[1])
}

// shapeText writes a shape as numpy does, without the comma of one dimension.
func shapeText(shape []int) string {
	return "(" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(shape)), ", "), "[]") + ")"
}
