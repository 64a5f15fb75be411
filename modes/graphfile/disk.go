package graphfile

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	from rowMap  // of each node, its row on disk
	at   []int32 // of each row on disk, its node; nil: where from is
	held *csr    // the edges that stand in memory after all
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
	a := &csr{rows: g.Nodes, cols: g.Nodes, ptr: g.RowPtr, col: g.Col, val: g.Weights}
	g.RowPtr, g.Col, g.Weights = nil, nil, nil
	return &DiskGraph{Graph: g, Entries: int64(len(a.col)), Weighted: a.val != nil, InMemory: why, held: a}, nil
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
	if g.held != nil {
		ptr, col, weights = g.held.appendRows(lo, hi, ptr, col, weights)
		return ptr, col, weights, nil
	}
	for lo < hi {
		n, row := g.from.run(lo, hi)
		if lo += n; row < 0 {
			ptr = append(ptr, slices.Repeat([]int64{int64(len(col))}, n)...)
			continue
		}
		first := len(col)
		var err error
		if ptr, col, weights, err = g.disk.read(row, row+n, ptr, col, weights); err != nil {
			return nil, nil, nil, err
		}
		if g.at != nil {
			for p, j := range col[first:] {
				col[first+p] = g.at[j]
			}
		}
	}
	return ptr, col, weights, nil
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
	errs = append(errs, g.X.Close())
	if g.file != nil {
		errs = append(errs, g.file.Close())
	}
	return errors.Join(errs...)
}
