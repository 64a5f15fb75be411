package layers_test

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// plainGraph is a graph as loops read it: features by node, and entries of A.
type plainGraph struct {
	x       [][]float64
	entries []plainEntry
}

type plainEntry struct {
	row, col int
	w        float64
}

// a is A as a matrix.
func (g plainGraph) a() [][]float64 {
	a := plainMatrix(len(g.x), len(g.x))
	for _, e := range g.entries {
		a[e.row][e.col] += e.w
	}
	return a
}

func plainMatrix(rows, cols int) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = make([]float64, cols)
	}
	return m
}

// plainMul is a·b.
func plainMul(a, b [][]float64, cols int) [][]float64 {
	y := plainMatrix(len(a), cols)
	for i := range a {
		for k, v := range a[i] {
			for c := range cols {
				y[i][c] += v * b[k][c]
			}
		}
	}
	return y
}

// plainWeight is the values of a weight as a matrix of so many columns.
func plainWeight(w []float64, cols int) [][]float64 {
	var m [][]float64
	for i := 0; i < len(w); i += cols {
		m = append(m, w[i:i+cols])
	}
	return m
}

// form is graphs in the layout of a mode, with what there is to differentiate.
type form struct {
	name   string
	mode   modes.Mode
	graphs []plainGraph
	in     []gradcheck.Input
	build  func(in G.Nodes) modes.Graph
	ids    []int // of every row
	rows   []int // the row of each node, graph by graph
}

const formWidth = 3

// formGraphs are a graph with a loop, weights and a node that hears nothing;
// a path; no nodes; and one node.
func formGraphs() (five, three, none, one plainGraph) {
	x := func(n int, seed uint64) [][]float64 {
		m := plainMatrix(n, formWidth)
		r := rand.New(rand.NewPCG(seed, 5))
		for i := range m {
			for c := range m[i] {
				m[i][c] = 2*r.Float64() - 1
			}
		}
		return m
	}
	five = plainGraph{x(5, 1), []plainEntry{{0, 1, 2}, {0, 3, 0.5}, {1, 0, 1.5}, {1, 1, 3}, {2, 0, 0.7}, {2, 4, 1.2}, {3, 2, 0.4}}}
	three = plainGraph{x(3, 2), []plainEntry{{0, 1, 1.1}, {1, 0, 0.9}, {1, 2, 0.3}, {2, 1, 2.2}}}
	return five, three, plainGraph{}, plainGraph{x: x(1, 3)}
}

// forms is every layout: sparse and dense, with padding and empty graphs.
func forms() []form {
	five, three, none, one := formGraphs()
	other := plainGraph{x: append(append([][]float64{}, three.x...), one.x[0], []float64{0.3, -0.8, 0.6}), entries: five.entries}
	plain := plainGraph{x: five.x}
	for _, e := range five.entries {
		plain.entries = append(plain.entries, plainEntry{e.row, e.col, 1})
	}
	several := []plainGraph{five, none, three, one}
	return []form{
		flatForm("single sparse", modes.Single, formSparse, nil, five),
		flatForm("single dense", modes.Single, formDense, nil, five),
		flatForm("single without weights", modes.Single, formPlain, nil, plain),
		flatForm("single sparse features", modes.Single, formSparseX, nil, five),
		flatForm("single padded", modes.Single, formSparse, []int{0, -1, 0, 0, -1, 0, 0}, five),
		flatForm("disjoint", modes.Disjoint, formSparse, []int{0, 0, 0, -1, 0, 0, 2, 2, 2, 3, -1, -1}, several...),
		flatForm("disjoint without weights", modes.Disjoint, formPlain, []int{0, 0, 0, 0, 0}, plain),
		batchForm("batch dense", modes.Batch, formDense, several...),
		batchForm("batch sparse", modes.Batch, formSparse, several...),
		batchForm("mixed sparse", modes.Mixed, formSparse, five, other),
		batchForm("mixed dense", modes.Mixed, formDense, five, other),
	}
}

type formKind int

const (
	formSparse  formKind = iota
	formDense            // A dense
	formPlain            // A sparse, without weights
	formSparseX          // A sparse, X sparse
)

// flatForm lays graphs out one after the other, row i in graph ids[i].
func flatForm(name string, mode modes.Mode, kind formKind, ids []int, graphs ...plainGraph) form {
	f := form{name: name, mode: mode, graphs: graphs, ids: ids}
	if ids == nil {
		for range graphs[0].x {
			f.ids = append(f.ids, 0)
		}
	}
	f.fill(kind, []int{len(f.ids), formWidth}, 0, ids != nil)
	return f
}

// batchForm gives each graph six rows, or five in mixed mode.
func batchForm(name string, mode modes.Mode, kind formKind, graphs ...plainGraph) form {
	f := form{name: name, mode: mode, graphs: graphs}
	size, copies := 6, 0
	if mode == modes.Mixed {
		size, copies = 5, len(graphs)
	}
	for s, g := range graphs {
		for i := range size {
			if i < len(g.x) {
				f.ids = append(f.ids, s)
			} else {
				f.ids = append(f.ids, -1)
			}
		}
	}
	f.fill(kind, []int{len(graphs), size, formWidth}, copies, true)
	return f
}

// fill makes the inputs. Padding has features too, which nothing may read.
func (f *form) fill(kind formKind, shape []int, copies int, withIDs bool) {
	x := make([]float64, len(f.ids)*formWidth)
	for i := range x {
		x[i] = 7 + float64(i%5)
	}
	at := make([][]int, len(f.graphs)) // the rows of each graph's nodes
	for r, s := range f.ids {
		if s >= 0 {
			copy(x[r*formWidth:], f.graphs[s].x[len(at[s])])
			at[s] = append(at[s], r)
		}
	}
	f.rows = slices.Concat(at...)
	var es []plainEntry // A's, of all rows or of the shared graph
	for s, g := range f.graphs {
		for _, e := range g.entries {
			if copies == 0 || s == 0 {
				es = append(es, plainEntry{at[s][e.row], at[s][e.col], e.w})
			}
		}
	}
	rows := len(f.ids) / max(1, copies)
	a := f.adjacency(kind, es, rows, copies)
	features := f.features(kind, x, shape)
	if withIDs {
		f.in = append(f.in, gradcheck.Input{Name: "ids", Value: tensor.New(tensor.WithShape(len(f.ids)), tensor.WithBacking(slices.Clone(f.ids)))})
	}
	last := len(f.in) - 1
	f.build = func(in G.Nodes) modes.Graph {
		g := modes.Graph{Mode: f.mode, Graphs: len(f.graphs), X: features(in), A: a(in)}
		if withIDs {
			g.IDs = in[last]
		}
		return g
	}
}

func (f *form) features(kind formKind, x []float64, shape []int) func(in G.Nodes) modes.Features {
	n := len(f.in)
	if kind != formSparseX {
		f.in = append(f.in, gradcheck.Input{Name: "x", Value: tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))})
		return func(in G.Nodes) modes.Features { return modes.Features{Dense: in[n]} }
	}
	var row, col []int
	for i := range x {
		row, col = append(row, i/formWidth), append(col, i%formWidth)
	}
	p := formPattern(shape[0], formWidth, row, col)
	f.in = append(f.in, gradcheck.Input{Name: "x pattern", Value: p},
		gradcheck.Input{Name: "x", Value: tensor.New(tensor.WithShape(len(x)), tensor.WithBacking(x))})
	return func(in G.Nodes) modes.Features {
		return modes.Features{Sparse: &ops.Sparse{Pattern: in[n], Weights: in[n+1], Rows: shape[0], Cols: formWidth, Capacity: len(x)}}
	}
}

func formPattern(rows, cols int, row, col []int) *ops.Pattern {
	p, _, err := ops.PatternFromCOO(rows, cols, row, col)
	if err != nil {
		panic(err)
	}
	return p
}

// adjacency has room for two entries more than there are.
func (f *form) adjacency(kind formKind, es []plainEntry, rows, copies int) func(in G.Nodes) modes.Adj {
	if kind == formDense {
		size := []int{rows, rows}
		if f.mode == modes.Batch {
			size = []int{len(f.graphs), rows / len(f.graphs), rows / len(f.graphs)}
		}
		n := size[len(size)-1]
		a := make([]float64, rows*n)
		for _, e := range es {
			a[e.row*n+e.col%n] += e.w
		}
		f.in = append(f.in, gradcheck.Input{Name: "a", Value: tensor.New(tensor.WithShape(size...), tensor.WithBacking(a))})
		return func(in G.Nodes) modes.Adj { return modes.DenseAdj{Node: in[0], Copies: copies} }
	}
	slices.SortStableFunc(es, func(a, b plainEntry) int { return a.row - b.row })
	var row, col []int
	w := make([]float64, len(es)+2)
	for i, e := range es {
		row, col, w[i] = append(row, e.row), append(col, e.col), e.w
	}
	f.in = append(f.in, gradcheck.Input{Name: "pattern", Value: formPattern(rows, rows, row, col)})
	if kind != formPlain {
		f.in = append(f.in, gradcheck.Input{Name: "w", Value: tensor.New(tensor.WithShape(len(w)), tensor.WithBacking(w))})
	}
	return func(in G.Nodes) modes.Adj {
		m := ops.Sparse{Pattern: in[0], Rows: rows, Cols: rows, Capacity: len(w)}
		if kind != formPlain {
			m.Weights = in[1]
		}
		return modes.SparseAdj{Sparse: m, Copies: copies}
	}
}

// scope is that of a new store. fill, called when the layers are built, gives
// every weight values of its own that are the same each time.
func formScope(g *G.ExprGraph, training bool) (sc *param.Scope, fill func() map[string][]float64, err error) {
	store, err := param.NewStore(tensor.Float64, 1)
	if err != nil {
		return nil, nil, err
	}
	return store.Scope(g, training), func() map[string][]float64 {
		values := map[string][]float64{}
		for p := range store.All() {
			h := fnv.New64a()
			fmt.Fprint(h, p.Path)
			r := rand.New(rand.NewPCG(h.Sum64(), 1))
			x, _ := p.Tensor.Data().([]float64)
			for i := range x {
				x[i] = 2*r.Float64() - 1
				if strings.HasSuffix(p.Path, "variance") {
					x[i] = 0.5 + r.Float64()
				}
			}
			values[p.Path] = slices.Clone(x)
		}
		return values
	}, nil
}

// nodes makes the form's inputs in a graph of their own.
func (f form) nodes(g *G.ExprGraph) G.Nodes {
	var in G.Nodes
	for _, i := range f.in {
		in = append(in, G.NodeFromAny(g, i.Value, G.WithName(i.Name)))
	}
	return in
}

// weights is what fill gives the weights that build makes.
func (f form) weights(t testing.TB, training bool, build func(sc *param.Scope, in modes.Graph) error) map[string][]float64 {
	g := G.NewGraph()
	sc, fill, err := formScope(g, training)
	require.NoError(t, err)
	require.NoError(t, build(sc, f.build(f.nodes(g))))
	return fill()
}
