package layers

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// EdgePool contracts edges by falling score; an edge is contracted if neither
// of its ends was contracted before, so about half of the nodes remain:
//
//	r_uv = [X_u, X_v]·W + b,  s_uv = softmax over the entries into v of r_uv, + Add
//	X'_c = s_c·Σ_{i in c} X_i,  s_c the score of the entry contracted, 1 for a node alone
//
// W is the 2F×1 weight kernel, b the weight bias. Every stored entry of A has a
// score, (u, v) and (v, u) each its own, also self loops. If a self loop is
// contracted, its node stays alone and has the loop's score. Weights of A do
// not enter the scores. See HardClusters for A'.
//
// Of equal scores the earlier entry in row-major order goes first. Clusters are
// ordered by their lowest nodes. The selection has s_uv as EdgeScore, for A's
// entries by place, and s_c as Gate.
//
// Modes: all. Gradient: to W, b and X through s_c.
// Errors: a score that is NaN, when run.
//
// Source: Diehl, Edge Contraction Pooling for Graph Neural Networks, 2019,
// arXiv 1905.10990. As PyG's EdgePooling, which has no weights of edges, keeps
// self loops and orders clusters by contraction; as tgp's
// EdgeContractionPooling with MultiplyLift.
type EdgePool struct {
	HardClusters
	Score        EdgeScore // the function of r; softmax by default
	Add          float64   // to the scores
	MultiplyLift bool      // Lift is that of HardClusters, for the weights s_c; default: x_c(i) / s_c, as in PyG
	Trainable              // the activity regulariser is that of X'
	made
}

// NewEdgePool is an EdgePool with scores by softmax, to which 0.5 is added.
func NewEdgePool() *EdgePool {
	return &EdgePool{
		HardClusters: HardClusters{Reduction: ops.ReduceSum, Merge: ops.ReduceSum},
		Score:        SoftmaxScore, Add: 0.5, made: byNew(),
	}
}

// Class implements Classed.
func (*EdgePool) Class() string { return "edgepool" }

// Apply implements Layer.
func (p *EdgePool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by the entries contracted.
func (p *EdgePool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(p.noActivation())
		m, seg := edgesByPlace(in), in.Segments()
		score := must(ops.Affine(p.Score.of(in, m, p.edgeRaw(sc, in, m), SoftmaxScore, TanhScore, SigmoidScore), 1, p.Add))
		entry := must(ops.EdgeContraction(m, score, seg))
		alone := must(ops.Affine(must(ops.IDMask(entry, score, in.Rows())), -1, 1))
		weight := must(G.Add(must(ops.Gather(score, entry)), alone))
		lower := must(ops.ContractedRows(m, entry, seg))
		sel := p.selectAround(in, lower, weight)
		sel.Gate = must(ops.Gather(weight, sel.Index))
		sel.Index, sel.EdgeScore = nil, score // of no meaning of their own
		return sel
	})
}

// Reduce implements Pooler: the sum of each cluster times its score.
func (p *EdgePool) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node { return p.regularized(sc, must(p.HardClusters.Reduce(sc, in, sel))) })
}

// Lift implements Pooler: x over the scores of the clusters, at their nodes; 0
// where a score is 0.
func (p *EdgePool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	if p.MultiplyLift {
		return p.HardClusters.Lift(in, sel, x)
	}
	return build(func() *G.Node {
		ensure(p.ready(in, sel, part{"Gate", sel.Gate}))
		ensure(pooledRows(x, p.places(in)))
		x := must(ops.Reshape(x, p.places(in), x.Shape()[x.Dims()-1]))
		return byGraph(in, must(ops.Gather(must(ops.Divide(x, sel.Gate)), sel.Cluster)))
	})
}

// EdgeScore is the function that makes scores of edges of [X_u, X_v]·W + b.
type EdgeScore string

// The functions of scores.
const (
	SoftmaxScore    EdgeScore = "softmax"     // over the entries into a node
	TanhScore       EdgeScore = "tanh"        //
	SigmoidScore    EdgeScore = "sigmoid"     //
	LogSoftmaxScore EdgeScore = "log_softmax" // over the entries of a graph
)

// of is the score of each entry of m for the values raw. It errs for a function
// that is not among those that a layer has.
func (s EdgeScore) of(in modes.Graph, m ops.Sparse, raw *G.Node, have ...EdgeScore) *G.Node {
	if !slices.Contains(have, s) {
		ensure(unwanted("Score", string(s), fmt.Sprintf("one of %v", have)))
	}
	switch s {
	case TanhScore:
		return must(ops.Activate(raw, ops.Tanh))
	case SigmoidScore:
		return must(ops.Activate(raw, ops.Sigmoid))
	case LogSoftmaxScore:
		return logSoftmax(raw, entriesApart(in, m))
	}
	into := ops.Segments{IDs: must(ops.EntryCols(m)), Count: m.Cols}
	return must(ops.SegmentSoftmax(raw, into))
}

// edgeRaw is [X_u, X_v]·W + b for each entry (u, v) of m.
func (t Trainable) edgeRaw(sc *param.Scope, in modes.Graph, m ops.Sparse) *G.Node {
	first, second := halves(t.kernel(sc, "kernel", 2*in.X.Width(), 1))
	from := must(in.X.Linear(first, t.bias(sc, "bias", 1), ops.Identity))
	return sumOfEnds(m, from, must(in.X.Mul(second)))
}

// halves is the two parts of a 2F×1 kernel of pairs of nodes, F×1 each.
func halves(w *G.Node) (first, second *G.Node) {
	f := w.Shape()[0] / 2
	w = must(ops.Reshape(w, 1, 2, f))
	half := func(i int) *G.Node { return must(ops.Reshape(must(ops.MatrixRow(w, i)), f, 1)) }
	return half(0), half(1)
}

// sumOfEnds is from_u + into_v for each entry (u, v) of m, of values of one a row.
func sumOfEnds(m ops.Sparse, from, into *G.Node) *G.Node {
	from, into = must(ops.Reshape(from, m.Rows)), must(ops.Reshape(into, m.Rows))
	return must(G.Add(must(ops.EdgeRows(m, from)), must(ops.EdgeCols(m, into))))
}

// entriesApart is the graph of each entry of m, −1 for self loops and beyond the
// entries.
func entriesApart(in modes.Graph, m ops.Sparse) ops.Segments {
	return ops.Segments{IDs: must(in.IDsAt(must(ops.EdgesApart(m)))), Count: in.Graphs}
}

// logSoftmax is log softmax(x) over each segment.
func logSoftmax(x *G.Node, s ops.Segments) *G.Node {
	n := x.Shape()[0]
	z := must(G.Sub(x, must(ops.Spread(must(ops.SegmentMax(x, s)), s, n))))
	there := must(ops.IDMask(s.IDs, x, n))
	e := must(ops.Hadamard(must(G.Exp(must(ops.Hadamard(z, there)))), there))
	sum := must(ops.SegmentSum(e, s))
	none := must(ops.Affine(must(ops.NonZero(sum)), -1, 1)) // log 1 for a segment without entries
	log := must(G.Log(must(G.Add(sum, none))))
	return must(G.Sub(z, must(ops.Spread(log, s, n))))
}
