package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ReadEdgeList reads a graph from text with one edge a line, plain or packed
// (gzip, zstd, bzip2 or xz, known by the first bytes); name begins its errors.
//
//	node node [weight]
//
// It is [ReadEdgeListWith] where all is left to the file.
func ReadEdgeList(r io.Reader, name string) (*Graph, error) {
	return ReadEdgeListWith(r, name, Options{})
}

// ReadEdgeListWith reads an edge list as o says. What o leaves open, the first
// 1,000 lines decide, and the first of the graph's Changes says how:
//
//   - Fields are parted by the first of tab, semicolon, pipe, comma and blanks
//     that parts every line. A field in double quotes may hold the separator,
//     and a quote as two, but no end of line.
//   - The first line is a header where its fields name the two ends of an edge
//     (source and target, from and to, FromNodeId and ToNodeId, person1 and
//     person2, and the like), where numbers stand below its words, or where its
//     first field is empty. Names may also stand in a comment above.
//   - With a header, columns are found by their names, in any order: the two
//     ends, and a weight (weight, value, score, combined_score and the like).
//     Without one they are source, target and, if there is a third, weight.
//     Columns that are not used are told; a choice that the file leaves open is
//     an error that names the option.
//   - Lines that begin with #, % or // are comments, and so is what follows the
//     fields of an edge in this way after blanks: where blanks part the fields,
//     behind a weight, and behind the last node of a list of numbers without a
//     header. A field in quotes is no comment. They are counted.
//
// A table whose first column repeats its header is an adjacency matrix: what is not
// 0 and not empty in the row of a node is an edge to the node of the column, and
// both directions of an edge are expected.
//
// Nodes are the ids that occur. Whole numbers are numbered in their order, other
// ids are names, as they stand, numbered in order of first appearance; "001" and
// "1" are different names. A line #node=NAME lists a node: with such lines, all
// nodes are numbered as they appear. Names is nil where the ids are 0, 1, 2, ….
//
// Lines are directed edges unless a column "type" says Undirected.
//
// It errs at the first bad line, with its number, and where there is no edge and
// no line that lists a node.
// Large lists are read by all cores, with the same result as by one; memory is
// linear in nodes and edges, and at most about twice the graph's own.
func ReadEdgeListWith(r io.Reader, name string, o Options) (*Graph, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	text, done, err := unpack(bufio.NewReaderSize(r, 1<<16), name)
	if err != nil {
		return nil, err
	}
	defer done()
	return readList(inUTF8(text), name, o)
}

// inUTF8 is text that begins with the mark of UTF-16 in UTF-8.
func inUTF8(in *bufio.Reader) *bufio.Reader {
	if mark, _ := in.Peek(2); string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" {
		return bufio.NewReaderSize(transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder()), 1<<16)
	}
	return in
}

// readList reads a list that is not packed.
func readList(in *bufio.Reader, name string, o Options) (*Graph, error) {
	l := &edgeList{name: name, opts: o, r: in}
	if err := l.read(); err != nil {
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
	if l.ids.edges == 0 && l.ids.listed == 0 {
		return nil, fmt.Errorf("no edges in the file, want one a line: node node [weight]")
	}
	if err := believed("--nodes", l.opts.Nodes, l.ids.edges); err != nil {
		return nil, err
	}
	if n := len(l.layout.names) - 1; l.layout.matrix && l.ids.listed != n {
		return nil, fmt.Errorf("%s of a matrix whose header names %d nodes, want as many", some(l.ids.listed, "row"), n)
	}
	nodes, names, said, err := l.ids.settle(l.blocks, l.workers, l.opts.Nodes)
	if err != nil {
		return nil, err
	}
	eachBlock(l.blocks, l.workers, (*listBlock).orient)
	edges := l.ids.edges
	l.ids = nodeIDs{}
	rows, err := buildRows(nodes, l.blocks, l.workers)
	l.blocks = nil
	if err == nil {
		err = rows.check(names)
	}
	if err != nil {
		return nil, err
	}
	changed := rows.list()
	if l.layout.matrix {
		said, changed = nil, rows.matrix()
	}
	g := l.described(nodes, edges, names, said, changed)
	g.RowPtr, g.Col, g.Weights = rows.ptr, rows.key, rows.val
	g.Changes = append(g.Changes, l.countFromOne(g.RowPtr[1] > 0, g.RowPtr[nodes-1] < g.RowPtr[nodes])...)
	return g, nil
}

// countFromOne says so where the ids may count from 1 under --nodes: the first
// node has no edge and the last one has.
func (l *edgeList) countFromOne(first, last bool) []string {
	if n := l.opts.Nodes; n > 1 && !first && last {
		return []string{fmt.Sprintf("node 0 has no edge and node %d has: ids that count from 1 need no --nodes", n-1)}
	}
	return nil
}

// described is the graph of so many nodes and lines of edges, without its rows.
// said is what was decided of the ids, and changed what rows changed.
func (l *edgeList) described(nodes, edges int, names, said, changed []string) *Graph {
	g := &Graph{Nodes: nodes, Names: names, Directed: l.layout.directed || l.directed > 0, Format: edgeListFormat}
	g.Changes = append(g.Changes, l.layout.decided())
	g.Changes = append(g.Changes, l.layout.said...)
	if l.counts(edges, g) {
		g.Changes = append(g.Changes, fmt.Sprintf("the first line, %s, is taken for an edge but looks like the numbers of nodes and edges: --header yes leaves it out",
			quote(strings.Join(l.layout.first, " "))))
	}
	g.Changes = append(g.Changes, l.told()...)
	g.Changes = append(append(g.Changes, said...), changed...)
	return g
}

// counts tells whether the first line may count the nodes and edges of the
// others: no id of these is above the number of nodes.
func (l *edgeList) counts(edges int, g *Graph) bool {
	if len(l.layout.first) != 2 || edges < 3 {
		return false
	}
	n, first := parseIndex(l.layout.first[0])
	m, second := parseIndex(l.layout.first[1])
	if !first || !second || m != int64(edges-1) || n < int64(g.Nodes-2) || n > int64(g.Nodes) {
		return false
	}
	for i := range g.Nodes {
		if id, ok := parseIndex(g.id(i)); ok && id > n && id != m {
			return false
		}
	}
	return true
}

// told says what lines were left out or read in part.
func (l *edgeList) told() []string {
	var out []string
	if l.comments > 0 {
		out = append(out, fmt.Sprintf("%s left out, the first on line %d", some(l.comments, "comment line"), l.comment))
	}
	out = say(out, l.trailing, "comment behind an edge left out", "comments behind edges left out")
	out = say(out, l.empty, "line of empty fields left out", "lines of empty fields left out")
	return say(out, l.weightless, "edge without a weight taken as 1", "edges without a weight taken as 1")
}
