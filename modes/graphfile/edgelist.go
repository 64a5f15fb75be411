package graphfile

import (
	"bufio"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// ReadEdgeList reads a graph from text with one edge a line, plain or gzipped
// (known by its first bytes); name begins its errors.
//
//	node node [weight]
//
// Fields are separated by commas if the first edge has one, else by blanks and
// tabs; one in double quotes may hold them, and a quote as two, but no end of
// line. Blank lines and lines that begin with # or % are skipped. Every edge
// has a weight or none has.
//
// The first line is a header and left out, which Changes says, if neither of
// its nodes is a number and one of these holds: its third field is not a number
// either; the next line begins with two whole numbers; its two fields are
// common column names (source,target; src,dst; from,to; node1,node2; u,v).
//
// Nodes: if all are whole numbers, and the largest is less than ten times the
// count of different ones, they are indices, and numbers without an edge are
// isolated nodes. Counting starts at 0, or at 1 if no 0 is there; then Names
// keeps the numbers of the file. Otherwise nodes are names, numbered in order
// of first appearance.
//
// It errs at the first bad line, with its number, and where there is no edge.
// Memory is linear in nodes and edges.
func ReadEdgeList(r io.Reader, name string) (*Graph, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	var text io.Reader = in
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("%s: cannot be unpacked: %w", name, err)
		}
		defer z.Close()
		text = z
	}
	l := &edgeList{name: name}
	if err := l.scan(text); err != nil {
		return nil, err
	}
	g, err := l.graph()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return g, nil
}

// graph builds the graph from the edges gathered.
func (l *edgeList) graph() (*Graph, error) {
	if len(l.src) == 0 {
		return nil, fmt.Errorf("no edges in the file, want one a line: node node [weight]")
	}
	nodes, at, names, said := l.nodes.settle()
	for _, ids := range [][]int32{l.src, l.dst} {
		for i, id := range ids {
			ids[i] = at(id)
		}
	}
	u, c, err := undirected(fromList(nodes, l.src, l.dst, l.w))
	if err != nil {
		return nil, err
	}
	g := &Graph{Nodes: nodes, RowPtr: u.ptr, Col: u.col, Weights: u.val, Names: names}
	if l.header != "" {
		g.Changes = append(g.Changes, fmt.Sprintf("header line %s left out", quote(l.header)))
	}
	g.Changes = append(append(g.Changes, said...), c.list()...)
	return g, nil
}
