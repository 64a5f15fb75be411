package graphfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// DiskGraph is a graph whose edges wait on disk. Its parts are those of the
// [Graph] that [ReadWith] makes of the same file.
type DiskGraph struct {
	// Graph is all but the edges: RowPtr, Col and Weights are nil, and so are
	// dense features of an npz file, which X reads.
	Graph *Graph

	Entries  int64  // both directions of each edge
	Weighted bool   // whether edges have weights other than 1
	InMemory string // why the edges stand in memory after all; "": they do not

	X *FeatureRows // dense features, to be read once; nil: those of Graph

	disk *diskRows
	held *Graph
	file *os.File

	bucket int64 // entries of a bucket
}

// ReadToDisk is [ReadWith] for a graph whose edges are too many for memory:
// they are sorted in files in the folder dir, into buckets of rows, of which
// one at a time is in memory. A kill leaves none of these files on Linux, where
// they have no names; on other kinds of Unix it may leave an empty one. Memory is
// in proportion to the nodes and to the largest row. So are read edge lists whose ids are whole numbers below 2³²−1,
// at most 0.2 bytes for each number up to the largest, and npz files with
// compressed rows, at most 2³¹−1 entries. Files of other formats, edge lists
// with names, and what is not a plain file, are read into memory; InMemory
// says so.
//
// It errs as ReadWith does, and where dir cannot be written.
func ReadToDisk(path, dir string, o Options) (*DiskGraph, error) {
	return readToDisk(path, dir, o, bucketEntries)
}

// readToDisk is ReadToDisk with about so many entries a bucket.
func readToDisk(path, dir string, o Options, bucket int64) (*DiskGraph, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return readHeld(path, o, "not a plain file")
	}
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	g := &DiskGraph{file: f, bucket: bucket}
	why, err := g.read(f, path, dir, o)
	if err == nil && why == "" {
		return g, nil
	}
	if err := errors.Join(sortingError(err, path, dir), g.Close()); err != nil {
		return nil, err
	}
	return readHeld(path, o, why)
}

// readHeld reads a graph into memory.
func readHeld(path string, o Options, why string) (*DiskGraph, error) {
	g, err := ReadWith(path, o)
	if err != nil {
		return nil, err
	}
	rest := *g
	rest.RowPtr, rest.Col, rest.Weights = nil, nil, nil
	return &DiskGraph{Graph: &rest, Entries: int64(len(g.Col)), Weighted: g.Weights != nil, InMemory: why, held: g}, nil
}

// read recognises the file; why says that it has to be read into memory.
func (g *DiskGraph) read(f *os.File, path, dir string, o Options) (why string, err error) {
	in := bufio.NewReaderSize(f, 1<<16)
	packed := packingOf(in) >= 0
	text, done, err := unpack(in, path)
	if err != nil {
		return "it cannot be unpacked", nil //nolint:nilerr // ReadWith words it
	}
	defer done()
	text = inUTF8(text)
	s := &source{in: text, file: f, packed: packed, name: path}
	if s.head, err = text.Peek(sniffed); len(s.head) == 0 {
		return "it is empty", nil //nolint:nilerr // ReadWith words it
	}
	if ext := filepath.Ext(path); ext == ".content" || ext == ".cites" {
		return "a data set of several files", nil
	}
	as, how, err := s.recognise(o)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	switch {
	case as.name == "edges" || as.name == "tsv":
		why, err = g.readList(text, path, dir, o)
	case as.name == "npz" && !packed && o.listOnly() == "":
		why, err = g.readNPZ(f, path, dir)
	default:
		return "a file of the format " + as.name, nil
	}
	if err == nil && why == "" {
		g.Graph.Format, g.Graph.Recognised = as.name, how
		if as.name != "npz" {
			g.Graph.Format = edgeListFormat
		}
	}
	return why, err
}

// Rows appends the rows from lo up to hi to ptr, col and weights: the ends of
// the rows, counted from len(col) as it is given, their columns and, where the
// graph has weights, these. Rows that follow each other are read fastest.
func (g *DiskGraph) Rows(lo, hi int, ptr []int64, col []int32, weights []float32) ([]int64, []int32, []float32, error) {
	if g.held == nil {
		return g.disk.read(lo, hi, ptr, col, weights)
	}
	base := int64(len(col)) - int64(g.held.RowPtr[lo])
	for _, p := range g.held.RowPtr[lo+1 : hi+1] {
		ptr = append(ptr, base+int64(p))
	}
	p, q := g.held.RowPtr[lo], g.held.RowPtr[hi]
	if g.held.Weights != nil {
		weights = append(weights, g.held.Weights[p:q]...)
	}
	return ptr, append(col, g.held.Col[p:q]...), weights, nil
}

// passingName begins the names of the files with edges that are being sorted.
const passingName = ".edges-"

// sortingError names the folder where an error is of such a file, whose name
// says nothing.
func sortingError(err error, path, dir string) error {
	var of *fs.PathError
	if !errors.As(err, &of) || !strings.HasPrefix(filepath.Base(of.Path), passingName) {
		return err
	}
	return fmt.Errorf("%s: sorting its edges in the folder %s: %w", path, dir, of.Err)
}

// passing makes a file in dir that goes with its process, where the system
// removes open files; elsewhere forget removes it.
func passing(dir string) (*os.File, error) {
	if f, err := unnamedFile(dir); err == nil {
		return f, nil
	}
	f, err := os.CreateTemp(dir, passingName+"*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // it may be that it cannot be removed yet
	return f, nil
}

// forget closes such a file.
func forget(f *os.File) error {
	err := f.Close()
	if gone := os.Remove(f.Name()); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// Close closes the files and removes those with the edges.
func (g *DiskGraph) Close() error {
	var errs []error
	if g.disk != nil {
		errs = append(errs, g.disk.close())
	}
	if g.X != nil {
		errs = append(errs, g.X.Close())
	}
	if g.file != nil {
		errs = append(errs, g.file.Close())
	}
	return errors.Join(errs...)
}

// FeatureRows reads a dense matrix of features row after row.
type FeatureRows struct {
	Rows, Cols int

	name string // of the file
	a    *array
	done func()
	read func(b []byte) float64
	next int
	buf  []byte
}

// OpenFeatureRows opens an npy file of features, a row a node, to be read row
// after row. is is false where path is a file of another kind, or of columns
// (Fortran's order), or without columns, which [ReadFeatures] reads.
func OpenFeatureRows(path string) (f *FeatureRows, is bool, err error) {
	in, done, size, err := openBeside(path)
	if err != nil {
		return nil, false, err
	}
	if head, _ := in.Peek(6); string(head) != "\x93NUMPY" {
		done()
		return nil, false, nil
	}
	a, err := openNPY(in, size, "the array", 2)
	if err == nil && (a.fortran || a.shape[1] == 0) {
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
	if err := f.fill(x); err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return nil
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
	if f.done != nil {
		f.done()
		return nil
	}
	return f.a.r.Close()
}
