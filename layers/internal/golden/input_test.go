package golden_test

import (
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// goldenInput is a case's inputs as a graph, and the inputs that have
// gradients.
type goldenInput struct {
	modes.Graph
	floats  map[string]goldenLeaf
	cluster *G.Node // the cluster of each row, where the case has them
}

// goldenLeaf is an input node; place is, for each value of the file, its
// position among the node's (nil: the same).
type goldenLeaf struct {
	node  *G.Node
	place []int
}

// A goldenWay is a way to make a case's inputs.
type goldenWay string

const (
	asGiven     goldenWay = "as given"               // A sparse or dense, as the file has it
	denseA      goldenWay = "A dense"                // where the file has it sparse
	constructed goldenWay = "by modes' constructors" // with room to spare in disjoint mode
)

// goldenInputs is the names an input may have.
var goldenInputs = append([]string{"x", "a", "a_idx", "i", "mask", "edge_attr", "cluster", "weight", "y"}, goldenGiven...)

// goldenGiven is the inputs that a layer is given as they are.
var goldenGiven = []string{"s_logits", "z", "q_alpha", "q_beta"}

// input makes the case's inputs.
func (c *goldenCase) input(g *G.ExprGraph, dt tensor.Dtype, way goldenWay) (in goldenInput, err error) {
	if way == constructed {
		in, err = c.construct(g, dt)
	} else {
		in, err = c.byHand(g, dt, way == denseA)
	}
	for _, name := range goldenGiven {
		if _, ok := c.Inputs[name]; ok && err == nil {
			in.floats[name] = goldenLeaf{node: c.leaf(g, dt, name)}
		}
	}
	if err == nil {
		c.rowInputs(g, dt, &in)
	}
	return in, err
}

// rowInputs is the inputs that go with rows, of which there may be more than in
// the file: clusters and weights of nodes, and features of the new nodes.
func (c *goldenCase) rowInputs(g *G.ExprGraph, dt tensor.Dtype, in *goldenInput) {
	if x, ok := c.Inputs["cluster"]; ok {
		ids := x.ints()
		for len(ids) < in.Rows() {
			ids = append(ids, -1)
		}
		in.cluster = G.NewVector(g, tensor.Int, G.WithShape(len(ids)), G.WithName("golden/cluster"),
			G.WithValue(tensor.New(tensor.WithShape(len(ids)), tensor.WithBacking(ids))))
	}
	for _, name := range []string{"weight", "y"} {
		if x, ok := c.Inputs[name]; ok {
			shape := append([]int{in.Rows()}, x.Shape[1:]...)
			values := append(x.floats(false), make([]float64, tensor.Shape(shape).TotalSize()-len(x.Data))...)
			in.floats[name] = goldenLeaf{layertest.Node(g, dt, "golden/"+name, shape, values), firsts(len(x.Data))}
		}
	}
}

// byHand makes the fields of the graph one by one.
func (c *goldenCase) byHand(g *G.ExprGraph, dt tensor.Dtype, dense bool) (in goldenInput, err error) {
	in.floats = map[string]goldenLeaf{}
	in.X.Dense = c.leaf(g, dt, "x")
	in.floats["x"] = goldenLeaf{node: in.X.Dense}
	in.Graphs = 1
	switch c.Mode {
	case "disjoint":
		in.Mode = modes.Disjoint
		c.disjointIDs(g, &in)
	case "batch":
		in.Mode = modes.Batch
		c.batchIDs(g, &in)
	case "mixed":
		in.Mode = modes.Mixed
		c.batchIDs(g, &in)
	}
	return in, c.adjacency(g, dt, dense, &in)
}

// leaf is an input of that name as it is in the file.
func (c *goldenCase) leaf(g *G.ExprGraph, dt tensor.Dtype, name string) *G.Node {
	return layertest.Node(g, dt, "golden/"+name, c.Inputs[name].Shape, c.Inputs[name].floats(false))
}

// disjointIDs is the graph of each node.
func (c *goldenCase) disjointIDs(g *G.ExprGraph, in *goldenInput) {
	ids := c.Inputs["i"].ints()
	in.Graphs = c.graphs()
	in.IDs = layertest.IDs(g, ids)
}

// graphs is the number of graphs in disjoint mode; those without nodes may be
// the last.
func (c *goldenCase) graphs() int {
	return newGoldenAttrs(c).int("graphs", slices.Max(c.Inputs["i"].ints())+1)
}

// batchIDs is the graph of each row, −1 where the mask is 0.
func (c *goldenCase) batchIDs(g *G.ExprGraph, in *goldenInput) {
	shape := c.Inputs["x"].Shape
	in.Graphs = shape[0]
	ids := make([]int, shape[0]*shape[1])
	mask, masked := c.Inputs["mask"]
	for r := range ids {
		ids[r] = r / shape[1]
		if masked && mask.Data[r] == 0 {
			ids[r] = -1
		}
	}
	in.IDs = layertest.IDs(g, ids)
}

// adjacency is A: the values of a list of entries, or dense.
func (c *goldenCase) adjacency(g *G.ExprGraph, dt tensor.Dtype, dense bool, in *goldenInput) error {
	a, ok := c.Inputs["a"]
	if !ok {
		return nil
	}
	idx, sparse := c.Inputs["a_idx"]
	copies := 0
	if in.Mode == modes.Mixed {
		copies = in.Graphs
	}
	if !sparse {
		node := c.leaf(g, dt, "a")
		in.A = modes.DenseAdj{Node: node, Copies: copies}
		in.floats["a"] = goldenLeaf{node: node}
		return nil
	}
	n := in.Rows() / max(1, copies)
	row, col := goldenPairs(idx)
	if dense {
		values, place := make([]float64, n*n), make([]int, len(row))
		for e := range row {
			place[e] = row[e]*n + col[e]
			values[place[e]] += float64(a.Data[e])
		}
		node := layertest.Node(g, dt, "golden/a", []int{n, n}, values)
		in.A = modes.DenseAdj{Node: node, Copies: copies}
		in.floats["a"] = goldenLeaf{node: node, place: place}
		return nil
	}
	p, order, err := ops.PatternFromCOO(n, n, row, col)
	if err != nil {
		return err
	}
	m := ops.Sparse{Rows: n, Cols: n, Capacity: max(1, len(row))}
	if m.Pattern, err = ops.NewPatternNode(g, "golden/pattern", p); err != nil {
		return err
	}
	values, place := make([]float64, m.Capacity), make([]int, len(row))
	for to, from := range order {
		values[to], place[from] = float64(a.Data[from]), to
	}
	m.Weights = layertest.Node(g, dt, "golden/a", []int{m.Capacity}, values)
	in.A = modes.SparseAdj{Sparse: m, Copies: copies}
	in.floats["a"] = goldenLeaf{node: m.Weights, place: place}
	return c.attributes(g, dt, m.Capacity, order, in)
}

// attributes is those of A's entries, in the order that the pattern has them.
func (c *goldenCase) attributes(g *G.ExprGraph, dt tensor.Dtype, capacity int, order []int, in *goldenInput) error {
	x, ok := c.Inputs["edge_attr"]
	if !ok {
		return nil
	}
	n := x.Shape[1]
	values, place := make([]float64, capacity*n), make([]int, len(x.Data))
	for to, from := range order {
		for j := range n {
			values[to*n+j], place[from*n+j] = float64(x.Data[from*n+j]), to*n+j
		}
	}
	in.E = layertest.Node(g, dt, "golden/edge_attr", []int{capacity, n}, values)
	in.floats["edge_attr"] = goldenLeaf{node: in.E, place: place}
	return nil
}

// goldenPairs is the two columns of a list of pairs.
func goldenPairs(idx goldenTensor) (row, col []int) {
	for e := range len(idx.Data) / 2 {
		row = append(row, int(idx.Data[2*e]))
		col = append(col, int(idx.Data[2*e+1]))
	}
	return row, col
}
