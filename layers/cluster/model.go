package cluster

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// model is the layers and their weights: softmax(SELU(Z·W₀ + b₀)·W + b).
type model struct {
	input  *modes.Host
	store  *param.Store
	layers []layers.Layer
}

func newModel(t *Task, o Options, cut float64) (*model, error) {
	store, err := param.NewStore(o.Dtype, o.Seed)
	if err != nil {
		return nil, err
	}
	return &model{input: t.input, store: store, layers: append(o.encoder(), o.Method.Pool(o.K, cut))}, nil
}

func (o Options) encoder() []layers.Layer {
	if o.Encoder != nil {
		return o.Encoder()
	}
	hidden := layers.NewDense(o.Units)
	hidden.Activation = ops.SELU
	return []layers.Layer{hidden}
}

// build adds the model to a new expression graph.
func (m *model) build(input *modes.Host, training bool) (sc *param.Scope, in modes.Graph, out layers.Output, err error) {
	sc = m.store.Scope(G.NewGraph(), training)
	if in, err = modes.NewSingle(sc.Graph(), "graph", input, sc.Dtype()); err == nil {
		out, err = layers.Sequence(sc, in, m.layers...)
	}
	return sc, in, out, err
}

// learn makes the clusters that have these logits like the labels, −1 for none, by
// steps of cross entropy.
func (m *model) learn(sc *param.Scope, logits *G.Node, labels []int, steps int, rate float64, each func(step int, loss float64) error) error {
	if logits == nil {
		return fmt.Errorf("cluster: the pooling layer has no logits, want a soft one")
	}
	want := G.NodeFromAny(sc.Graph(), tensor.New(tensor.WithShape(len(labels)), tensor.WithBacking(append([]int(nil), labels...))), G.WithName("start"))
	loss, err := losses.CrossEntropy(logits, want, nil)
	if err != nil {
		return err
	}
	t, err := train.New(sc, loss, train.NewAdam(rate), train.Options{NoPenalties: true})
	if err != nil {
		return err
	}
	defer func() { _ = t.Close() }() // nothing is lost with it
	for i := range steps {
		v, err := t.Step()
		if err != nil {
			return err
		}
		if err := each(i+1, v); err != nil {
			return err
		}
	}
	return nil
}

// shares is the soft assignment, nodes×K.
func (m *model) shares() ([]float32, error) {
	_, _, out, err := m.build(m.input, false)
	if err != nil {
		return nil, err
	}
	values, err := train.Evaluate(out.Selection.Assignment)
	if err != nil {
		return nil, err
	}
	return float32s(values[0])
}

// float32s is a tensor's numbers as float32, copied.
func float32s(v G.Value) ([]float32, error) {
	switch x := v.Data().(type) {
	case []float32:
		return append([]float32(nil), x...), nil
	case []float64:
		y := make([]float32, len(x))
		for i, v := range x {
			y[i] = float32(v)
		}
		return y, nil
	}
	return nil, fmt.Errorf("cluster: a tensor of %v, want float32 or float64", v.Dtype())
}
