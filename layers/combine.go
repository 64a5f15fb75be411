package layers

import (
	"errors"
	"fmt"
	"strconv"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Stack is a sequence of layers as one layer, as Sequence applies them, so a
// small network can be used as a layer.
//
// Modes: those of all its layers. Shapes: what the last layer gives; without
// layers the graph is passed on. The losses are those of all layers, in their
// order.
type Stack struct {
	Layers []Layer // none of them nil
	made
}

// NewStack is a Stack of the given layers.
func NewStack(ls ...Layer) *Stack { return &Stack{Layers: ls, made: byNew()} }

// Class implements Classed.
func (*Stack) Class() string { return "stack" }

// Apply implements Layer.
func (l *Stack) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub(l.Class())
	err := checkMade(l)
	if err == nil {
		err = l.check()
	}
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Sequence(sc, in, l.Layers...)
}

func (l *Stack) check() error {
	for i, next := range l.Layers {
		if isNil(next) {
			return fmt.Errorf("%s[%d] is nil", "Layers", i)
		}
	}
	return nil
}

// Block is the usual part of a network in one line: a convolution, a norm and
// an activation, as a Stack that can be taken apart and saved as any other.
//
//	layers.Block(layers.NewGCNConv(64), layers.NewBatchNorm(), ops.ReLU, 0.5)
//
// norm may be nil, a the identity, and dropout 0: then there is no such layer.
// Dropout comes last, and acts in training alone.
func Block(conv, norm Layer, a ops.Activation, dropout float64) *Stack {
	ls := []Layer{conv}
	if !isNil(norm) {
		ls = append(ls, norm)
	}
	if a != ops.Identity {
		ls = append(ls, NewActivation(a))
	}
	if dropout != 0 {
		ls = append(ls, NewDropout(dropout))
	}
	return NewStack(ls...)
}

// Combination is how the outputs of several layers become one.
type Combination string

// The combinations of outputs y_l, shaped alike but for the width where they
// stand side by side.
const (
	CombineConcat Combination = "concat" // (y_1, y_2, …); also the zero value
	CombineMax    Combination = "max"    // the largest of each feature; equal ones share the gradient
	CombineSum    Combination = "sum"    // Σ_l y_l
	CombineMean   Combination = "mean"   // Σ_l y_l over their number
)

func (c Combination) check() error {
	switch c {
	case "", CombineConcat, CombineMax, CombineSum, CombineMean:
		return nil
	}
	return unwanted("Combination", strconv.Quote(string(c)), fmt.Sprintf("%s, %s, %s or %s", CombineConcat, CombineMax, CombineSum, CombineMean))
}

// of is the combination of features of the same rows.
func (c Combination) of(ys []*G.Node) *G.Node {
	if c == "" || c == CombineConcat {
		return must(ops.Concat(ys...))
	}
	for _, y := range ys {
		if !y.Shape().Eq(ys[0].Shape()) {
			ensure(fmt.Errorf("outputs of shapes %v and %v, want one shape for their %s", ys[0].Shape(), y.Shape(), c))
		}
	}
	if c == CombineMax {
		return largest(ys)
	}
	sum := ys[0]
	for _, y := range ys[1:] {
		sum = must(G.Add(sum, y))
	}
	if c == CombineMean {
		return must(ops.Affine(sum, 1/float64(len(ys)), 0))
	}
	return sum
}

// largest is the maximum of tensors of one shape: of a matrix with one in each
// row, by column.
func largest(ys []*G.Node) *G.Node {
	flat := make([]*G.Node, len(ys))
	for i, y := range ys {
		flat[i] = must(ops.Reshape(y, y.Shape().TotalSize()))
	}
	rows := must(ops.Transpose(must(ops.Columns(flat...))))
	return must(ops.Reshape(must(ops.SegmentMax(rows, ops.OneSegment())), ys[0].Shape()...))
}

// Joined applies several layers to the same input and combines their outputs:
// for example the sum and the maximum of a graph, or convolutions of several
// kinds.
//
//	X' = (layer_1(X), layer_2(X), …), or their maximum, sum or mean
//
// Modes: those of all layers. Shapes: X' has the rows that the layers give,
// all as many, and as many columns as all outputs have, or as each has. The
// rest of the graph is what the first layer gives. The losses are those of all
// layers.
// Gradient: that of each layer.
type Joined struct {
	Layers      []Layer     // at least one, none of them nil
	Combination Combination // of their outputs; NewJoined sets concat
	made
}

// NewJoined is a Joined of the given layers, whose outputs stand side by side.
func NewJoined(ls ...Layer) *Joined {
	return &Joined{Layers: ls, Combination: CombineConcat, made: byNew()}
}

// Class implements Classed.
func (*Joined) Class() string { return "joined" }

// Apply implements Layer.
func (l *Joined) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return apply(l, sc, in, func(sc *param.Scope) Output {
		checkSeveral(in, l.Layers, l.Combination)
		all := make([]Output, len(l.Layers))
		for i, next := range l.Layers {
			out, err := next.Apply(sc, in)
			if err != nil {
				ensure(fmt.Errorf("%s[%d]: %w", "Layers", i, err))
			}
			if all[i] = out; out.Rows() != all[0].Rows() {
				ensure(fmt.Errorf("%s[%d] gives %d rows, want %d, as the first", "Layers", i, out.Rows(), all[0].Rows()))
			}
		}
		return l.Combination.join(all, 0)
	})
}

// checkSeveral errs unless there are layers to combine.
func checkSeveral(in modes.Graph, ls []Layer, c Combination) {
	ensure(in.Check())
	ensure(c.check())
	if len(ls) == 0 {
		ensure(errors.New("there are no Layers, want at least one"))
	}
	for i, l := range ls {
		if isNil(l) {
			ensure(fmt.Errorf("%s[%d] is nil", "Layers", i))
		}
	}
}

// join is output at of all with the features of all and the losses of all.
func (c Combination) join(all []Output, at int) Output {
	out := all[at]
	ys := make([]*G.Node, len(all))
	for i, o := range all {
		ys[i] = must(o.X.ToDense())
	}
	out.Losses = lossesOf(all)
	out.Graph = out.WithX(c.of(ys))
	return out
}

// lossesOf is the losses of all outputs, in their order.
func lossesOf(all []Output) (terms []losses.Term) {
	for _, o := range all {
		terms = append(terms, o.Losses...)
	}
	return terms
}
