package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
)

// clocked is what --time prints.
type clocked struct {
	Seconds float64 `json:"seconds"` // the median of the epochs
	CPU     float64 `json:"cpu"`     // the mean; 0: not known
	Peak    int64   `json:"peak_bytes"`
	Loss    float64 `json:"loss"` // of the last epoch
	Padding float64 `json:"padding"`
}

// clock trains a model on all graphs of a data set for so many epochs after a
// first one, which compiles and is not counted, and prints what one takes.
func (c *config) clock(w io.Writer) error {
	if len(c.datasets) != 1 || len(c.models) != 1 {
		return fmt.Errorf("--time with %d data sets and %d models, want one of each", len(c.datasets), len(c.models))
	}
	d, err := read(c.data, c.datasets[0], c.Seed)
	if err != nil {
		return err
	}
	l, err := modes.NewLoader(d.graphs, modes.GraphClasses(d.labels), c.loader(0))
	if err != nil {
		return err
	}
	out, err := c.epochsOf(d, l)
	if err != nil {
		return err
	}
	out.Padding, out.Peak = l.Report(0).Padding(), peak()
	return json.NewEncoder(w).Encode(out)
}

func (c *config) epochsOf(d *dataset, l *modes.Loader) (out clocked, err error) {
	store, err := param.NewStore(tensor.Float32, c.Seed)
	if err != nil {
		return out, err
	}
	var ends []time.Time
	var used float64 // when the first epoch ended
	_, err = train.Fit(store, c.classifier(d, c.models[0]).build, train.FitOptions{
		Training: l, Epochs: 1 + c.time, Solver: train.NewAdamW(c.Rate, c.Decay),
		OnEpoch: func(e train.Epoch) error {
			if ends = append(ends, time.Now()); e.Number == 0 {
				used = cpu()
			}
			out.Loss = e.Loss
			return nil
		},
	})
	if err != nil {
		return out, err
	}
	out.CPU = (cpu() - used) / float64(c.time)
	var seconds []float64
	for i := range c.time {
		seconds = append(seconds, ends[i+1].Sub(ends[i]).Seconds())
	}
	slices.Sort(seconds)
	out.Seconds = (seconds[(c.time-1)/2] + seconds[c.time/2]) / 2
	return out, nil
}
