//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package state

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockFile makes and locks a file, and errs with errLocked where another process
// has it. The lock is there until the file is closed, and dies with its process.
// A file system without locks has none.
func lockFile(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, err
		}
		for err = unix.EINTR; errors.Is(err, unix.EINTR); {
			err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		}
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, errors.Join(errLocked, f.Close())
		}
		if isAt(f, path) {
			return f, nil
		}
		_ = f.Close() // the run that had it ended, and removed it
	}
}

// isAt tells whether an open file is still the one with a path.
func isAt(f *os.File, path string) bool {
	open, err := f.Stat()
	there, err2 := os.Stat(path)
	return err == nil && err2 == nil && os.SameFile(open, there)
}
