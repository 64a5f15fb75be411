package layers

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// JumpingKnowledge is a sequence of layers that returns the outputs of all
// layers, not only of the last one, so each node has features of its near and
// of its wide neighbourhood:
//
//	X_l = layer_l(X_{l−1}),  X' = (X_1, X_2, …), or their maximum, sum or mean
//
// With LSTM, each node weights the outputs of the layers. Two LSTMs read the
// outputs of the L layers, one from first to last and one from last to first:
//
//	X' = Σ_l α_l X_l,  α = softmax_l(p · (→h_l, ←h_l))
//
// The combination then has no effect. The X_l must have the same width C; an
// LSTM has max(1, ⌊L·C/2⌋) units, in the scopes forward and backward; p is the
// weight att. Kernels start as Glorot uniform and biases as 0.
//
// Modes: those of all layers, none of which may change the nodes. Shapes: X'
// has X's rows, and as many columns as all X_l have, or as each has. A is what
// the last layer passes on. The losses are those of all layers.
// Gradient: that of each layer, and of the LSTMs.
//
// As PyG's JumpingKnowledge around its layers; without the bias of its score,
// which does not change a softmax. Source: Xu et al., Representation Learning on
// Graphs with Jumping Knowledge Networks, ICML 2018, arXiv 1806.03536.
type JumpingKnowledge struct {
	Layers      []Layer     // at least one, none of them nil
	Combination Combination // of their outputs; NewJumpingKnowledge sets concat
	LSTM        bool        // each node weighs the outputs, in place of the combination
	made
}

// NewJumpingKnowledge is a JumpingKnowledge of the given layers, whose outputs
// stand side by side.
func NewJumpingKnowledge(ls ...Layer) *JumpingKnowledge {
	return &JumpingKnowledge{Layers: ls, Combination: CombineConcat, made: byNew()}
}

// Class implements Classed.
func (*JumpingKnowledge) Class() string { return "jumpingknowledge" }

// Apply implements Layer.
func (l *JumpingKnowledge) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return apply(l, sc, in, func(sc *param.Scope) Output {
		checkSeveral(in, l.Layers, l.Combination)
		all, at := make([]Output, len(l.Layers)), in
		for i, next := range l.Layers {
			all[i] = within(sc, fmt.Sprintf("Layers[%d]", i), next, at)
			at = all[i].Graph
		}
		last := len(all) - 1
		if !l.LSTM {
			return l.Combination.join(all, last)
		}
		out := all[last]
		out.Graph = out.WithX(byGraph(in, weighed(sc, rowsOf(all))))
		out.Losses = lossesOf(all)
		return out
	})
}

// weighed is Σ_l α_l X_l.
func weighed(sc *param.Scope, xs []*G.Node) *G.Node {
	c := xs[0].Shape()[1]
	for _, x := range xs {
		if x.Shape()[1] != c {
			ensure(fmt.Errorf("outputs of %d and %d columns, want one width for an LSTM", c, x.Shape()[1]))
		}
	}
	var t Trainable
	units := max(1, len(xs)*c/2)
	forth := t.newLSTM(sc.Sub("forward"), c, units).read(xs)
	last := slices.Clone(xs)
	slices.Reverse(last)
	back := t.newLSTM(sc.Sub("backward"), c, units).read(last)
	att := t.kernel(sc, "att", 2*units, 1)
	scores := make([]*G.Node, len(xs))
	for i := range xs {
		h := must(ops.Concat(forth[i], back[len(xs)-1-i]))
		scores[i] = must(ops.Column(must(ops.Linear(h, att, nil, ops.Identity)), 0))
	}
	alpha := must(ops.SoftMax(must(ops.Columns(scores...)), 1))
	var sum *G.Node
	for i, x := range xs {
		y := must(ops.RowScale(x, must(ops.Column(alpha, i))))
		if sum == nil {
			sum = y
		} else {
			sum = must(G.Add(sum, y))
		}
	}
	return sum
}

// rowsOf is the features of each output, as matrices of all rows.
func rowsOf(all []Output) []*G.Node {
	xs := make([]*G.Node, len(all))
	for i, o := range all {
		xs[i] = asRows(must(o.X.ToDense()))
	}
	return xs
}
