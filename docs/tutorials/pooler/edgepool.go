package main

import (
	"cmp"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// edgePool makes one node of the two ends of an edge. It scores the edges by
// s_ij = sigmoid((x_i + x_j)·w), takes them by falling score, and contracts each
// whose ends are both free yet. A new node has the features
// (1 + s_ij)(x_i + x_j), a node that stays alone its own.
type edgePool struct {
	Kernel param.Spec // of w
}

// Class is the name of the layer in files.
func (*edgePool) Class() string { return "tutorial.edgepool" }

// Apply adds the layer's nodes. G.Must ends it at the first error.
func (p *edgePool) Apply(sc *param.Scope, in modes.Graph) (out layers.Output, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("edgepool: %v", r)
		}
	}()
	a, ok := in.A.(modes.SparseAdj)
	if !ok || in.Mode != modes.Disjoint || in.X.Dense == nil {
		return out, fmt.Errorf("edgepool: A is a %T in %v mode, want a sparse one in disjoint mode and dense features", in.A, in.Mode)
	}
	x, n := in.X.Dense, in.Rows()
	w := G.Must(sc.Sub(p.Class()).Param("kernel", param.GlorotUniform{}, p.Kernel, in.X.Width(), 1))
	y := G.Must(ops.Column(G.Must(in.X.Mul(w)), 0))
	ends := G.Must(G.Add(G.Must(ops.EdgeRows(a.Sparse, y)), G.Must(ops.EdgeCols(a.Sparse, y))))
	score := G.Must(ops.Activate(ends, ops.Sigmoid))

	edge := G.Must(match(n, G.Must(ops.EntryRows(a.Sparse)), G.Must(ops.EntryCols(a.Sparse)), score))
	cluster := G.Must(ops.Relabel(edge, in.Segments(), n, false))
	room := score.Shape()[0]
	edge = G.Must(ops.MapIDs(edge, "edge", room+n, func(e int) int {
		if e < room {
			return e
		}
		return -1
	}))
	factor := G.Must(ops.Affine(G.Must(ops.Gather(score, edge)), 1, 1)) // 1 + s, 1 for a node alone
	x = G.Must(ops.RowScale(x, factor))
	x = G.Must(ops.SegmentSum(x, ops.Segments{IDs: cluster, Count: n}))

	ids := G.Must(ops.ScatterIDs(in.IDs, cluster, n))
	coarse, err := ops.Contract(a.Sparse, cluster, n, false)
	if err == nil && a.Weights != nil {
		coarse.Weights, err = ops.MergeEdges(coarse, a.Weights, ops.ReduceSum)
	}
	out.Graph = modes.Graph{Mode: in.Mode, Graphs: in.Graphs, A: modes.SparseAdj{Sparse: coarse}, IDs: ids}.WithX(x)
	return out, err
}

// match gives each of n nodes the entry that it is contracted by, and a number
// of its own beyond all entries where there is none.
func match(n int, rows, cols, score *G.Node) (*G.Node, error) {
	return ops.Custom{
		Name: "tutorial.Match", Attrs: fmt.Sprint(n), Inputs: "iic",
		Shape: func([]tensor.Shape) (tensor.Shape, error) { return tensor.Shape{n}, nil },
		IDs: func(r *ops.Run[float64]) ([]int, error) {
			rows, cols, score := r.Ints(0, n), r.Ints(1, n), r.Floats(2)
			order, edge := make([]int, len(rows)), make([]int, n)
			for e := range order {
				order[e] = e
			}
			for i := range edge {
				edge[i] = len(rows) + i
			}
			slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(score[b], score[a]) })
			for _, e := range order {
				i, j := rows[e], cols[e]
				if i >= 0 && i != j && edge[i] >= len(rows) && edge[j] >= len(rows) {
					edge[i], edge[j] = e, e
				}
			}
			return edge, nil
		},
	}.Apply(rows, cols, score)
}
