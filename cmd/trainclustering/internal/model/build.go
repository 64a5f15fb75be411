package model

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// model is a compiled clustering model: an encoder, a pooling layer, and the
// training of both.
type model struct {
	cfg      Config
	method   Method
	host     *modes.Host
	store    *param.Store
	out      layers.Output
	trainer  *train.Trainer
	anneal   *train.Scalar // multiplies the weight of method.Anneals; nil where all stay
	schedule train.Schedule
}

func newModel(host *modes.Host, cfg Config) (*model, error) {
	method, err := Lookup(cfg.Method)
	if err != nil {
		return nil, err
	}
	dt := tensor.Float32
	if cfg.Dtype == Float64 {
		dt = tensor.Float64
	}
	store, err := param.NewStore(dt, cfg.Seed)
	if err != nil {
		return nil, err
	}
	m := &model{cfg: cfg, method: method, host: host, store: store}
	sc := store.Scope(G.NewGraph(), true)
	if cfg.Anneal == AnnealLinear && method.Anneals != "" {
		m.schedule = train.Linear{From: 1, To: 0, Start: cfg.Epochs / 2, End: cfg.Epochs}
		if m.anneal, err = train.NewScalar(sc.Graph(), "anneal", dt, 1); err != nil {
			return nil, err
		}
	}
	if m.out, err = m.build(sc); err != nil {
		return nil, err
	}
	total, err := losses.Total(m.weigh(m.out.Losses))
	if err != nil {
		return nil, err
	}
	outputs := []*G.Node{m.out.Selection.Assignment, m.out.X.Dense, m.out.A.(modes.DenseAdj).Node}
	for _, t := range m.out.Losses {
		outputs = append(outputs, t.Node)
	}
	m.trainer, err = train.New(sc, total, train.NewAdam(cfg.LR), train.Options{Outputs: outputs})
	return m, err
}

// build is the encoder and the pooling layer on one expression graph.
func (m *model) build(sc *param.Scope) (layers.Output, error) {
	in, err := modes.NewSingle(sc.Graph(), "graph", m.host, sc.Dtype())
	if err != nil {
		return layers.Output{}, err
	}
	var stack []layers.Layer
	for _, units := range m.cfg.Hidden {
		l, err := newEncoder(m.cfg.Encoder, units)
		if err != nil {
			return layers.Output{}, err
		}
		stack = append(stack, l)
	}
	return layers.Sequence(sc, in, append(stack, m.method.Pooler(m.cfg))...)
}

// float32s is a tensor's values, narrowed.
func float32s(v G.Value) ([]float32, error) {
	switch x := v.Data().(type) {
	case []float32:
		return append([]float32{}, x...), nil
	case []float64:
		y := make([]float32, len(x))
		for i, v := range x {
			y[i] = float32(v)
		}
		return y, nil
	}
	return nil, fmt.Errorf("a tensor of %v, want float32 or float64", v.Dtype())
}
