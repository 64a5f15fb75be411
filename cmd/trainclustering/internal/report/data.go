// Package report makes the page that shows a clustering, report.html, and its
// pictures as SVG and PNG.
//
// The page is one file without scripts that asks nothing of the network: styles
// and pictures are inside, and a content security policy forbids the rest. Its
// text comes from files of strangers, so that all of it is escaped and freed of
// characters that do not show. The same [Data] gives the same bytes.
package report

import (
	"fmt"
	"math"
)

// Graph is an undirected graph in compressed sparse rows, both directions of
// every edge stored.
type Graph struct {
	RowPtr, Col []int32
	Weights     []float32 // as long as Col; nil: every edge weighs 1
	Names       []string  // of each node; nil: their numbers from 0
}

// Nodes is the number of nodes.
func (g Graph) Nodes() int { return max(len(g.RowPtr)-1, 0) }

// Data is everything that the page tells. Fields that are nil or "" are left out
// with their section; Graph and Cluster are needed.
type Data struct {
	Title    string // what was clustered, as a heading
	Method   string // how, in a few words: "DMoN"
	Graph    Graph
	Cluster  []int     // of each node, 0 or more
	Share    []float32 // of each node, how much its cluster has of it, 0 to 1
	Labels   []int     // of each node, −1: none
	Classes  []string  // names of the labels
	Facts    []Fact    // what was clustered and how, in order
	Changes  []string  // what the reader of the file changed
	Warnings []string
	Tiles    []Fact // the figures at the top

	Compared  *Comparison
	History   *History
	Restarts  []Restart
	Agreement [][]float64 // NMI of every two restarts
	Levels    []Level     // of a hierarchy, the finest first
	Embedding *Matrix     // of the nodes; drawn where the graph is large

	Config  []Fact // options and their values
	Command string // to repeat the run
	Version string
	Time    string // "" for a page that is the same whenever it is made
	Seed    uint64 // of the drawing
}

// Fact is a name and its value, with a remark that may be "".
type Fact struct{ Name, Value, Note string }

// Comparison is a table of figures by method.
type Comparison struct {
	Columns []string
	Rows    []Row
}

// Row is one method: a value a column, NaN where undefined, and their standard
// deviations over runs, nil for one run.
type Row struct {
	Name           string
	Values, Spread []float64
	Own            bool // the clustering that the page is about
}

// History is the losses by epoch: Rows[epoch][loss].
type History struct {
	Names []string
	Rows  [][]float64
}

// Restart is one run of several.
type Restart struct {
	Seed       uint64
	Loss       float64
	Modularity float64
	Kept       bool
}

// Level is one level of a hierarchy; NMI is NaN without labels.
type Level struct {
	Clusters        int
	Modularity, NMI float64
}

// Matrix has Rows × Cols values, row by row.
type Matrix struct {
	Rows, Cols int
	Values     []float32
}

// check errs at the first field that does not fit the others.
func (d *Data) check() error {
	n := d.Graph.Nodes()
	wrong := func(name string, got int) error {
		return fmt.Errorf("report: %s has %d entries, want one a node (%d)", name, got, n)
	}
	switch {
	case len(d.Cluster) != n:
		return wrong("Cluster", len(d.Cluster))
	case d.Share != nil && len(d.Share) != n:
		return wrong("Share", len(d.Share))
	case d.Labels != nil && len(d.Labels) != n:
		return wrong("Labels", len(d.Labels))
	case d.Graph.Names != nil && len(d.Graph.Names) != n:
		return wrong("Graph.Names", len(d.Graph.Names))
	case d.Graph.Weights != nil && len(d.Graph.Weights) != len(d.Graph.Col):
		return fmt.Errorf("report: Graph.Weights has %d entries, want as many as Col (%d)", len(d.Graph.Weights), len(d.Graph.Col))
	case d.Embedding != nil && (d.Embedding.Rows != n || len(d.Embedding.Values) != n*d.Embedding.Cols):
		return fmt.Errorf("report: Embedding is %d × %d with %d values, want %d rows", d.Embedding.Rows, d.Embedding.Cols, len(d.Embedding.Values), n)
	}
	return d.checkValues(n)
}

func (d *Data) checkValues(n int) error {
	for i, c := range d.Cluster {
		if c < 0 || c > math.MaxInt32 {
			return fmt.Errorf("report: Cluster[%d] = %d, want 0 to %d", i, c, math.MaxInt32)
		}
	}
	for i, l := range d.Labels {
		if l < -1 {
			return fmt.Errorf("report: Labels[%d] = %d, want at least -1", i, l)
		}
	}
	if n > 0 && int(d.Graph.RowPtr[n]) != len(d.Graph.Col) {
		return fmt.Errorf("report: Graph.Col has %d entries, want RowPtr's last value %d", len(d.Graph.Col), d.Graph.RowPtr[n])
	}
	for i := range n {
		if d.Graph.RowPtr[i] > d.Graph.RowPtr[i+1] || d.Graph.RowPtr[0] != 0 {
			return fmt.Errorf("report: Graph.RowPtr[%d] = %d, want it to ascend from 0", i, d.Graph.RowPtr[i])
		}
	}
	for p, j := range d.Graph.Col {
		if j < 0 || int(j) >= n {
			return fmt.Errorf("report: Graph.Col[%d] = %d, want 0 to %d", p, j, n-1)
		}
	}
	if h := d.History; h != nil {
		for i, r := range h.Rows {
			if len(r) != len(h.Names) {
				return fmt.Errorf("report: History.Rows[%d] has %d values, want one a name (%d)", i, len(r), len(h.Names))
			}
		}
	}
	return d.checkTables()
}

func (d *Data) checkTables() error {
	if c := d.Compared; c != nil {
		for i, r := range c.Rows {
			if len(r.Values) != len(c.Columns) || r.Spread != nil && len(r.Spread) != len(c.Columns) {
				return fmt.Errorf("report: Compared.Rows[%d] has %d values and %d spreads, want one a column (%d)", i, len(r.Values), len(r.Spread), len(c.Columns))
			}
		}
	}
	for i, r := range d.Agreement {
		if len(r) != len(d.Restarts) || len(d.Agreement) != len(d.Restarts) {
			return fmt.Errorf("report: Agreement[%d] has %d values, want one a restart (%d) in as many rows", i, len(r), len(d.Restarts))
		}
	}
	return nil
}
