package stream

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
)

// update is the step on the weights, once the gradients are known: a trainer of
//
//	L = Σ_w ⟨g_w, w⟩ + the penalties of the weights
//
// whose derivative is g_w and that of the penalties. So clipping, the solver, the
// schedule, constraints and checkpoints are those of package train.
type update struct {
	trainer   *train.Trainer
	gradients map[string]*tensor.Dense // the inputs g, by path
	penalties []*G.Node
}

// newUpdate builds the trainer of a model's weights.
func newUpdate(store *param.Store, ls []layers.Layer, width int, solver G.Solver, o train.Options) (*update, error) {
	b, err := newBlockGraph(store, ls, 1, width, false)
	if err != nil {
		return nil, err
	}
	u := &update{gradients: map[string]*tensor.Dense{}}
	if u.penalties, err = b.sc.Penalties(); err != nil {
		return nil, err
	}
	loss, regularized, err := u.linear(b.sc)
	if err != nil {
		return nil, err
	}
	if len(u.penalties) != regularized {
		return nil, errors.New("stream: a layer has an activity regulariser, which is of all rows at once, want none")
	}
	o.Outputs = append(append(G.Nodes{}, o.Outputs...), u.penalties...)
	u.trainer, err = train.New(b.sc, loss, solver, o)
	return u, err
}

// linear is Σ ⟨g, w⟩ over the weights that are trained, and how many of them have
// a penalty.
func (u *update) linear(sc *param.Scope) (loss *G.Node, regularized int, err error) {
	g := sc.Graph()
	for _, w := range sc.Used() {
		if w.Spec.Frozen {
			continue
		}
		if w.Spec.Regularizer != nil {
			regularized++
		}
		shape := w.Tensor.Shape()
		t := tensor.New(tensor.Of(sc.Dtype()), tensor.WithShape(shape...))
		n := G.NewTensor(g, sc.Dtype(), shape.Dims(), G.WithShape(shape...), G.WithName("gradient of "+w.Path), G.WithValue(t))
		product, err := G.HadamardProd(n, w.Node)
		if err != nil {
			return nil, 0, err
		}
		term, err := G.Sum(product)
		if err != nil {
			return nil, 0, err
		}
		if loss != nil {
			if term, err = G.Add(loss, term); err != nil {
				return nil, 0, err
			}
		}
		loss, u.gradients[w.Path] = term, t
	}
	if loss == nil {
		return nil, 0, errors.New("stream: the model trains no weight")
	}
	return loss, regularized, nil
}

// step is one step of the solver down these gradients. It gives the penalties
// before it.
func (u *update) step(g Gradients) (penalties float64, err error) {
	for path, t := range u.gradients {
		x, ok := g[path]
		if !ok || len(x) != t.Shape().TotalSize() {
			return 0, fmt.Errorf("stream: the gradient of %s has %d numbers, want %d", path, len(x), t.Shape().TotalSize())
		}
		switch to := t.Data().(type) {
		case []float64:
			copy(to, x)
		case []float32:
			for i, v := range x {
				to[i] = float32(v)
			}
		}
	}
	if _, err := u.trainer.Step(); err != nil {
		return 0, err
	}
	for _, p := range u.penalties {
		v, err := u.trainer.Scalar(p)
		if err != nil {
			return 0, err
		}
		penalties += v
	}
	return penalties, nil
}
