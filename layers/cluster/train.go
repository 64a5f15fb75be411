package cluster

import (
	"context"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/losses/metrics"
)

// Trained is what a training gives.
type Trained struct {
	Shares   []float32 // the soft assignment, nodes×K
	Clusters []int     // the cluster of each node with the largest share, the first of several
	Loss     float64   // the last total
	Epochs   int       // done

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
	cut, err := t.cut(start)
	if err != nil {
		return nil, err
	}
	m, err := newModel(t, o, cut)
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
		input, labels := t.startInput(start, o.Seed)
		err := m.learn(input, labels, o.StartSteps, o.Rate, func(step int, loss float64) error {
			return tell(PhaseStart, step, o.StartSteps, loss, nil)
		})
		if err != nil {
			return nil, err
		}
	}
	out := &Trained{Store: m.store, Layers: m.layers}
	if o.Epochs > 0 {
		out.Loss, out.Epochs, err = m.train(o, func(step int, total float64, ls []Loss) error {
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

// cut is the share of the edges that clusters cut, in the graph that the
// training sees; 1 without clusters or edges.
func (t *Task) cut(clusters []int) (float64, error) {
	if clusters == nil {
		return 1, nil
	}
	p := t.input.Pattern
	c, err := metrics.Conductance(metrics.Graph{RowPtr: p.Ptr(), Col: p.Col(), Weights: t.input.Weights}, clusters)
	if err != nil || math.IsNaN(c) {
		return 1, err
	}
	return c, nil
}

// train runs the epochs and gives the last total and their number.
func (m *model) train(o Options, each func(epoch int, total float64, ls []Loss) error) (last float64, done int, err error) {
	sc, out, err := m.build(m.input, true)
	if err != nil {
		return 0, 0, err
	}
	fade, err := train.NewScalar(sc.Graph(), "fade", o.Dtype, 1)
	if err != nil {
		return 0, 0, err
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
		return 0, 0, err
	}
	t, err := train.New(sc, total, train.NewAdam(o.Rate), train.Options{Keep: keep})
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = t.Close() }() // nothing is lost with it
	pace := newPace(o)
	for !pace.done() {
		if err := fade.Set(pace.weight()); err != nil {
			return 0, 0, err
		}
		if last, err = t.Step(); err != nil {
			return 0, 0, err
		}
		pace.step(last)
		ls, err := values(t, out.Losses)
		if err != nil {
			return 0, 0, err
		}
		if err := each(pace.epochs, last, ls); err != nil {
			return 0, 0, err
		}
	}
	return last, pace.epochs, nil
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
