// Package outdir writes the files of a run into a folder, all of them or none.
package outdir

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// Write replaces what an earlier run wrote into a folder by files, as a whole:
// whatever stops it, a kill included, the folder has all of the old files or
// all of the new ones. What is foreign to both stays. names are all that a run
// may write.
//
// Where it can, the new folder is made beside the old one and the two change
// places in one step (swap); elsewhere the files move in one by one, and where
// that is cut short the next run ends it (moveIn). A folder that a failed run
// made goes again; what a killed run left goes at the next. Runs into folders of
// the same parent wait for each other while they write.
func Write(ctx context.Context, dir string, names []string, files []File) (err error) {
	at, err := resolve(dir)
	if err != nil {
		return err
	}
	w := &writer{ctx: ctx, dir: dir, at: at, names: append([]string{ManifestName}, names...), files: files}
	made := missingDirs(filepath.Dir(at))
	defer func() {
		for _, d := range made {
			if err != nil {
				_ = os.Remove(d) // only if it is empty
			}
		}
	}()
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return fmt.Errorf("--out = %s: %w", text.Quote(dir), wholefile.Reason(err))
	}
	unlock, err := lock(ctx, filepath.Dir(at))
	if err != nil {
		return err
	}
	defer unlock()
	return w.replace()
}

// writer replaces one folder once, under the lock.
type writer struct {
	ctx   context.Context
	dir   string   // as the user named it
	at    string   // where that is
	names []string // all that a run may write
	files []File
}

func (w *writer) replace() error {
	if err := w.recover(); err != nil {
		return w.failed(err)
	}
	info, err := os.Stat(w.at)
	if errors.Is(err, os.ErrNotExist) {
		return w.create()
	}
	if err != nil {
		return w.failed(err)
	}
	if err := checkNames(w.dir, w.at, w.names); err != nil {
		return err
	}
	if foreign, can := w.canSwap(); can {
		if err := w.swap(info, foreign); !errors.Is(err, errNoSwap) {
			return err
		}
	}
	return w.moveIn()
}

// create makes a folder that is not there yet, in one step.
func (w *writer) create() error {
	stage, err := w.stageBeside()
	if err != nil {
		return w.failed(err)
	}
	err = w.fill(stage)
	if err == nil {
		err = w.failed(os.Rename(stage, w.at))
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(stage))
	}
	return syncDir(filepath.Dir(w.at))
}

// fill writes the new files into a folder.
func (w *writer) fill(folder string) error {
	if err := writeFiles(w.ctx, folder, w.dir, w.files); err != nil {
		return err
	}
	if w.ctx.Err() != nil {
		return context.Cause(w.ctx)
	}
	return nil
}

// failed names the folder in an error.
func (w *writer) failed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("--out = %s: %w", text.Quote(w.dir), wholefile.Reason(err))
}
