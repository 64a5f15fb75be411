package train

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// fitState is what a checkpoint of Fit knows beside that of a trainer.
type fitState struct {
	History []Epoch       `json:"history"`
	Stopped bool          `json:"stopped"`
	Steps   int           `json:"steps"`
	Runs    map[int][]int `json:"dropout_runs"` // ops.DropoutRuns of the graph of each budget
	Rate    float64       `json:"plateau_rate"`
	Plateau watch         `json:"plateau"`
	Stop    watch         `json:"stop"`
	StopAt  int           `json:"stop_at"`
}

// save writes the checkpoint, after the best weights where they are new.
func (f *fit) save() error {
	s := fitState{History: f.history, Stopped: f.stopped, Steps: f.runner.steps, Runs: map[int][]int{}}
	for budget, g := range f.runner.graphs {
		s.Runs[budget] = ops.DropoutRuns(g.trainer.graph)
	}
	if f.Plateau != nil {
		s.Rate, s.Plateau = f.Plateau.Rate, f.Plateau.best
	}
	if f.Stop != nil {
		s.Stop, s.StopAt = f.Stop.best, f.Stop.at
		if f.Stop.at == len(f.history)-1 {
			if err := f.Stop.weights.Save(f.Checkpoint+".best", nil); err != nil {
				return fmt.Errorf("train: fit: best weights: %w", err)
			}
		}
	}
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("train: fit: checkpoint: %w", err)
	}
	first := slices.Min(slices.Collect(maps.Keys(f.runner.graphs)))
	return f.runner.graphs[first].trainer.SaveCheckpoint(f.Checkpoint, data)
}

// resume takes up what save wrote.
func (f *fit) resume() error {
	_, info, err := param.Open(f.Checkpoint)
	if err != nil {
		return fmt.Errorf("train: fit: checkpoint: %w", err)
	}
	var p progress
	var s fitState
	if err = json.Unmarshal(info.Config, &p); err == nil {
		err = json.Unmarshal(p.Config, &s)
	}
	if err != nil || len(s.Runs) == 0 || len(s.History) == 0 {
		return fmt.Errorf("train: fit: checkpoint %s: want a file that Fit wrote", f.Checkpoint)
	}
	for i, budget := range slices.Sorted(maps.Keys(s.Runs)) {
		g, err := f.runner.graph(f.Training, budget)
		if err != nil {
			return err
		}
		if i == 0 {
			if _, err := g.trainer.LoadCheckpoint(f.Checkpoint); err != nil {
				return err
			}
		}
		if err := ops.SetDropoutRuns(g.trainer.graph, s.Runs[budget]); err != nil {
			return fmt.Errorf("train: fit: checkpoint %s: %w", f.Checkpoint, err)
		}
	}
	f.history, f.stopped, f.runner.steps = s.History, s.Stopped, s.Steps
	if f.Plateau != nil {
		f.Plateau.Rate, f.Plateau.best = s.Rate, s.Plateau
	}
	if f.Stop != nil {
		f.Stop.best, f.Stop.at, f.Stop.seen = s.Stop, s.StopAt, len(s.History)
		if f.Stop.weights, _, err = param.Open(f.Checkpoint + ".best"); err != nil {
			return fmt.Errorf("train: fit: best weights: %w", err)
		}
	}
	return nil
}
