//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package outdir

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// mayWrite asks the system whether this process can make files in a directory.
func mayWrite(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }

// mayWriteInto asks whether it can write into what is at path.
func mayWriteInto(path string) error { return unix.Access(path, unix.W_OK) }

// lock keeps other runs out of a directory until unlock is called; it waits for
// those that are in. A file system without locks has none: the last one wins.
// A lock dies with its process.
func lock(ctx context.Context, dir string) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return func() {}, nil //nolint:nilerr // a folder that cannot be read cannot be locked
	}
	unlock = func() { _ = f.Close() }
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR) {
			return unlock, nil
		}
		select {
		case <-ctx.Done():
			unlock()
			return nil, context.Cause(ctx)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// copyUser gives a folder the user, group and mode of another.
func copyUser(folder string, from fs.FileInfo) error {
	if s, ok := from.Sys().(*syscall.Stat_t); ok {
		if err := os.Chown(folder, int(s.Uid), int(s.Gid)); err != nil {
			return err
		}
	}
	return os.Chmod(folder, from.Mode().Perm()|from.Mode()&(fs.ModeSetgid|fs.ModeSticky))
}
