package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// The folders inside the one to replace, where two cannot change places: new
// files are written into staging, which becomes ready when they are complete.
const (
	stagingName = ".trainclustering-staging"
	readyName   = ".trainclustering-ready"
)

// moveIn writes the new files into a folder inside, and moves them in place one
// by one. From the moment the folder is called ready they count as written:
// a run that finds it moves the rest.
func (w *writer) moveIn() error {
	unlock, err := lock(w.ctx, w.at) // another name may lead here
	if err != nil {
		return err
	}
	defer unlock()
	staging := filepath.Join(w.at, stagingName)
	if err := os.Mkdir(staging, 0o755); err != nil {
		return w.failed(err)
	}
	err = w.fill(staging)
	if err == nil {
		err = w.failed(os.Rename(staging, filepath.Join(w.at, readyName)))
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(staging))
	}
	return w.failed(w.endMoveIn())
}

// endMoveIn removes what never became ready and moves what did.
func (w *writer) endMoveIn() error {
	if err := os.RemoveAll(filepath.Join(w.at, stagingName)); err != nil {
		return err
	}
	ready := filepath.Join(w.at, readyName)
	if !exists(ready) {
		return nil
	}
	if m, ok := readManifest(ready); ok {
		if err := w.moveFiles(ready, m); err != nil {
			return err
		}
	}
	return errors.Join(os.Remove(ready), syncDir(w.at))
}

// moveFiles moves the files, removes those of the run before that have no
// successor, and moves the manifest last: until then it says what was before.
func (w *writer) moveFiles(ready string, m manifest) error {
	names := m.names()
	for _, name := range names {
		err := os.Rename(filepath.Join(ready, name), filepath.Join(w.at, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, name := range ownNames(w.at, w.names) {
		if name == ManifestName || slices.Contains(names, name) {
			continue
		}
		if err := os.Remove(filepath.Join(w.at, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Rename(filepath.Join(ready, ManifestName), filepath.Join(w.at, ManifestName))
}
