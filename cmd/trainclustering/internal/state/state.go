// Package state keeps what a training goes on from after it was interrupted or
// killed.
package state

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// State is the folder of --state: what a training goes on from after it was
// interrupted or killed. Each file appears whole or not at all:
//
//	run.json               what is trained, and on what
//	restart-N.safetensors  the model and the history of a restart that is done
//	current.safetensors    the restart that was under way, after an epoch
type State struct {
	dir   string
	every int // epochs from one checkpoint to the next
}

// The files of the folder.
const (
	RunFile     = "run.json"
	CurrentFile = "current.safetensors"
)

// request is what has to be the same for a training to go on to the same bits.
type request struct {
	Version  string       `json:"version"`
	Graph    string       `json:"graph"` // a digest of what was read
	Config   model.Config `json:"config"`
	Restarts int          `json:"restarts"`
}

// saved is what is noted beside the weights of a restart.
type saved struct {
	Restart int             `json:"restart"`
	History outcome.History `json:"history"`
}

// Open makes the folder ready for a training: empty, or with --resume as
// it was left by the same one. graph is a digest of what it trains on.
func Open(o options.Train, graph string) (*State, error) {
	if o.State == "" {
		return nil, nil
	}
	s := &State{dir: o.State, every: o.CheckpointEvery}
	want := request{Version: build.Version(), Graph: graph, Config: o.Config, Restarts: o.Restarts}
	have, err := s.request()
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.Resume:
		return nil, failure.Failedf("--state = %s has no training to resume", text.Quote(s.dir))
	case errors.Is(err, fs.ErrNotExist):
		return s, s.create(want)
	case err != nil:
		return nil, failure.Failedf("--state = %s: %w", text.Quote(s.dir), err)
	case !o.Resume:
		return nil, failure.Failedf("--state = %s has a training that is not finished", text.Quote(s.dir)).
			WithHint("add --resume to continue it, or remove the folder")
	}
	if what := have.differs(want); what != "" {
		return nil, failure.Failedf("--state = %s is of another training: %s", text.Quote(s.dir), what)
	}
	return s, nil
}

// StoreDigest tells stores apart: by the sums of all their files.
func StoreDigest(m shard.Meta) (string, error) {
	text, err := json.Marshal(m) // keys of maps are sorted
	if err != nil {
		return "", err
	}
	h := fnv.New128a()
	_, _ = h.Write(text) // a hash takes everything
	return fmt.Sprintf("store %x", h.Sum(nil)), nil
}

// Digest tells graphs apart: everything that a training reads of one.
func Digest(g *graphfile.Graph) string {
	h := fnv.New128a()
	fmt.Fprintln(h, g.Nodes)
	hashSlice(h, g.RowPtr)
	hashSlice(h, g.Col)
	hashSlice(h, g.Weights)
	if f := g.Features; f != nil {
		fmt.Fprintln(h, f.Rows, f.Cols)
		hashSlice(h, f.Dense)
		hashSlice(h, f.RowPtr)
		hashSlice(h, f.Col)
		if f.Values != nil || f.Dense != nil {
			hashSlice(h, f.Values)
		} else { // values that are all 1 once stood there as well
			hashSlice(h, slices.Repeat([]float32{1}, len(f.Col)))
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// hashSlice writes the length and the values, a block at a time.
func hashSlice[T int32 | float32](h io.Writer, x []T) {
	fmt.Fprintln(h, len(x))
	for part := range slices.Chunk(x, 1<<14) {
		_ = binary.Write(h, binary.LittleEndian, part) // a hash takes everything
	}
}

func (s *State) path(name string) string { return filepath.Join(s.dir, name) }

func (s *State) request() (r request, err error) {
	data, err := os.ReadFile(s.path(RunFile))
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, fmt.Errorf("%s is damaged: %w", RunFile, err)
	}
	return r, nil
}

func (s *State) create(r request) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.MkdirAll(s.dir, 0o755)
	}
	if err == nil {
		err = wholefile.Write(s.path(RunFile), wholefile.Bytes(data))
	}
	if err != nil {
		return failure.Failedf("--state = %s: %w", text.Quote(s.dir), err)
	}
	return nil
}

// differs names the first thing in which two requests differ, "" for none.
func (r request) differs(want request) string {
	if r.Graph != want.Graph {
		return "the graph is not the one it trained on"
	}
	a, b := reflect.ValueOf(r.Config), reflect.ValueOf(want.Config)
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			return fmt.Sprintf("%s was %v, is %v", a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	}
	switch {
	case r.Restarts != want.Restarts:
		return fmt.Sprintf("Restarts was %d, is %d", r.Restarts, want.Restarts)
	case r.Version != want.Version:
		return fmt.Sprintf("it is of version %s, this is %s", r.Version, want.Version)
	}
	return ""
}

// Prepare lets a job go on from what the folder has of its restart, and gives
// the history up to there.
func (s *State) Prepare(j *model.Job, restart int) (outcome.History, error) {
	if s == nil {
		return outcome.History{}, nil
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

// removeCutOff removes what a kill left of a file that was being written.
func (s *State) removeCutOff(name string) {
	cut, _ := filepath.Glob(filepath.Join(escaped(s.dir), "."+name+".*"))
	for _, path := range cut {
		_ = os.Remove(path) // else it stays, and so does the folder
	}
}

// escaped is a folder's name that Glob takes as it is.
func escaped(dir string) string {
	return strings.NewReplacer("[", `[[]`, "*", `[*]`, "?", `[?]`).Replace(dir)
}

// Remove removes what openState, checkpoint and finish made, once the result
// is written. What somebody else put into the folder stays.
func (s *State) Remove(restarts int) error {
	if s == nil {
		return nil
	}
	names := []string{CurrentFile}
	for r := range restarts {
		names = append(names, restartFile(r))
	}
	for _, name := range append(names, RunFile) {
		s.removeCutOff(name)
		if err := os.Remove(s.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return failure.Failedf("--state: %w", err)
		}
	}
	_ = os.Remove(s.dir) // it stays where something else is in it
	return nil
}
