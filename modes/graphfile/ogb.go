package graphfile

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
)

// ReadOGB reads the graph of a node property data set of the Open Graph
// Benchmark, as it is unpacked: dir has a folder raw (or is it) with
// edge.csv.gz, num-node-list.csv.gz and perhaps node-feat.csv.gz and
// node-label.csv.gz, packed or not. Nodes are numbered from 0.
//
// A data set of several graphs, or of several kinds of nodes, is refused. It
// errs at the first line that does not fit, with its number.
func ReadOGB(dir string) (*Graph, error) {
	raw := dir
	if !hasSide(filepath.Join(raw, "edge.csv")) {
		raw = filepath.Join(dir, "raw")
	}
	o := &ogb{dir: raw}
	if hasSide(filepath.Join(raw, "triplet-type-list.csv")) {
		return nil, fmt.Errorf("%s: an OGB data set of several kinds of nodes, want one kind", dir)
	}
	if err := o.table("num-node-list.csv", o.count); err != nil {
		return nil, err
	}
	if o.counts != 1 {
		return nil, fmt.Errorf("%s: an OGB data set of %d graphs, want one", dir, o.counts)
	}
	if err := o.table("edge.csv", o.edge); err != nil {
		return nil, err
	}
	if err := o.table("node-feat.csv", o.feature); err != nil {
		return nil, err
	}
	if err := o.table("node-label.csv", o.label); err != nil {
		return nil, err
	}
	return o.graph()
}

// ogb is such a data set while it is read.
type ogb struct {
	edges
	dir           string
	nodes, counts int
	features      csr
	classes       []string
	columns       int // of labels
}

// table reads a file of commas without a header, and gives each line to f. One
// with a line a node (node-…) may be missing.
func (o *ogb) table(file string, f func(fields []string) error) error {
	if strings.HasPrefix(file, "node-") && !hasSide(filepath.Join(o.dir, file)) {
		return nil
	}
	r, path, err := sideFile(filepath.Join(o.dir, file))
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	c := csv.NewReader(r)
	c.ReuseRecord = true
	for {
		fields, err := c.Read()
		var fault *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &fault):
			return fmt.Errorf("%s:%d: %w, want the columns of the first line", path, fault.Line, fault.Err)
		case err != nil:
			return fmt.Errorf("%s: cannot be read, the file may be cut off: %w", path, err)
		}
		if err := f(fields); err != nil {
			line, _ := c.FieldPos(0)
			return fmt.Errorf("%s:%d: %w", path, line, err)
		}
	}
}

func (o *ogb) count(f []string) error {
	n, ok := count(f[0], math.MaxInt32-1)
	if !ok || n < 1 {
		return fmt.Errorf("%s nodes, want a whole number from 1", quote(f[0]))
	}
	o.nodes = n
	o.counts++
	return nil
}

func (o *ogb) edge(f []string) error {
	if len(f) != 2 {
		return fmt.Errorf("%d columns, want 2: the nodes of an edge", len(f))
	}
	var ends [2]int32
	for k, s := range f {
		n, ok := count(s, o.nodes-1)
		if !ok {
			return fmt.Errorf("node %s, want 0 to %d", quote(s), o.nodes-1)
		}
		ends[k] = int32(n)
	}
	return o.add(ends[0], ends[1], true)
}

// feature reads the features of the next node.
func (o *ogb) feature(f []string) error {
	if o.features.rows == o.nodes {
		return fmt.Errorf("features of more than %d nodes", o.nodes)
	}
	if o.features.ptr == nil {
		o.features = csr{cols: len(f), ptr: []int32{0}, val: []float32{}}
	}
	return o.features.readRow(f)
}

// label reads the class of the next node; one that is nan or empty is none.
func (o *ogb) label(f []string) error {
	if len(o.classes) == o.nodes {
		return fmt.Errorf("labels of more than %d nodes", o.nodes)
	}
	o.columns = max(o.columns, len(f))
	s := strings.TrimSpace(f[0])
	if strings.EqualFold(s, "nan") {
		s = ""
	}
	o.classes = append(o.classes, strings.Clone(s))
	return nil
}

func (o *ogb) graph() (*Graph, error) {
	if err := believed("nodes in num-node-list.csv", o.nodes, len(o.src)+o.features.rows+len(o.classes)); err != nil {
		return nil, fmt.Errorf("%s: %w", o.dir, err)
	}
	g, err := o.edges.graph(o.nodes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.dir, err)
	}
	if o.features.ptr != nil {
		if o.features.rows != o.nodes {
			return nil, fmt.Errorf("%s: node-feat.csv has %d lines, want one a node (%d)", o.dir, o.features.rows, o.nodes)
		}
		if g.Features, err = compress("node-feat", o.features); err != nil {
			return nil, fmt.Errorf("%s: %w", o.dir, err)
		}
	}
	g.Format, g.Recognised = "ogb", "content"
	return g, o.labels(g)
}

// labels sets the classes, unless there are several a node.
func (o *ogb) labels(g *Graph) error {
	switch {
	case o.classes == nil:
		return nil
	case len(o.classes) != o.nodes:
		return fmt.Errorf("%s: node-label.csv has %d lines, want one a node (%d)", o.dir, len(o.classes), o.nodes)
	case o.columns > 1:
		g.Changes = append(g.Changes, fmt.Sprintf("labels left out: %d columns, want one", o.columns))
		return nil
	}
	g.Labels, g.LabelNames = classesOf(o.classes)
	return nil
}
