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

// progress is what a checkpoint knows beside tensors.
type progress struct {
	Steps  int             `json:"steps"`
	Runs   []int           `json:"dropout_runs,omitempty"` // ops.DropoutRuns of the graph
	Solver string          `json:"solver"`                 // the kind; none: adam
	Weight map[string]int  `json:"adam_steps"`             // the solver's steps of each weight that it has a state of
	Config json.RawMessage `json:"config,omitempty"`
}

// SaveCheckpoint writes all that training goes on from to one safetensors
// file: the weights of the store, frozen ones too, the solver's moments, the
// number of steps, the runs of each dropout, and config, any JSON value (nil for none). A trainer built the same
// way that loads it does the same steps, bit for bit. The file appears whole or
// not at all.
//
// It errs for a solver other than [Adam], [AdamW] and [SGD], whose state cannot
// be read.
func (t *Trainer) SaveCheckpoint(file string, config json.RawMessage) error {
	if err := t.saveCheckpoint(file, config); err != nil {
		return fmt.Errorf("train: checkpoint: %w", err)
	}
	return nil
}

func (t *Trainer) saveCheckpoint(file string, config json.RawMessage) error {
	solver, err := resumableOf(t.solver)
	if err != nil {
		return err
	}
	all, err := param.NewStore(t.store.Dtype(), t.store.Seed())
	if err != nil {
		return err
	}
	p := progress{Steps: t.steps, Runs: ops.DropoutRuns(t.graph), Solver: solver.kind(), Weight: map[string]int{}, Config: config}
	for w := range t.store.All() {
		if err := all.Put(w.Path, w.Tensor); err != nil {
			return err
		}
	}
	for _, w := range t.weights {
		step, slices := solver.state(w.Tensor)
		if slices == nil {
			continue
		}
		p.Weight[w.Path] = step
		for i, prefix := range solver.prefixes() {
			like := tensor.New(tensor.WithShape(w.Tensor.Shape().Clone()...), tensor.WithBacking(slices[i]))
			if err := all.Put(prefix+w.Path, like); err != nil {
				return err
			}
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
	solver, err := resumableOf(t.solver)
	if err != nil {
		return nil, err
	}
	all, info, err := param.Open(file)
	if err != nil {
		return nil, err
	}
	p, err := progressOf(info)
	if err != nil {
		return nil, err
	}
	if p.Solver != "" && p.Solver != solver.kind() {
		return nil, fmt.Errorf("the solver was %s, want %s, that of the trainer", p.Solver, solver.kind())
	}
	states, err := t.statesIn(all, solver, p.Weight)
	if err != nil {
		return nil, err
	}
	weights, err := weightsIn(all)
	if err != nil {
		return nil, err
	}
	want := len(ops.DropoutRuns(t.graph))
	if want == 0 {
		p.Runs = nil // a graph for evaluation draws nothing
	}
	if len(p.Runs) != want {
		return nil, fmt.Errorf("the runs of %d dropouts, want %d, those of the model", len(p.Runs), want)
	}
	if err := t.store.CopyFrom(weights); err != nil {
		return nil, err
	}
	solver.restore(states)
	t.steps = p.Steps
	return p.Config, ops.SetDropoutRuns(t.graph, p.Runs)
}

// progressOf is what the header of a checkpoint says.
func progressOf(info param.Info) (p progress, err error) {
	if err := json.Unmarshal(info.Config, &p); err != nil || p.Weight == nil || p.Steps < 0 {
		return p, errors.New("the file is no checkpoint of a trainer: its header has no steps")
	}
	return p, nil
}

// CheckpointConfig is the config that [Trainer.SaveCheckpoint] was given,
// without a trainer to load the rest into.
func CheckpointConfig(file string) (json.RawMessage, error) {
	info, err := param.Inspect(file)
	if err != nil {
		return nil, fmt.Errorf("train: checkpoint %s: %w", file, err)
	}
	p, err := progressOf(info)
	if err != nil {
		return nil, fmt.Errorf("train: checkpoint %s: %w", file, err)
	}
	return p.Config, nil
}

// statesIn is the solver's states of the trainer's weights.
func (t *Trainer) statesIn(all *param.Store, solver resumable, steps map[string]int) (map[*tensor.Dense]solverState, error) {
	out := map[*tensor.Dense]solverState{}
	for _, path := range slices.Sorted(maps.Keys(steps)) {
		i := slices.IndexFunc(t.weights, func(w *weight) bool { return w.Path == path })
		if i < 0 {
			return nil, fmt.Errorf("%s: the model trains no such weight", path)
		}
		w := t.weights[i].Tensor
		s := solverState{step: steps[path]}
		for _, prefix := range solver.prefixes() {
			m := all.Get(prefix + path)
			if m == nil || s.step < 0 {
				return nil, fmt.Errorf("%s: a moment of the solver is missing", path)
			}
			if m.Tensor.Dtype() != w.Dtype() || !m.Tensor.Shape().Eq(w.Shape()) {
				return nil, fmt.Errorf("%s: %v of shape %v, want %v of shape %v", m.Path, m.Tensor.Dtype(), m.Tensor.Shape(), w.Dtype(), w.Shape())
			}
			s.slices = append(s.slices, m.Tensor.Data())
		}
		out[w] = s
	}
	return out, nil
}

// weightsIn is a checkpoint without the state of the solver.
func weightsIn(all *param.Store) (*param.Store, error) {
	out, err := param.NewStore(all.Dtype(), all.Seed())
	if err != nil {
		return nil, err
	}
	for p := range all.All() {
		if slices.ContainsFunc([]string{meanPrefix, squarePrefix, velocityPrefix}, func(prefix string) bool { return strings.HasPrefix(p.Path, prefix) }) {
			continue
		}
		if err := out.Put(p.Path, p.Tensor); err != nil {
			return nil, err
		}
	}
	return out, nil
}
