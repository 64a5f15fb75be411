package shard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// stage is the folder in which a store is made, beside its place and locked.
type stage struct {
	dir, to string
	lock    *os.File
}

// newStage makes the folder, empty.
func newStage(to string) (*stage, error) {
	to, err := filepath.Abs(to)
	if err != nil {
		return nil, err
	}
	if err := free(to); err != nil {
		return nil, err
	}
	s := &stage{dir: filepath.Join(filepath.Dir(to), "."+filepath.Base(to)+".unfinished"), to: to}
	for {
		if err := os.Mkdir(s.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, pathError(s.dir, err)
		}
		switch is, err := s.take(); {
		case err != nil:
			return nil, err
		case is:
			return s, s.empty()
		}
	}
}

// free errs where something stands at the place of the store.
func free(to string) error {
	entries, err := os.ReadDir(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("%w, want a new folder", pathError(to, err))
	case len(entries) > 0:
		return fmt.Errorf("%s: the folder is there and not empty, want a new one", to)
	}
	return nil
}

// take locks the folder; is is false where another process renamed it away.
func (s *stage) take() (is bool, err error) {
	s.lock, err = os.Open(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, pathError(s.dir, err)
	}
	if err := lockFile(s.lock); err != nil {
		return false, errors.Join(fmt.Errorf("%s: another process writes this store", s.to), s.lock.Close())
	}
	locked, err := s.lock.Stat()
	if err != nil {
		return false, errors.Join(pathError(s.dir, err), s.lock.Close())
	}
	if now, err := os.Stat(s.dir); err == nil && os.SameFile(locked, now) {
		return true, nil
	}
	return false, s.lock.Close()
}

// empty removes what an earlier process left in the folder.
func (s *stage) empty() error {
	entries, err := os.ReadDir(s.dir)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(s.dir, e.Name())))
	}
	if err != nil {
		return errors.Join(err, s.lock.Close())
	}
	return nil
}

// finish puts the folder in its place.
func (s *stage) finish() error {
	_ = s.lock.Sync() // not every system syncs folders
	if err := free(s.to); err != nil {
		return err
	}
	if err := os.Remove(s.to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return pathError(s.to, err)
	}
	if err := movable(s.lock); err != nil {
		return pathError(s.dir, err)
	}
	if err := os.Rename(s.dir, s.to); err != nil {
		return pathError(s.to, err)
	}
	if f, err := os.Open(filepath.Dir(s.to)); err == nil {
		_, _ = f.Sync(), f.Close()
	}
	return s.unlock()
}

// unlock closes the folder, unless that is done.
func (s *stage) unlock() error {
	if err := s.lock.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return pathError(s.dir, err)
	}
	return nil
}

// drop removes the folder.
func (s *stage) drop() error {
	return errors.Join(movable(s.lock), os.RemoveAll(s.dir), s.unlock())
}
