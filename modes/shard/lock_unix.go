//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package shard

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFile locks an open folder, and errs where another process has it. The
// lock dies with its process. A file system without locks has none.
func lockFile(f *os.File) error {
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err == unix.EWOULDBLOCK {
		return err
	}
	return nil
}

// movable lets an open folder be renamed and removed, which it may be here.
func movable(*os.File) error { return nil }
