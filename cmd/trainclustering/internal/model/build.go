package main

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

// model is a compiled clustering model: an encoder, a pooling layer, and the
// training of both.
type model struct {
	cfg      trainConfig
	host     *modes.Host
	store    *param.Store
	out      layers.Output
	trainer  *train.Trainer
	anneal   *train.Scalar // multiplies the weight of the cluster loss; nil where it stays
	schedule train.Schedule
}

func newModel(host *modes.Host, cfg trainConfig) (*model, error) {
	dt := tensor.Float32
	if cfg.Dtype == "float64" {
		dt = tensor.Float64
	}
	store, err := param.NewStore(dt, cfg.Seed)
	if err != nil {
		return nil, err
	}
	m := &model{cfg: cfg, host: host, store: store}
	sc := store.Scope(G.NewGraph(), true)
	if cfg.Anneal == "linear" && cfg.Method == "dmon" {
		m.schedule = train.Linear{From: 1, To: 0, Start: cfg.Epochs / 2, End: cfg.Epochs}
		if m.anneal, err = train.NewScalar(sc.Graph(), "anneal", dt, 1); err != nil {
			return nil, err
		}
	}
	if m.out, err = m.build(sc); err != nil {
		return nil, err
	}
	total, err := losses.Total(m.weigh(m.out.Losses, cfg))
	if err != nil {
		return nil, err
	}
	keep := []*G.Node{m.out.Selection.Assignment, m.out.X.Dense, m.out.A.(modes.DenseAdj).Node}
	for _, t := range m.out.Losses {
		keep = append(keep, t.Node)
	}
	m.trainer, err = train.New(sc, total, train.NewAdam(cfg.LR), train.Options{Outputs: keep})
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
		l, err := encoder(m.cfg.Encoder, units)
		if err != nil {
			return layers.Output{}, err
		}
		stack = append(stack, l)
	}
	p, err := pooler(m.cfg)
	if err != nil {
		return layers.Output{}, err
	}
	return layers.Sequence(sc, in, append(stack, p)...)
}

// encoder is a layer of the encoder of that name.
func encoder(name string, units int) (layers.Layer, error) {
	switch name {
	case "gcn":
		l := layers.NewGCNConv(units)
		l.Activation = ops.SELU
		return l, nil
	case "gcn-skip":
		return layers.NewGCNSkipConv(units), nil
	case "mlp":
		l := layers.NewDense(units)
		l.Activation = ops.SELU
		return l, nil
	}
	return nil, fmt.Errorf("encoder = %q, want gcn, gcn-skip or mlp", name)
}

// pooler is the pooling layer of the method, with an orthogonal head.
func pooler(cfg trainConfig) (layers.Layer, error) {
	switch cfg.Method {
	case "dmon":
		p := layers.NewDMoNPool(cfg.K)
		p.Dropout, p.Kernel.Init = cfg.Dropout, param.Orthogonal{}
		return p, nil
	case "mincut":
		p := layers.NewMinCutPool(cfg.K)
		p.Dropout, p.Kernel.Init = cfg.Dropout, param.Orthogonal{}
		return p, nil
	}
	return nil, fmt.Errorf("method = %q, want dmon or mincut", cfg.Method)
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
