package cluster

import (
	"context"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
)

// Trained is what a training gives.
type Trained struct {
	Shares   []float32 // the soft assignment, nodes×K
	Clusters []int     // the cluster of each node with the largest share, the first of several
	Loss     float64   // the last total

	Store  *param.Store   // the weights
	Layers []layers.Layer // the model: Z is the features of its input
}

// Train trains a model of its own: steps of cross entropy towards the labels
// start, where there are some (−1: none known of a node), then epochs on the
// losses of the method. restart is told to o.Progress only.
func (t *Task) Train(ctx context.Context, start []int, o Options, restart int) (*Trained, error) {
	if err := o.check(t.input.Nodes); err != nil {
		return nil, err
	}
	m, err := newModel(t, o, o.Seed)
	if err != nil {
		return nil, err
	}
	tell := func(phase Phase, step, steps int, total float64, ls []Loss) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return o.tell(Progress{Restart: restart, Phase: phase, Step: step, Steps: steps, Losses: ls, Total: total})
	}
	if start != nil && o.StartSteps > 0 {
		err := m.learn(start, o.StartSteps, o.Rate, func(step int, loss float64) error {
			return tell(PhaseStart, step, o.StartSteps, loss, nil)
		})
		if err != nil {
			return nil, err
		}
	}
	out := &Trained{Store: m.store, Layers: m.layers}
	if o.Epochs > 0 {
		out.Loss, err = m.train(o, func(step int, total float64, ls []Loss) error {
			return tell(PhaseTraining, step, o.Epochs, total, ls)
		})
		if err != nil {
			return nil, err
		}
	}
	if out.Shares, err = m.shares(); err != nil {
		return nil, err
	}
	out.Clusters = argmax(out.Shares, o.K)
	return out, nil
}

// train runs the epochs.
func (m *model) train(o Options, each func(epoch int, total float64, ls []Loss) error) (last float64, err error) {
	sc, out, err := m.build(true)
	if err != nil {
		return 0, err
	}
	fade, err := train.NewScalar(sc.Graph(), "fade", o.Dtype, 1)
	if err != nil {
		return 0, err
	}
	keep := make([]*G.Node, len(out.Losses))
	for i, l := range out.Losses {
		keep[i] = l.Node
		if slices.Contains(o.Method.Fading, l.Name) {
			out.Losses[i].Scale = fade.Node()
		}
	}
	total, err := losses.Total(out.Losses)
	if err != nil {
		return 0, err
	}
	t, err := train.New(sc, total, train.NewAdam(o.Rate), train.Options{Outputs: keep})
	if err != nil {
		return 0, err
	}
	defer func() { _ = t.Close() }() // nothing is lost with it
	schedule := train.Linear{From: 1, To: 0, Start: o.Epochs / 2, End: o.Epochs}
	for epoch := range o.Epochs {
		if err := fade.Set(schedule.At(epoch)); err != nil {
			return 0, err
		}
		if last, err = t.Step(); err != nil {
			return 0, err
		}
		ls, err := values(t, out.Losses)
		if err != nil {
			return 0, err
		}
		if err := each(epoch+1, last, ls); err != nil {
			return 0, err
		}
	}
	return last, nil
}

func values(t *train.Trainer, terms []losses.Term) ([]Loss, error) {
	out := make([]Loss, len(terms))
	for i, l := range terms {
		v, err := t.Scalar(l.Node)
		if err != nil {
			return nil, err
		}
		out[i] = Loss{l.Name, v}
	}
	return out, nil
}

func argmax(shares []float32, k int) []int {
	out := make([]int, len(shares)/k)
	for i := range out {
		row := shares[i*k : (i+1)*k]
		for c, v := range row {
			if v > row[out[i]] {
				out[i] = c
			}
		}
	}
	return out
}
