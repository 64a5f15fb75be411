// Package state keeps what a training goes on from after it was interrupted or
// killed.
package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// State is the folder of --state: what a training goes on from after it was
// interrupted or killed. Each file appears whole or not at all:
//
//	run.json               what is trained, on what, and how the search for k went
//	restart-N.safetensors  the model and the history of a restart that is done
//	restart-N.json         what became of a restart that diverged
//	current.safetensors    the restart that was under way, after an epoch
//	lock                   empty; the run that uses the folder has a lock on it
type State struct {
	dir   string
	every int // epochs from one checkpoint to the next
	run   run
	lock  *os.File // nil where the system has none
}

// The files of the folder.
const (
	RunFile     = "run.json"
	CurrentFile = "current.safetensors"
	lockName    = "lock"
)

// Open makes the folder ready for a training: empty, or with --resume as
// it was left by the same one. graph is a digest of what it trains on. Until
// Close no other run can open it. k need not be chosen yet.
func Open(o options.Train, graph string) (*State, error) {
	if o.State == "" {
		return nil, nil
	}
	s := &State{dir: o.State, every: o.CheckpointEvery}
	if err := s.open(o.Resume, requestOf(o, graph)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *State) open(resume bool, want request) error {
	if resume { // else nothing is made where nothing is
		if _, err := os.Stat(s.path(RunFile)); errors.Is(err, fs.ErrNotExist) {
			return failure.Failedf("--state = %s has no training to resume", text.Quote(s.dir))
		}
	}
	if err := s.take(); err != nil {
		return err
	}
	err := s.read()
	switch {
	case errors.Is(err, fs.ErrNotExist) && resume:
		return failure.Failedf("--state = %s has no training to resume", text.Quote(s.dir))
	case errors.Is(err, fs.ErrNotExist):
		s.run = run{request: want}
		return s.write()
	case err != nil:
		return failure.Failedf("--state = %s: %w", text.Quote(s.dir), wholefile.Reason(err))
	case !resume:
		return failure.Failedf("--state = %s has a training that is not finished", text.Quote(s.dir)).
			WithHint("add --resume to continue it, or remove the folder")
	}
	if what := s.run.differs(want); what != "" {
		return failure.Failedf("--state = %s is of another training: %s", text.Quote(s.dir), what)
	}
	return nil
}

// take makes the folder where it is not there, and keeps other runs out of it.
func (s *State) take() (err error) {
	for range 10 { // again where a run that ended removed it in between
		if err = os.MkdirAll(s.dir, 0o755); err == nil {
			s.lock, err = lockFile(s.path(lockName))
		}
		if !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	switch {
	case errors.Is(err, errLocked):
		return failure.Failedf("--state = %s is in use by another run", text.Quote(s.dir)).
			WithHint("wait until it ends, or give another folder")
	case err != nil:
		return failure.Failedf("--state = %s: %w", text.Quote(s.dir), wholefile.Reason(err))
	}
	return nil
}

// errLocked says that another run has the lock.
var errLocked = errors.New("another run has it")

// Close lets other runs open the folder. It is called once.
func (s *State) Close() error {
	if s == nil || s.lock == nil {
		return nil
	}
	return s.lock.Close()
}

func (s *State) path(name string) string { return filepath.Join(s.dir, name) }

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

// Remove removes what a State made in its folder, once the result is out. What
// somebody else put there stays.
func (s *State) Remove(restarts int) error {
	if s == nil {
		return nil
	}
	names := []string{CurrentFile}
	for r := range restarts {
		names = append(names, restartFile(r), divergedFile(r))
	}
	for _, name := range append(names, RunFile, lockName) {
		s.removeCutOff(name)
		if err := os.Remove(s.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return failure.Failedf("--state: %w", err)
		}
	}
	_ = os.Remove(s.dir) // it stays where something else is in it
	return nil
}
