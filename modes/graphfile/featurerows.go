package graphfile

import (
	"fmt"
	"io"
	"math"
)

// FeatureRows reads a dense matrix of features row after row.
type FeatureRows struct {
	Rows, Cols int

	name string // of the file
	a    *array
	done func()
	read func(b []byte) float64
	next int // value of the file
	buf  []byte

	from rowMap // the file's row of each of Rows; −1: 0
	row  int    // of Rows that comes next
}

// openFeatureRows opens an npy file of features, a row a node, to be read row
// after row. is is false where path is a file of another kind, or of columns
// (Fortran's order), or of no rows or columns, which ReadFeatures reads.
func openFeatureRows(path string) (f *FeatureRows, is bool, err error) {
	in, done, size, err := openBeside(path)
	if err != nil {
		return nil, false, err
	}
	if head, _ := in.Peek(6); string(head) != "\x93NUMPY" {
		done()
		return nil, false, nil
	}
	a, err := openNPY(in, size, "the array", 2)
	if err == nil && (a.fortran || a.count == 0) {
		done()
		return nil, false, nil
	}
	if err == nil {
		f, err = newFeatureRows(path, a)
	}
	if err != nil {
		done()
		return nil, true, fmt.Errorf("%s: %w", path, err)
	}
	f.done = done
	return f, true, nil
}

func newFeatureRows(name string, a *array) (*FeatureRows, error) {
	read, err := a.dtype.float()
	if err != nil {
		return nil, a.failf("%w", err)
	}
	return &FeatureRows{Rows: a.shape[0], Cols: a.shape[1], name: name, a: a, read: read}, nil
}

// Next fills x, a whole number of rows, with those that follow. It errs for a
// file that is cut off or goes on after its rows, for rows beyond its own, and for
// a value that is not a finite number in float32.
func (f *FeatureRows) Next(x []float32) error {
	if len(x)%f.Cols != 0 {
		return fmt.Errorf("%s: room for %d values, want whole rows of %d", f.name, len(x), f.Cols)
	}
	for len(x) > 0 {
		n, row := len(x)/f.Cols, 0
		if f.row < len(f.from) {
			n, row = f.from.run(f.row, min(f.row+n, len(f.from)))
		}
		part := x[:n*f.Cols]
		if row < 0 {
			clear(part)
		} else if err := f.fill(part); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		f.row, x = f.row+n, x[len(part):]
	}
	return nil
}

// follow makes each row the one that from says, which must ascend.
func (f *FeatureRows) follow(from rowMap) {
	f.Rows, f.from = len(from), from
}

// all reads what is left.
func (f *FeatureRows) all() (*Features, error) {
	x := make([]float32, (f.Rows-f.row)*f.Cols)
	if err := f.Next(x); err != nil {
		return nil, err
	}
	return fromDense(x, f.Rows, f.Cols), nil
}

func (f *FeatureRows) fill(x []float32) error {
	size := f.a.dtype.size
	if cap(f.buf) < 1<<16 {
		f.buf = make([]byte, max(size, 1<<16/size*size))
	}
	for len(x) > 0 {
		b := f.buf[:min(len(f.buf), len(x)*size)]
		if n, err := io.ReadFull(f.a.r, b); err != nil {
			return f.a.failf("ends after %d of %d values: the file is cut off", f.next+n/size, f.a.count)
		}
		for ; len(b) > 0; b, x = b[size:], x[1:] {
			v := f.read(b)
			if x[0] = float32(v); math.IsNaN(v) || math.IsInf(float64(x[0]), 0) {
				return fmt.Errorf("%s = %v, want a finite number that float32 holds", f.a.at(f.next), v)
			}
			f.next++
		}
	}
	if f.next == f.a.count {
		return f.a.end()
	}
	return nil
}

// Close closes the file.
func (f *FeatureRows) Close() error {
	if f == nil {
		return nil
	}
	if f.done != nil {
		f.done()
		return nil
	}
	return f.a.r.Close()
}
