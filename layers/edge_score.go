package layers

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

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
	row := must(ops.EdgesApart(m))
	if in.IDs == nil {
		return ops.Segments{IDs: must(ops.MapIDs(row, "the only graph", m.Rows, func(int) int { return 0 })), Count: 1}
	}
	return ops.Segments{IDs: must(ops.GatherIDs(in.IDs, row)), Count: in.Graphs}
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
