//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package outdir

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// mayWrite tries whether this process can make files in a directory.
func mayWrite(dir string) error {
	f, err := os.CreateTemp(dir, ".trainclustering-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// mayWriteInto is not known here before it is done.
func mayWriteInto(string) error { return nil }

// lock does nothing here: of two runs into one directory the last one wins.
func lock(context.Context, string) (unlock func(), err error) { return func() {}, nil }

// copyUser is not known here.
func copyUser(string, fs.FileInfo) error { return errors.ErrUnsupported }
