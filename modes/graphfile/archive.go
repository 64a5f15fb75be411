package graphfile

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/klauspost/compress/zip"
)

// maxDeflate is how many bytes one byte of a deflate stream can stand for.
const maxDeflate = 1032

// maxElement is the largest element of an array that is read, in bytes: it
// bounds the length of a node's name.
const maxElement = 1 << 16

// archive finds arrays in an npz file by name.
type archive struct {
	files map[string]*zip.File
	names []string // in the order of the file
	used  map[string]bool
	size  int64
}

func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("not a readable npz file, it may be cut off: %w", err)
	}
	a := &archive{files: make(map[string]*zip.File), used: make(map[string]bool), size: size}
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, ".npy")
		if _, ok := a.files[name]; !ok {
			a.files[name] = f
			a.names = append(a.names, name)
		}
	}
	return a, nil
}

func (z *archive) has(name string) bool {
	return z.files[name] != nil
}

// missing says that an array is not there, and which ones are.
func (z *archive) missing(name string) error {
	return fmt.Errorf("%s is missing: the file holds %s", name, z.list())
}

// list is the names of the arrays for an error.
func (z *archive) list() string {
	if len(z.names) == 0 {
		return "no arrays"
	}
	there, more := z.names, ""
	if len(there) > 10 {
		there, more = there[:10], ", …"
	}
	return strings.Join(there, ", ") + more
}

// open opens an array of the given number of dimensions; close a.r after use.
func (z *archive) open(name string, dims int) (*array, error) {
	f := z.files[name]
	if f == nil {
		return nil, z.missing(name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	z.used[name] = true
	a := &array{name: name, r: r}
	if err := a.head(f, dims, z.size); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return a, nil
}

// head reads the header and checks that the file can hold what it declares.
func (a *array) head(f *zip.File, dims int, size int64) error {
	if err := a.header(dims); err != nil || a.dtype.kind == 'O' {
		return err
	}
	stored := min(float64(f.CompressedSize64), float64(size))
	most, likely := 1.0, 1.0
	if f.Method != zip.Store {
		most, likely = maxDeflate, 4
	}
	if err := a.plausible(stored, most, likely); err != nil {
		return err
	}
	if float64(a.count)*float64(a.dtype.size) > float64(f.UncompressedSize64) {
		return a.tooShort()
	}
	return nil
}

// header reads what the array is; dims 0 takes one or two dimensions, −1 any.
func (a *array) header(dims int) error {
	h, err := npyHeader(a.r)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", a.name, err)
	}
	if a.dtype, err = parseDtype(h.Descr.Type); err != nil {
		return a.failf("has %w", err)
	}
	a.shape, a.fortran = h.Descr.Shape, h.Descr.Fortran
	if dims == 0 {
		dims = max(1, min(len(a.shape), 2))
	}
	if dims >= 0 && len(a.shape) != dims {
		return a.failf("has shape %s, want %d dimension(s)", shapeText(a.shape), dims)
	}
	if a.dtype.kind == 'O' {
		return nil
	}
	if a.dtype.size < 1 || a.dtype.size > maxElement {
		return a.failf("has values of %d bytes, want 1 to %d", a.dtype.size, maxElement)
	}
	return nil
}

// plausible sets count and backed, and errs where the shape declares more bytes
// than the stored ones can stand for: most for each; likely are for each.
func (a *array) plausible(stored, most, likely float64) error {
	a.count = 1
	need := float64(a.dtype.size)
	for _, n := range a.shape {
		if n < 0 || n > math.MaxInt32 {
			return a.failf("has shape %s, want sizes of 0 to %d", shapeText(a.shape), math.MaxInt32)
		}
		need *= float64(n)
		a.count *= n
	}
	if need > stored*most {
		return a.tooShort()
	}
	a.backed = int(stored*likely) / a.dtype.size
	return nil
}

func (a *array) tooShort() error {
	return a.failf("declares shape %s, but the file is too short to hold it", shapeText(a.shape))
}
