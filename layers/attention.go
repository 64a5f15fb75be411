package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Attention has the options of graph attention, in which a node weights the
// messages of its neighbours. Row i of A holds the edges into node i. In a
// dense A the entries other than 0 are edges.
type Attention struct {
	Heads     int          // the number of heads, each with weights of its own; at least 1
	Channels  int          // the features that each gives, at least 1
	Average   bool         // the mean of the heads, in place of them side by side
	Slope     float64      // of the leaky relu, for what is below 0
	SelfLoops bool         // every node hears itself by one edge; loops that A has are dropped
	Edges     EdgeFeatures // what is read of an edge
	LoopFill  float64      // the features of a self loop, each, unless LoopMean is set
	LoopMean  bool         // the features of a self loop are the mean over the edges into its node, 0 without
	ToColumns bool         // a_ij is an edge into j, as in PyG: Aᵀ in place of A
	Dropout   float64      // probability that an edge's coefficient is dropped in training
	Residual  bool         // adds X·R, with the weight residual_kernel, before the bias
	Trainable              // Kernel is that of the kernels and of the attention's vectors
}

// newAttention is the defaults of the paper and of PyG.
func newAttention(heads, channels int) Attention {
	return Attention{Heads: heads, Channels: channels, Slope: 0.2, SelfLoops: true, LoopMean: true}
}

func (l Attention) checkAttention(in modes.Graph) {
	ensure(in.CheckA())
	ensure(atLeast("Heads", l.Heads, 1))
	ensure(atLeast("Channels", l.Channels, 1))
	if l.Heads > mostUnits/l.Channels {
		ensure(unwanted("Heads", l.Heads, fmt.Sprintf("at most %d features in all, of Channels = %d", mostUnits, l.Channels)))
	}
	if l.Slope-l.Slope != 0 {
		ensure(unwanted("Slope", l.Slope, "a finite number"))
	}
	if l.LoopFill-l.LoopFill != 0 {
		ensure(unwanted("LoopFill", l.LoopFill, "a finite number"))
	}
	ensure(probability("Dropout", l.Dropout))
	ensure(l.Edges.check())
}

// mostUnits is the most features of all heads: a mistaken number is an error
// before it takes all memory.
const mostUnits = 1 << 24

// width is the features of all heads side by side.
func (l Attention) width() int { return l.Heads * l.Channels }

// edges is the edges that the nodes of in hear, self loops among them.
func (l Attention) edges(in modes.Graph) edgeList {
	list := listEdges(in, l.Edges, l.ToColumns)
	if l.SelfLoops {
		return list.withLoops(in, l.LoopMean, l.LoopFill)
	}
	return list
}

// perHead is the dot product of the columns of each head with its vector, a
// weight named name: rows×H of rows×(H·C).
func (l Attention) perHead(sc *param.Scope, name string, x *G.Node) *G.Node {
	att := l.kernel(sc, name, l.Heads, l.Channels)
	head := make([]int, l.width())
	for i := range head {
		head[i] = i / l.Channels
	}
	return must(ops.Linear(x, selection(att, "heads", head, l.Heads), nil, ops.Identity))
}

// selection is the matrix that has weight i in row i and column to[i], and 0
// elsewhere. kind and the sizes say which it is.
func selection(weights *G.Node, kind string, to []int, cols int) *G.Node {
	row := make([]int, len(to))
	for i := range row {
		row[i] = i
	}
	p, _, err := ops.PatternFromCOO(len(to), cols, row, to)
	ensure(err)
	name := fmt.Sprintf("layers/%s/%d×%d", kind, len(to), cols)
	m := ops.Sparse{Pattern: must(ops.NewPatternNode(weights.Graph(), name, p)), Rows: len(to), Cols: cols}
	m.Weights = must(ops.Reshape(weights, len(to)))
	return must(ops.Densify(m))
}

// attend is the layer's output: for each node and head the sum of what it
// hears, x of the sender, by the softmax of the logits over its edges; the
// heads side by side or their mean; and the bias.
func (l Attention) attend(sc *param.Scope, in modes.Graph, list edgeList, logits, x *G.Node, act ops.Activation) *G.Node {
	shares := must(ops.EdgeSoftMax(list.m, logits, list.line()))
	if l.Dropout > 0 && sc.Training() {
		shares = must(ops.Dropout(shares, l.Dropout, sc.Seed()))
	}
	y := list.sum(shares, x)
	n := l.width()
	if l.Average {
		n = l.Channels
		y = must(ops.Linear(y, l.mean(y), nil, ops.Identity))
	}
	if l.Residual {
		r := l.kernel(sc, "residual_kernel", in.X.Width(), n)
		y = must(G.Add(y, asRows(must(in.X.Linear(r, nil, ops.Identity)))))
	}
	y = l.finish(y, l.bias(sc, "bias", n), act)
	return byGraph(in, y)
}

// mean is the matrix that takes heads side by side to their mean.
func (l Attention) mean(like *G.Node) *G.Node {
	channel := make([]int, l.width())
	for i := range channel {
		channel[i] = i % l.Channels
	}
	return selection(must(ops.Full(like, 1/float64(l.Heads), l.width())), "channels", channel, l.Channels)
}

// project is X·W + b with weights of those names, as rows; b may be "".
func (l Attention) project(sc *param.Scope, in modes.Graph, kernel, bias string) *G.Node {
	w := l.kernel(sc, kernel, in.X.Width(), l.width())
	var b *G.Node
	if bias != "" {
		b = l.bias(sc, bias, l.width())
	}
	return asRows(must(in.X.Linear(w, b, ops.Identity)))
}

// projectEdges is the features of the edges by the weight edge_kernel; nil
// without features.
func (l Attention) projectEdges(sc *param.Scope, list edgeList) *G.Node {
	if list.f == nil {
		return nil
	}
	w := l.kernel(sc, "edge_kernel", list.f.Shape()[1], l.width())
	return must(ops.Linear(list.f, w, nil, ops.Identity))
}

// asRows is x, B×N×F or N×F, as a matrix of all its rows.
func asRows(x *G.Node) *G.Node {
	if x.Dims() == 2 {
		return x
	}
	n := x.Shape()[x.Dims()-1]
	return must(ops.Reshape(x, x.Shape().TotalSize()/n, n))
}
