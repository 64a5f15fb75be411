package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// saved is what is noted beside the weights of a restart.
type saved struct {
	Restart int             `json:"restart"`
	History outcome.History `json:"history"`
}

// Prepare lets a job go on from what the folder has of its restart, and gives
// the history up to there. It errs with the [model.Divergence] of a restart that
// diverged.
func (s *State) Prepare(j *model.Job, restart int) (outcome.History, error) {
	if s == nil {
		return outcome.History{}, nil
	}
	if err := s.divergence(restart); err != nil {
		return outcome.History{}, err
	}
	done := s.path(restartFile(restart))
	note, err := noteOf(done, modelConfig)
	if err == nil {
		j.Finished = done
		return note.History, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		note, err = noteOf(s.path(CurrentFile), cluster.CheckpointConfig)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && note.Restart != restart:
		return outcome.History{}, nil
	case err != nil:
		return outcome.History{}, failure.Failedf("--state = %s: %w", text.Quote(s.dir), err)
	}
	j.Resume = s.path(CurrentFile)
	return note.History, nil
}

// divergence errs with what a restart came to that diverged.
func (s *State) divergence(restart int) error {
	data, err := os.ReadFile(s.path(divergedFile(restart)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return failure.Failedf("--state = %s: %w", text.Quote(s.dir), err)
	}
	d := &model.Divergence{}
	if err := json.Unmarshal(data, d); err != nil || d.What == "" {
		return failure.Failedf("--state = %s: %s is damaged", text.Quote(s.dir), divergedFile(restart))
	}
	return d
}

// Diverged notes that a restart diverged: it would again.
func (s *State) Diverged(restart int, d *model.Divergence) error {
	if s == nil {
		return nil
	}
	data, err := json.Marshal(d)
	if err == nil {
		err = wholefile.Write(s.path(divergedFile(restart)), wholefile.Bytes(data))
	}
	if err != nil {
		return failure.Failedf("--state: %w", err)
	}
	return nil
}

// noteOf is the note in the header of a file, which config reads.
func noteOf(file string, config func(file string) (json.RawMessage, error)) (note saved, err error) {
	if _, err := os.Stat(file); err != nil {
		return note, err
	}
	data, err := config(file)
	if err != nil {
		return note, err
	}
	if err := json.Unmarshal(data, &note); err != nil {
		return note, fmt.Errorf("%s is damaged: %w", filepath.Base(file), err)
	}
	return note, nil
}

// modelConfig is the config of a file of weights.
func modelConfig(file string) (json.RawMessage, error) {
	info, err := param.Inspect(file)
	return info.Config, err
}

// Checkpoint saves the restart under way, every so many epochs and where it
// stops.
func (s *State) Checkpoint(t model.Saver, restart, epoch int, h outcome.History, stopping bool) error {
	if s == nil || (epoch%s.every != 0 && !stopping) {
		return nil
	}
	note, err := json.Marshal(saved{restart, h})
	if err == nil {
		err = t.SaveCheckpoint(s.path(CurrentFile), note)
	}
	if err != nil {
		return failure.Failedf("--state: %w", err)
	}
	return nil
}

// Finish saves a restart that is done.
func (s *State) Finish(fit *model.Fit, restart int, h outcome.History) error {
	if s == nil {
		return nil
	}
	note, err := json.Marshal(saved{restart, h})
	if err == nil {
		err = fit.Store.Save(s.path(restartFile(restart)), note)
	}
	if err != nil {
		return failure.Failedf("--state: %w", err)
	}
	return nil
}

func restartFile(restart int) string { return fmt.Sprintf("restart-%d.safetensors", restart+1) }

func divergedFile(restart int) string { return fmt.Sprintf("restart-%d.json", restart+1) }
