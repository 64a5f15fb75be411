//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package shard

import (
	"errors"
	"io/fs"
	"os"
)

// lockFile does nothing: here two processes that write one store at a time are
// not kept apart.
func lockFile(*os.File) error { return nil }

// movable lets an open folder be renamed and removed: it has to be closed.
func movable(f *os.File) error {
	if err := f.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return err
	}
	return nil
}
