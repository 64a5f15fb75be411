package main

import (
	"time"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// trainConfig is all that one restart of the training depends on, besides the
// graph: the same graph and configuration give the same bits.
type trainConfig struct {
	Method      string       // "dmon" or "mincut"
	K           int          // number of clusters, 1 to the number of nodes
	Hidden      []int        // widths of the encoder's layers, each at least 1
	Encoder     string       // "gcn", "gcn-skip" or "mlp"
	Epochs      int          // at least 1
	LR          float64      // Adam's rate, finite and above 0
	Dropout     float64      // in [0, 1)
	LossWeights []lossWeight // one for each loss of the method, in a fixed order
	Anneal      string       // "linear": the cluster loss's weight falls to 0 over the second half; "none"
	Dtype       string       // "float32" or "float64"
	Seed        uint64
}

// lossWeight says what a loss counts in the total.
type lossWeight struct {
	Name  string
	Value float64
}

// namedLoss is the value of one loss, before its weight.
type namedLoss struct {
	Name  string
	Value float64
}

// epochResult is what one epoch gave.
type epochResult struct {
	Losses  []namedLoss // in the same order at every epoch; the callee copies it
	Total   float64     // the weighted sum that was minimised
	Seconds float64     // wall clock of the training step alone
}

// epochFunc is told of each epoch, counted from 1. An error stops the training
// and comes back from trainOnce, wrapped or not.
type epochFunc func(epoch int, r epochResult) error

// trainer trains one restart and returns the soft assignments, row by row:
// nodes × K numbers of which each row sums to 1.
type trainer func(g *graphfile.Graph, cfg trainConfig, onEpoch epochFunc) ([]float32, error)

// trainOnce is the trainer over package layers. An epoch is the forward pass
// with the pooled features and adjacency, the losses, their gradients, and a
// step of Adam.
func trainOnce(g *graphfile.Graph, cfg trainConfig, onEpoch epochFunc) ([]float32, error) {
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
func (m *model) step(epoch int) (epochResult, error) {
	if m.anneal != nil {
		if err := m.anneal.Set(m.schedule.At(epoch - 1)); err != nil {
			return epochResult{}, err
		}
	}
	started := time.Now()
	total, err := m.trainer.Step()
	if err != nil {
		return epochResult{}, err
	}
	r := epochResult{Total: total, Seconds: time.Since(started).Seconds()}
	for _, t := range m.out.Losses {
		v, err := m.trainer.Scalar(t.Node)
		if err != nil {
			return epochResult{}, err
		}
		r.Losses = append(r.Losses, namedLoss{Name: t.Name, Value: v})
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

// weigh sets the weights of a pooling layer's losses, and makes that of the
// cluster loss fall where asked.
func (m *model) weigh(terms []losses.Term, cfg trainConfig) []losses.Term {
	for i, t := range terms {
		for _, w := range cfg.LossWeights {
			if w.Name == t.Name {
				terms[i].Weight = w.Value
			}
		}
		if t.Name == losses.NameCluster && m.anneal != nil {
			terms[i].Scale = m.anneal.Node()
		}
	}
	return terms
}
