package graphfile

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// tuTable is the numbers of a file, row by row.
type tuTable[T any] struct {
	rows, cols int
	v          []T
}

func (t tuTable[T]) row(i int) []T { return t.v[i*t.cols:][:t.cols] }

// ints reads a file of whole numbers of so many rows, which what explains, and
// columns; 0 columns: as many as the first row has, −1 rows: any number from 1
// on.
func (f *tuFiles) ints(kind string, cols, rows int, what string) (tuTable[int], error) {
	return tuNumbers(f, kind, cols, rows, what, func(s string) (int, error) {
		v, err := strconv.Atoi(strings.TrimSuffix(s, ".0"))
		if err != nil {
			return 0, fmt.Errorf("%s is not a whole number", quote(s))
		}
		return v, nil
	})
}

// floats reads a file of numbers likewise.
func (f *tuFiles) floats(kind string, rows int, what string) (tuTable[float32], error) {
	return tuNumbers(f, kind, 0, rows, what, func(s string) (float32, error) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil && !math.IsInf(v, 0) {
			return 0, fmt.Errorf("%s is not a number", quote(s))
		}
		if w := float32(v); w-w == 0 {
			return w, nil
		}
		return 0, fmt.Errorf("%s, want a finite number that float32 holds", quote(s))
	})
}

func tuNumbers[T any](f *tuFiles, kind string, cols, rows int, what string, parse func(string) (T, error)) (tuTable[T], error) {
	t, as := tuTable[T]{cols: cols}, ""
	err := f.lines(kind, func(_ int, text string) error {
		fields := strings.Split(text, ",")
		if t.cols == 0 {
			t.cols, as = len(fields), " as before"
		}
		if len(fields) != t.cols {
			return fmt.Errorf("%s has %d field%s, want %d%s", quote(text), len(fields), plural(len(fields)), t.cols, as)
		}
		if t.rows++; t.rows > math.MaxInt32 {
			return fmt.Errorf("more than %d lines", math.MaxInt32)
		}
		for _, field := range fields {
			v, err := parse(strings.TrimSpace(field))
			if err != nil {
				return err
			}
			t.v = append(t.v, v)
		}
		return nil
	})
	switch {
	case err != nil:
		return t, err
	case rows < 0 && t.rows == 0:
		return t, fmt.Errorf("%s/%s: empty file, want %s", f.from, f.file(kind), what)
	case rows >= 0 && t.rows != rows:
		return t, fmt.Errorf("%s/%s: %d line%s, want %d, %s", f.from, f.file(kind), t.rows, plural(t.rows), rows, what)
	}
	return t, nil
}
