// Package assignment reads and writes files that give each node a cluster: ours
// (CSV, TSV, JSON), Infomap's .clu and .tree, the output of Leiden's command,
// igraph's membership lists, networkx's communities, the nodes of GEXF and GraphML,
// and any CSV with a header that names the columns.
//
// A file's rows name nodes or number them; [Match] brings them into the order of
// a graph's nodes. What a reader decides it says in [File.Said]; errors are one
// line with file, line, value and what is wanted.
package assignment

import (
	"fmt"
	"strconv"
	"strings"
)

// None is the cluster of a node that has none.
const None = -1

// Kind is how a file is laid out.
type Kind string

// The kinds of files.
const (
	CSV        Kind = "csv"        // a header, columns with commas or semicolons between them
	TSV        Kind = "tsv"        // a header, columns with tabs between them
	JSON       Kind = "json"       // {"node": cluster}, [{"node": …, "cluster": …}], [cluster, …] or [[node, …], …]
	Clu        Kind = "clu"        // Infomap: "node module flow"
	Tree       Kind = "tree"       // Infomap: 1:2:3 flow "name" node
	Pairs      Kind = "pairs"      // Leiden's command: node TAB cluster, no header
	Membership Kind = "membership" // igraph: a cluster a line, nodes in order

	Communities Kind = "communities" // networkx: a community a line, its nodes
	GEXF        Kind = "gexf"        // nodes with an attribute of clusters
	GraphML     Kind = "graphml"     // likewise
)

// Row is one node of a file.
type Row struct {
	Line int    // in the file, 0 where lines say nothing
	Node string // its name or number as written; "" in a list without nodes

	// Also is what else may name the node in the graph, nil for nothing.
	Also []string

	// Cluster is the cluster as written: a number or a name.
	Cluster string

	// Share is the confidence column, −1 where there is none.
	Share float64

	// Path is the node's modules from the top in a tree, nil elsewhere.
	Path []int
}

// File is what a file of assignments holds.
type File struct {
	Name string
	Kind Kind
	Rows []Row
	Said []string // what the reader decided, in words

	comma  rune // of a CSV
	listed bool // rows have no nodes: they are in the order of these
}

// Listed tells a list of clusters without nodes, which is in their order. In
// other files a node may have the name "", as in graphs.
func (f *File) Listed() bool { return f.listed }

// failf is an error at a line of a file; line 0 stands for the whole.
func failf(name string, line int, format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	if line == 0 {
		return fmt.Errorf("%s: %s", name, text)
	}
	return fmt.Errorf("%s:%d: %s", name, line, text)
}

// quote quotes text of a file for an error, shortened where it is long.
func quote(s string) string {
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:57], "") + "..."
	}
	return strconv.Quote(s)
}
