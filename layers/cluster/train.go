package cluster

import (
	"context"
	"math"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
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
	tr, err := t.NewTraining(o, start)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tr.Close() }() // nothing is lost with it
	tell := func(phase Phase, step, steps int, total float64, ls []Loss) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return o.tell(Progress{Restart: restart, Phase: phase, Step: step, Steps: steps, Losses: ls, Total: total})
	}
	err = tr.Learn(ctx, func(step int, loss float64) error {
		return tell(PhaseStart, step, o.StartSteps, loss, nil)
	})
	if err != nil {
		return nil, err
	}
	for !tr.Done() {
		e, err := tr.Step()
		if err != nil {
			return nil, err
		}
		if err := tell(PhaseTraining, e.Number, o.Epochs, e.Total, e.Losses); err != nil {
			return nil, err
		}
	}
	if err := tr.Close(); err != nil { // its memory serves for the shares
		return nil, err
	}
	return tr.Trained()
}

// cut is the share of the edges that clusters cut, in the graph that the
// training sees; 1 without clusters or edges.
func (t *Task) cut(clusters []int) (float64, error) {
	if clusters == nil {
		return 1, nil
	}
	g := t.Graph
	if p := t.input.Pattern; !t.Raw() {
		g = metrics.Graph{RowPtr: p.Ptr(), Col: p.Col(), Weights: t.input.Weights}
	}
	c, err := metrics.Conductance(g, clusters)
	if err != nil || math.IsNaN(c) {
		return 1, err
	}
	return c, nil
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
