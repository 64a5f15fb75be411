package stream

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// blockGraph is the model on so many rows: an expression graph of its own, bound
// to the weights of the store. One serves all blocks, whose features are swapped
// in.
type blockGraph struct {
	rows   int
	inputs []modes.Graph // one for each hop
	sc     *param.Scope
	hidden *G.Node // what the first layer gives, rows×units; nil where the pooler is alone
	known  *G.Node // its value, where it is not computed; nil where it is
	s      *G.Node // S, rows×K
}

// newBlockGraph builds the model on rows nodes of width features. Where recall is
// set, what the first layer gives is an input, known, if there is a layer of which
// it can be.
func newBlockGraph(store *param.Store, ls []layers.Layer, rows, width int, recall bool) (*blockGraph, error) {
	hops, err := layers.HopsOf(ls...)
	if err != nil {
		return nil, err
	}
	b := &blockGraph{rows: rows, sc: store.Scope(G.NewGraph(), true)}
	for i := range hops {
		h := &modes.Host{Nodes: rows, X: tensor.New(tensor.Of(store.Dtype()), tensor.WithShape(rows, width))}
		in, err := modes.NewSingle(b.sc.Graph(), fmt.Sprintf("hop %d", i), h, store.Dtype())
		if err != nil {
			return nil, err
		}
		b.inputs = append(b.inputs, in)
	}
	first, rest, err := layers.FirstRows(b.sc, b.inputs, ls...)
	if err != nil {
		return nil, err
	}
	if len(rest) < len(ls) {
		b.hidden = first.X.Dense
	}
	if recall && b.hidden != nil {
		if err := b.recall(&first); err != nil {
			return nil, err
		}
	}
	sel, err := layers.RestRows(b.sc, first, rest...)
	if err != nil {
		return nil, err
	}
	if b.s = sel.Assignment; b.s == nil || b.s.Dims() != 2 {
		return nil, errors.New("stream: the pooler gives no assignment")
	}
	return b, nil
}

// recall makes what the first layer gives an input, where its derivative can do
// without computing it.
func (b *blockGraph) recall(first *modes.Graph) error {
	known := G.NewMatrix(b.sc.Graph(), b.sc.Dtype(), G.WithShape(b.hidden.Shape()...), G.WithName("hidden"))
	recalled, ok, err := ops.Recall(b.hidden, known)
	if ok {
		b.known, first.X.Dense = known, recalled
	}
	return err
}

// clusters is K.
func (b *blockGraph) clusters() int { return b.s.Shape()[1] }

// set swaps the features of a block in, one tensor for each hop.
func (b *blockGraph) set(x []*tensor.Dense) error {
	for i, in := range b.inputs {
		if err := G.Let(in.X.Dense, x[i]); err != nil {
			return err
		}
	}
	return nil
}

// forward computes S of a block, and other nodes of its graph.
type forward struct {
	*blockGraph
	eval *train.Evaluator
}

func newForward(b *blockGraph, others ...*G.Node) (*forward, error) {
	if param.CheckEvaluates(b.sc.Graph()) != nil {
		return nil, errors.New("stream: the model has dropout or statistics of the batch, want none: the passes over a block have to agree")
	}
	eval, err := train.NewEvaluator(append([]*G.Node{b.s}, others...)...)
	return &forward{b, eval}, err
}

// run writes S of the block into the first of values, rows×K, and the others
// behind it.
func (f *forward) run(x []*tensor.Dense, values ...*tensor.Dense) error {
	if err := f.set(x); err != nil {
		return err
	}
	return f.eval.RunInto(values...)
}

// backward computes the gradient of ⟨C, Y⟩ for a constant C. Where S is a softmax,
// Y is what it is the softmax of, so that S, which is known, is not computed again:
//
//	C = ∂L/∂Y = S ⊙ (D − Σ_k D_k S_k) / τ,  D = ∂L/∂S
//
// Otherwise Y is S and C is D.
type backward struct {
	*blockGraph
	c           *G.Node
	temperature float64 // τ; 0: S is no softmax
	trainer     *train.Trainer
}

func newBackward(b *blockGraph) (*backward, error) {
	y, temperature, err := ops.LogitsOf(b.s)
	if err != nil {
		return nil, err
	}
	if y == nil {
		y = b.s
	}
	c := G.NewMatrix(b.sc.Graph(), b.sc.Dtype(), G.WithShape(y.Shape()...), G.WithName("dL/dY"))
	dots, err := ops.RowDot(y, c)
	if err != nil {
		return nil, err
	}
	sum, err := ops.Sum(dots)
	if err != nil {
		return nil, err
	}
	constants := G.Nodes{c}
	if b.known != nil {
		constants = append(constants, b.known)
	}
	t, err := train.New(b.sc, sum, nil, train.Options{NoPenalties: true, GradientsOnly: true, Constants: constants})
	return &backward{b, c, temperature, t}, err
}

// run computes the gradients, which trainer.Gradient gives until the next run.
// known is what the first layer gave, where the graph does not compute it.
func (b *backward) run(x []*tensor.Dense, c, known *tensor.Dense) error {
	if err := b.set(x); err != nil {
		return err
	}
	if err := G.Let(b.c, c); err != nil {
		return err
	}
	if b.known != nil {
		if err := G.Let(b.known, known); err != nil {
			return err
		}
	}
	_, err := b.trainer.Run()
	return err
}
