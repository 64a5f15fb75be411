package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// Where a checkpoint has Adam's moments, before the path of their weight.
const (
	meanPrefix   = "adam/mean/"
	squarePrefix = "adam/square/"
)

// progress is what a checkpoint knows beside tensors.
type progress struct {
	Steps  int             `json:"steps"`
	Runs   int             `json:"runs"`
	Adam   map[string]int  `json:"adam_steps"` // the steps of each weight
	Config json.RawMessage `json:"config,omitempty"`
}

// SaveCheckpoint writes all that training goes on from to one safetensors
// file: the weights of the store, frozen ones too, Adam's moments, the number
// of steps, and config, any JSON value (nil for none). A trainer built the same
// way that loads it does the same steps, bit for bit. The file appears whole or
// not at all.
//
// It errs for a solver other than [Adam], whose state cannot be read.
func (t *Trainer) SaveCheckpoint(file string, config json.RawMessage) error {
	if err := t.saveCheckpoint(file, config); err != nil {
		return fmt.Errorf("train: checkpoint: %w", err)
	}
	return nil
}

func (t *Trainer) saveCheckpoint(file string, config json.RawMessage) error {
	adam, err := t.adam()
	if err != nil {
		return err
	}
	all, err := param.NewStore(t.store.Dtype(), t.store.Seed())
	if err != nil {
		return err
	}
	p := progress{Steps: t.steps, Runs: t.runs, Adam: map[string]int{}, Config: config}
	for w := range t.store.All() {
		if err := all.Put(w.Path, w.Tensor); err != nil {
			return err
		}
	}
	for _, w := range t.weights {
		m := adam.moments[w.Tensor]
		if m == nil {
			continue
		}
		p.Adam[w.Path] = m.step
		shape := tensor.WithShape(w.Tensor.Shape().Clone()...)
		if err := all.Put(meanPrefix+w.Path, tensor.New(shape, tensor.WithBacking(m.m))); err != nil {
			return err
		}
		if err := all.Put(squarePrefix+w.Path, tensor.New(shape, tensor.WithBacking(m.v))); err != nil {
			return err
		}
	}
	meta, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return all.Save(file, meta)
}

// LoadCheckpoint takes up training where [Trainer.SaveCheckpoint] left it, and
// returns the config that was saved. The trainer is of the same model and
// solver; its own number of steps does not matter.
//
// A file that is not whole, or of other weights, is an error that names them,
// and changes nothing.
func (t *Trainer) LoadCheckpoint(file string) (config json.RawMessage, err error) {
	if config, err = t.loadCheckpoint(file); err != nil {
		return nil, fmt.Errorf("train: checkpoint %s: %w", file, err)
	}
	return config, nil
}

func (t *Trainer) loadCheckpoint(file string) (json.RawMessage, error) {
	adam, err := t.adam()
	if err != nil {
		return nil, err
	}
	all, info, err := param.Open(file)
	if err != nil {
		return nil, err
	}
	var p progress
	if err := json.Unmarshal(info.Config, &p); err != nil || p.Adam == nil || p.Steps < 0 || p.Runs < 0 {
		return nil, errors.New("the file is no checkpoint of a trainer: its header has no steps")
	}
	moments, err := t.momentsIn(all, p.Adam)
	if err != nil {
		return nil, err
	}
	weights, err := weightsIn(all)
	if err != nil {
		return nil, err
	}
	if err := t.store.CopyFrom(weights); err != nil {
		return nil, err
	}
	adam.moments = moments
	t.steps, t.runs = p.Steps, p.Runs
	ops.SetDropoutRuns(t.graph, p.Runs)
	return p.Config, nil
}

// adam is the solver; a trainer without one has moments of none.
func (t *Trainer) adam() (*Adam, error) {
	switch s := t.solver.(type) {
	case nil:
		return &Adam{}, nil
	case *Adam:
		return s, nil
	}
	return nil, fmt.Errorf("the solver is a %T, want train.Adam, whose moments can be saved", t.solver)
}

// momentsIn is Adam's moments of the trainer's weights.
func (t *Trainer) momentsIn(all *param.Store, steps map[string]int) (map[*tensor.Dense]*moments, error) {
	out := map[*tensor.Dense]*moments{}
	for _, path := range slices.Sorted(maps.Keys(steps)) {
		i := slices.IndexFunc(t.weights, func(w *weight) bool { return w.Path == path })
		mean, square := all.Get(meanPrefix+path), all.Get(squarePrefix+path)
		switch {
		case i < 0:
			return nil, fmt.Errorf("%s: the model trains no such weight", path)
		case mean == nil || square == nil || steps[path] < 0:
			return nil, fmt.Errorf("%s: a moment of Adam is missing", path)
		}
		w := t.weights[i].Tensor
		for _, m := range []*param.Param{mean, square} {
			if m.Tensor.Dtype() != w.Dtype() || !m.Tensor.Shape().Eq(w.Shape()) {
				return nil, fmt.Errorf("%s: %v of shape %v, want %v of shape %v", m.Path, m.Tensor.Dtype(), m.Tensor.Shape(), w.Dtype(), w.Shape())
			}
		}
		out[w] = &moments{step: steps[path], m: mean.Tensor.Data(), v: square.Tensor.Data()}
	}
	return out, nil
}

// weightsIn is a checkpoint without the moments.
func weightsIn(all *param.Store) (*param.Store, error) {
	out, err := param.NewStore(all.Dtype(), all.Seed())
	if err != nil {
		return nil, err
	}
	for p := range all.All() {
		if strings.HasPrefix(p.Path, meanPrefix) || strings.HasPrefix(p.Path, squarePrefix) {
			continue
		}
		if err := out.Put(p.Path, p.Tensor); err != nil {
			return nil, err
		}
	}
	return out, nil
}
