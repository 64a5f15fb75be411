package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// DeepSets is a readout by a layer on every node and one on their sum:
//
//	X' = Global(Σ_i Local(X_i))
//
// in the scopes local and global. A graph without nodes gives Global(0).
//
// Modes, shapes and edges as GlobalSumPool, with the columns that Global gives.
// The losses of both layers are passed on.
// Gradient: to X and the weights of both layers.
// Source: Zaheer et al., Deep Sets, NeurIPS 2017, arXiv 1703.06114. As PyG's
// DeepSetsAggregation.
type DeepSets struct {
	Local  Layer // on the nodes' features; nil: X as it is
	Global Layer // on the sums, a row a graph; nil: the sums as they are
	made
}

// NewDeepSets is a DeepSets with these layers, either of which may be nil.
func NewDeepSets(local, global Layer) *DeepSets {
	return &DeepSets{Local: local, Global: global, made: byNew()}
}

// Class implements Classed.
func (*DeepSets) Class() string { return "deepsets" }

// Apply implements Layer.
func (p *DeepSets) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return apply(p, sc, in, func(sc *param.Scope) Output {
		ensure(in.Check())
		local := Output{Graph: in}
		if p.Local != nil {
			local = within(sc.Sub("local"), "Local", p.Local, in)
		}
		in.X = local.X
		out := Output{Graph: oneNode(in).WithX(sumOf(in)), Losses: local.Losses}
		if p.Global == nil {
			return out
		}
		all := within(sc.Sub("global"), "Global", p.Global, out.Graph)
		out.Graph, out.Losses = out.WithX(denseOf(all.X)), append(out.Losses, all.Losses...)
		return out
	})
}

// denseOf is features as a dense node.
func denseOf(x modes.Features) *G.Node { return must(x.ToDense()) }

// Set2Set is a readout by attention in several steps; an LSTM makes each query
// from what was read before:
//
//	h = LSTM(q*),  r = Σ_i softmax_i(X_i · h) X_i,  q* = (h, r)
//
// which begins with q* = 0; X' is the last q*. A graph without nodes reads r = 0.
//
// Modes and edges as GlobalSumPool. Shapes: X' 1×2F (single), B×2F (disjoint,
// batch, mixed). Sparse features are made dense.
// Gradient: to X and the weights.
// Source: Vinyals, Bengio, Kudlur, Order Matters: Sequence to sequence for sets,
// ICLR 2016, arXiv 1511.06391. As PyG's Set2Set, with the gates in PyTorch's order:
// input, forget, cell, output.
type Set2Set struct {
	Steps     int // how often it reads, at least 1
	Trainable     // of the LSTM; the activity regulariser is that of X'
	made
}

// NewSet2Set is a Set2Set of so many steps.
func NewSet2Set(steps int) *Set2Set { return &Set2Set{Steps: steps, made: byNew()} }

// Class implements Classed.
func (*Set2Set) Class() string { return "set2set" }

// Apply implements Layer.
func (p *Set2Set) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(sc *param.Scope) *G.Node {
		ensure(atLeast("Steps", p.Steps, 1))
		ensure(p.noActivation())
		r := newReading(in)
		cell := p.newLSTM(sc, 2*r.width(), r.width())
		h := must(ops.Full(r.x, 0, in.Graphs, r.width()))
		c, q := h, must(ops.Full(r.x, 0, in.Graphs, 2*r.width()))
		for range p.Steps {
			h, c = cell.step(q, h, c)
			q = must(ops.Concat(h, r.attended(h)))
		}
		return p.regularized(sc, q)
	})
}

// attended is Σ_i softmax_i(x_i · h) x_i of each graph.
func (r reading) attended(h *G.Node) *G.Node {
	rows := r.x.Shape()[0]
	score := must(ops.RowDot(r.x, must(ops.Spread(h, r.seg, rows))))
	share := must(ops.SegmentSoftmax(score, r.seg))
	return must(ops.SegmentSum(must(ops.RowScale(r.x, share)), r.seg))
}

// lstm is the weights of an LSTM: four gates of n columns side by side.
type lstm struct {
	input, recurrent         *G.Node
	inputBias, recurrentBias *G.Node
	n                        int
}

// newLSTM is an LSTM on rows of so many columns, with n units.
func (t Trainable) newLSTM(sc *param.Scope, columns, n int) lstm {
	return lstm{
		input: t.kernel(sc, "input_kernel", columns, 4*n), recurrent: t.kernel(sc, "recurrent_kernel", n, 4*n),
		inputBias: t.bias(sc, "input_bias", 4*n), recurrentBias: t.bias(sc, "recurrent_bias", 4*n), n: n,
	}
}

// step is the next hidden and cell states for the input x.
func (l lstm) step(x, h, c *G.Node) (hidden, state *G.Node) {
	gates := must(G.Add(must(ops.Linear(x, l.input, l.inputBias, ops.Identity)),
		must(ops.Linear(h, l.recurrent, l.recurrentBias, ops.Identity))))
	gate := func(i int, a ops.Activation) *G.Node {
		return must(ops.Activate(must(ops.ColumnRange(gates, i*l.n, (i+1)*l.n)), a))
	}
	kept := must(ops.Hadamard(gate(1, ops.Sigmoid), c))
	state = must(G.Add(kept, must(ops.Hadamard(gate(0, ops.Sigmoid), gate(2, ops.Tanh)))))
	hidden = must(ops.Hadamard(gate(3, ops.Sigmoid), must(ops.Activate(state, ops.Tanh))))
	return hidden, state
}

// read is the hidden states of an LSTM that reads one x after the other,
// beginning with states of 0.
func (l lstm) read(xs []*G.Node) []*G.Node {
	hs := make([]*G.Node, len(xs))
	h := must(ops.Full(xs[0], 0, xs[0].Shape()[0], l.n))
	c := h
	for i, x := range xs {
		h, c = l.step(x, h, c)
		hs[i] = h
	}
	return hs
}
