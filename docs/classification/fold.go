package main

import (
	"time"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses/metrics/classify"
	"github.com/graphpool/graphpool/modes"
)

// parts is the positions of the graphs of each part.
type parts struct{ training, validation, test []int }

// fit trains a model on one part, chooses its weights by another and tests them
// on the third.
func (c *config) fit(d *dataset, l *modes.Loader, model string, p parts) (out tested, err error) {
	store, err := param.NewStore(tensor.Float32, c.Seed)
	if err != nil {
		return out, err
	}
	build := c.classifier(d, model).build
	o := train.FitOptions{
		Epochs: c.Epochs, Solver: train.NewAdamW(c.Rate, c.Decay),
		Plateau: &train.Plateau{Rate: c.Rate, Factor: .5, Patience: c.Patience / 3, Least: c.Rate / 50},
		Stop:    &train.EarlyStopping{Patience: c.Patience},
	}
	if o.Training, err = l.Part(p.training, false); err != nil {
		return out, err
	}
	if o.Validation, err = l.Part(p.validation, true); err != nil {
		return out, err
	}
	start, used := time.Now(), cpu()
	got, err := train.Fit(store, build, o)
	if err != nil {
		return out, err
	}
	out.epochs = len(got.History)
	out.seconds = time.Since(start).Seconds() / float64(out.epochs)
	out.cpu = (cpu() - used) / float64(out.epochs)
	out.padding = o.Training.Report(0).Padding()
	test, err := l.Part(p.test, true)
	if err != nil {
		return out, err
	}
	predictor, err := train.NewPredictor(store, build)
	if err != nil {
		return out, err
	}
	defer func() { _ = predictor.Close() }()
	if out.accuracy, err = accuracy(predictor, test, d); err != nil {
		return out, err
	}
	out.validation, err = accuracy(predictor, o.Validation, d)
	return out, err
}

func accuracy(p *train.Predictor, l *modes.Loader, d *dataset) (float64, error) {
	got, err := p.Run(l)
	if err != nil {
		return 0, err
	}
	predicted, want := got.GraphClasses(d.labels)
	c, err := classify.NewConfusion(predicted, want, d.classes)
	return c.Accuracy(), err
}
