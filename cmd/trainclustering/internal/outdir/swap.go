package outdir

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// errNoSwap says that two folders cannot change places here.
var errNoSwap = errors.New("no swap")

// stagePrefix begins the names of the folders that are made beside a folder.
func stagePrefix(at string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(filepath.Base(at))) // never fails
	return fmt.Sprintf(".trainclustering-%08x-", h.Sum32())
}

// stageBeside makes an empty folder beside the one to replace.
func (w *writer) stageBeside() (string, error) {
	stage, err := os.MkdirTemp(filepath.Dir(w.at), stagePrefix(w.at)+"*")
	if err != nil {
		return "", err
	}
	return stage, os.Chmod(stage, 0o755)
}

// maxLinked is how many foreign files are linked into a new folder. A folder
// with more is somebody's place of work, and stays itself.
const maxLinked = 100

// canSwap tells whether the folder may be replaced by another one, and lists
// the foreign files in it. It may not where this process stands in it, nor
// where it holds foreign folders, which cannot be in two places at once, or
// more than maxLinked foreign files.
func (w *writer) canSwap() (foreign []string, can bool) {
	entries, err := os.ReadDir(w.at)
	if err != nil || w.standsInside() {
		return nil, false
	}
	for _, e := range entries {
		if slices.Contains(w.names, e.Name()) || slices.Contains(ownNames(w.at, w.names), e.Name()) {
			continue
		}
		if e.IsDir() {
			return nil, false
		}
		foreign = append(foreign, e.Name())
	}
	return foreign, len(foreign) <= maxLinked
}

// standsInside tells whether the working directory is the folder or below it.
func (w *writer) standsInside() bool {
	here, err := os.Getwd()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err != nil {
		return true // not known: take the other way
	}
	rel, err := filepath.Rel(w.at, here)
	return err == nil && filepath.IsLocal(rel)
}

// swap makes a new folder beside the old one, with the foreign files linked
// into it, and lets the two change places in one step.
func (w *writer) swap(old fs.FileInfo, foreign []string) error {
	stage, err := w.stageBeside()
	if err != nil {
		return errNoSwap
	}
	err = w.fill(stage)
	for _, name := range foreign {
		if err == nil && os.Link(filepath.Join(w.at, name), filepath.Join(stage, name)) != nil {
			err = errNoSwap
		}
	}
	if err == nil && (copyUser(stage, old) != nil || exchange(stage, w.at) != nil) {
		err = errNoSwap
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(stage))
	}
	if err := syncDir(filepath.Dir(w.at)); err != nil {
		return w.failed(err)
	}
	return w.failed(w.reclaim(stage))
}

// reclaim removes a folder that stands beside the one to replace: the old one
// after a swap, or what a killed run left. Foreign files in it are linked from
// the folder; one that is not goes back there, and nothing foreign is removed
// as long as it is nowhere else.
func (w *writer) reclaim(stage string) error {
	entries, err := os.ReadDir(stage)
	if err != nil {
		return err
	}
	own := append(ownNames(stage, w.names), w.names...)
	for _, e := range entries {
		if e.Name() == ManifestName {
			continue // last: it tells which files are own
		}
		from, to := filepath.Join(stage, e.Name()), filepath.Join(w.at, e.Name())
		switch {
		case slices.Contains(own, e.Name()) || sameFile(from, to):
			err = os.Remove(from)
		case !exists(to) && exists(w.at):
			err = os.Rename(from, to)
		default:
			return nil // two foreign files of one name: both stay
		}
		if err != nil {
			return err
		}
	}
	if err := os.Remove(filepath.Join(stage, ManifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Remove(stage)
}

// recover ends what a killed run began.
func (w *writer) recover() error {
	if err := w.endMoveIn(); err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Dir(w.at))
	if err != nil {
		return nil //nolint:nilerr // what cannot be read is not cleaned
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), stagePrefix(w.at)) {
			if err := w.reclaim(filepath.Join(filepath.Dir(w.at), e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func sameFile(a, b string) bool {
	x, errA := os.Lstat(a)
	y, errB := os.Lstat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}
