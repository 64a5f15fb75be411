package model

import (
	"time"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Train is the Trainer over package layers. An epoch is the forward pass
// with the pooled features and adjacency, the losses, their gradients, and a
// step of Adam.
func Train(g *graphfile.Graph, cfg Config, onEpoch EpochFunc) ([]float32, error) {
	host, err := g.Host()
	if err != nil {
		return nil, err
	}
	m, err := newModel(host, cfg)
	if err != nil {
		return nil, err
	}
	defer func() { _ = m.trainer.Close() }() // nothing is lost with it
	for epoch := 1; epoch <= cfg.Epochs; epoch++ {
		r, err := m.step(epoch)
		if err != nil {
			return nil, err
		}
		if err := onEpoch(epoch, r); err != nil {
			return nil, err
		}
	}
	return m.assignments()
}

// step is one epoch, counted from 1.
func (m *model) step(epoch int) (EpochResult, error) {
	if m.anneal != nil {
		if err := m.anneal.Set(m.schedule.At(epoch - 1)); err != nil {
			return EpochResult{}, err
		}
	}
	started := time.Now()
	total, err := m.trainer.Step()
	if err != nil {
		return EpochResult{}, err
	}
	r := EpochResult{Total: total, Seconds: time.Since(started).Seconds()}
	for _, t := range m.out.Losses {
		v, err := m.trainer.Scalar(t.Node)
		if err != nil {
			return EpochResult{}, err
		}
		r.Losses = append(r.Losses, NamedLoss{Name: t.Name, Value: v})
	}
	return r, nil
}

// assignments is the soft assignment by the weights as they are now.
func (m *model) assignments() ([]float32, error) {
	out := m.out
	if m.cfg.Dropout > 0 { // the training graph drops; another one does not
		var err error
		if out, err = m.build(m.store.Scope(G.NewGraph(), false)); err != nil {
			return nil, err
		}
		values, err := train.Evaluate(out.Selection.Assignment)
		if err != nil {
			return nil, err
		}
		return float32s(values[0])
	}
	if err := m.trainer.Fetch(out.Selection.Assignment); err != nil {
		return nil, err
	}
	if _, err := m.trainer.Run(); err != nil {
		return nil, err
	}
	v, err := m.trainer.Value(out.Selection.Assignment)
	if err != nil {
		return nil, err
	}
	return float32s(v)
}

// weigh sets the weights of a pooling layer's losses, and makes one of them
// fall where that is asked.
func (m *model) weigh(terms []losses.Term) []losses.Term {
	for i, t := range terms {
		for _, w := range m.cfg.LossWeights {
			if w.Name == t.Name {
				terms[i].Weight = w.Value
			}
		}
		if m.anneal != nil && t.Name == m.method.Anneals {
			terms[i].Scale = m.anneal.Node()
		}
	}
	return terms
}
