package modes_test

import (
	"fmt"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/mat"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// show prints what nodes are when their graph runs; the examples' only way to
// fail is a panic.
func show(nodes ...*G.Node) {
	values := make([]G.Value, len(nodes))
	for i, n := range nodes {
		G.Read(n, &values[i])
	}
	vm := G.NewTapeMachine(nodes[0].Graph().SubgraphRoots(nodes...))
	defer vm.Close()
	if err := vm.RunAll(); err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range values {
		fmt.Println(v.Shape(), v.Data())
	}
}

// triangle is three nodes all joined, with features x.
func triangle(x ...float64) *modes.Host {
	h, _ := modes.FromCOO(3, []int{0, 0, 1, 1, 2, 2}, []int{1, 2, 0, 2, 0, 1}, nil)
	h.X = tensor.New(tensor.WithShape(3, 1), tensor.WithBacking(x))
	return h
}

// pair is two nodes joined, with features x.
func pair(x ...float64) *modes.Host {
	h, _ := modes.FromCOO(2, []int{0, 1}, []int{1, 0}, nil)
	h.X = tensor.New(tensor.WithShape(2, 1), tensor.WithBacking(x))
	return h
}

func ExampleNewSingle() {
	g := G.NewGraph()
	in, err := modes.NewSingle(g, "graph", triangle(1, 2, 3), tensor.Float64)
	if err != nil {
		fmt.Println(err)
		return
	}
	ax, _ := in.A.Mul(in.X.Dense)
	degrees, _ := in.A.Degree(in.X.Dense)
	show(ax, degrees)
	// Output:
	// (3, 1) [5 4 3]
	// (3) [2 2 2]
}

func ExampleNewDisjoint() {
	g := G.NewGraph()
	// Room for 6 nodes: one is padding.
	in, err := modes.NewDisjoint(g, "graphs", []*modes.Host{triangle(1, 2, 3), pair(10, 20)}, tensor.Float64, modes.Budget{Nodes: 6})
	if err != nil {
		fmt.Println(err)
		return
	}
	ax, _ := in.A.Mul(in.X.Dense)
	sums, _ := ops.SegmentSum(in.X.Dense, in.Segments())
	show(in.IDs, ax, sums)
	// Output:
	// (6) [0 0 0 1 1 -1]
	// (6, 1) [5 4 3 20 10 0]
	// (2, 1) [6 30]
}

// One compiled graph serves every batch within its budget.
func ExampleSetDisjoint() {
	all := []*modes.Host{triangle(1, 2, 3), pair(10, 20), pair(4, 5)}
	budget, _ := modes.BudgetFor(all, 2) // any two of them
	in, _ := modes.NewDisjoint(G.NewGraph(), "graphs", all[:2], tensor.Float64, budget)
	sums, _ := ops.SegmentSum(in.X.Dense, in.Segments())
	var value G.Value
	G.Read(sums, &value)
	vm := G.NewTapeMachine(in.X.Dense.Graph().SubgraphRoots(sums))
	defer vm.Close()
	for _, batch := range [][]*modes.Host{all[:2], all[1:], all[:1]} {
		if err := modes.SetDisjoint(in, batch); err != nil {
			fmt.Println(err)
		}
		if err := vm.RunAll(); err != nil {
			fmt.Println(err)
		}
		fmt.Println(value.Data())
		vm.Reset()
	}
	fmt.Println(modes.SetDisjoint(in, all))
	// Output:
	// [6 30]
	// [30 9]
	// [6 0]
	// modes: 3 graphs, want at most 2, the budget
}

func ExampleNewBatch() {
	g := G.NewGraph()
	in, err := modes.NewBatch(g, "graphs", []*modes.Host{triangle(1, 2, 3), pair(10, 20)}, tensor.Float64, modes.Budget{})
	if err != nil {
		fmt.Println(err)
		return
	}
	ax, _ := in.A.Mul(in.X.Dense)
	mask, _ := in.Mask()
	show(ax, mask)
	// Output:
	// (2, 3, 1) [5 4 3 20 10 0]
	// (2, 3) [1 1 1 1 1 0]
}

func ExampleNewSparseBatch() {
	g := G.NewGraph()
	in, err := modes.NewSparseBatch(g, "graphs", []*modes.Host{triangle(1, 2, 3), pair(10, 20)}, tensor.Float64, modes.Budget{})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, sparse := in.A.(modes.SparseAdj)
	fmt.Println(sparse)
	ax, _ := in.A.Mul(in.X.Dense)
	show(ax)
	// Output:
	// true
	// (2, 3, 1) [5 4 3 20 10 0]
}

func ExampleNewPadded() {
	g := G.NewGraph()
	in, err := modes.NewPadded(g, "graphs", modes.PaddedBatch{
		X:    tensor.New(tensor.WithShape(1, 3, 1), tensor.WithBacking([]float64{1, 2, 99})),
		A:    tensor.New(tensor.WithShape(1, 3, 3), tensor.WithBacking([]float64{0, 1, 9, 1, 0, 9, 9, 9, 9})),
		Mask: tensor.New(tensor.WithShape(1, 3), tensor.WithBacking([]bool{true, true, false})),
	}, tensor.Float64)
	if err != nil {
		fmt.Println(err)
		return
	}
	ax, _ := in.A.Mul(in.X.Dense)
	show(ax, in.IDs)
	// Output:
	// (1, 3, 1) [2 1 0]
	// (3) [0 0 -1]
}

func ExampleNewMixed() {
	g := G.NewGraph()
	h := triangle(0, 0, 0)
	h.X = nil
	x := tensor.New(tensor.WithShape(2, 3, 1), tensor.WithBacking([]float64{1, 2, 3, 10, 20, 30}))
	in, err := modes.NewMixed(g, "graph", h, x, tensor.Float64)
	if err != nil {
		fmt.Println(err)
		return
	}
	ax, _ := in.A.Mul(in.X.Dense)
	show(ax)
	// Output:
	// (2, 3, 1) [5 4 3 50 40 30]
}

func ExampleFromCOO() {
	h, err := modes.FromCOO(3, []int{2, 0, 0}, []int{0, 1, 1}, []float64{5, 1, 2})
	row, col, weights := h.COO()
	fmt.Println(row, col, weights, err)
	// Output: [0 2] [1 0] [3 5] <nil>
}

func ExampleFromGonum() {
	g := simple.NewUndirectedGraph()
	g.SetEdge(g.NewEdge(simple.Node(40), simple.Node(7)))
	h, ids, err := modes.FromGonum(g)
	row, col, _ := h.COO()
	fmt.Println(ids, row, col, err)
	// Output: [7 40] [0 1] [1 0] <nil>
}

func ExampleFromMat() {
	h, err := modes.FromMat(mat.NewSymDense(2, []float64{0, 3, 3, 0}), nil)
	fmt.Println(h.Nodes, h.DenseA.Data(), err)
	// Output: 2 [0 3 3 0] <nil>
}

func ExampleFromDense() {
	a := tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]float32{0, 1, 1, 0}))
	h, err := modes.FromDense(a, nil)
	row, col, _ := h.COO()
	fmt.Println(row, col, err)
	// Output: [0 1] [1 0] <nil>
}

func ExampleFromCS() {
	a := tensor.NewCSR([]int{1, 0}, []int{0, 1, 2}, []float64{2, 3}, tensor.WithShape(2, 2))
	h, err := modes.FromCS(a, nil)
	row, col, weights := h.COO()
	fmt.Println(row, col, weights, err)
	// Output: [0 1] [1 0] [2 3] <nil>
}

func ExampleCollate() {
	h, ids, _ := modes.Collate([]*modes.Host{triangle(1, 2, 3), {}, pair(10, 20)})
	fmt.Println(h.Nodes, ids)
	back, _ := modes.Split(h, ids, 3)
	fmt.Println(back[0].Nodes, back[1].Nodes, back[2].X.Data())
	// Output:
	// 5 [0 0 0 2 2]
	// 3 0 [10 20]
}

func ExampleSplitRows() {
	scores := tensor.New(tensor.WithShape(4), tensor.WithBacking([]float64{0.1, 0.2, 0, 0.4}))
	parts, _ := modes.SplitRows(scores, []int{0, 0, -1, 1}, 2)
	fmt.Println(parts[0].Data(), parts[1].Data())
	// Output: [0.1 0.2] [0.4]
}

func ExamplePad() {
	p, _ := modes.Pad([]*modes.Host{triangle(1, 2, 3), pair(10, 20)}, 0, tensor.Float64)
	fmt.Println(p.X.Data(), p.Mask.Data())
	hosts, _ := p.Hosts()
	fmt.Println(hosts[1].X.Data(), hosts[1].DenseA.Data())
	// Output:
	// [1 2 3 10 20 0] [1 1 1 1 1 0]
	// [10 20] [0 1 1 0]
}

func ExampleHost_Normalized() {
	h, _ := pair(1, 1).Normalized(modes.GCN())
	fmt.Printf("%.2f\n", h.Weights)
	// Output: [0.50 0.50 0.50 0.50]
}

// Attributes stand in the order of the list, which FromCOO sorts.
func ExampleHost_WithAttributes() {
	row, col := []int{1, 0}, []int{0, 1}
	h, _ := modes.FromCOO(2, row, col, nil)
	h, _ = h.WithAttributes(row, col, tensor.New(tensor.WithShape(2, 1), tensor.WithBacking([]float64{10, 1})))
	fmt.Println(h.E.Data())

	classes := []int{7, 3} // of the edges in the list
	order, _ := h.EdgeOrder(row, col)
	fmt.Println(classes[order[0]], classes[order[1]])
	// Output:
	// [1 10]
	// 3 7
}

func ExampleHost_Undirected() {
	h, _ := modes.FromCOO(3, []int{0, 1, 2}, []int{1, 2, 1}, []float64{3, 2, 4})
	h, _ = h.Undirected()
	fmt.Println(h.COO())
	// Output: [0 1 1 2] [1 0 2 1] [3 3 3 3]
}

func ExampleGraph_ToBatch() {
	in, _ := modes.NewDisjoint(G.NewGraph(), "graphs", []*modes.Host{triangle(1, 2, 3), pair(10, 20)}, tensor.Float64, modes.Budget{})
	batch, err := in.ToBatch(3)
	if err != nil {
		fmt.Println(err)
		return
	}
	back, err := batch.ToDisjoint()
	if err != nil {
		fmt.Println(err)
		return
	}
	show(batch.X.Dense, back.X.Dense, back.IDs)
	// Output:
	// (2, 3, 1) [1 2 3 10 20 0]
	// (6, 1) [1 2 3 10 20 0]
	// (6) [0 0 0 1 1 -1]
}
