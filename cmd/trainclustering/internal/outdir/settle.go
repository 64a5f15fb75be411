package outdir

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// Settle makes sure that what was written to a writer is stored, where it is a
// regular file or has a Sync of its own: some systems tell only then that there
// was no room. A terminal or a pipe has nothing to wait for.
func Settle(w io.Writer) error {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			return nil //nolint:nilerr // what cannot be looked at has taken the bytes all the same
		}
	}
	s, ok := w.(interface{ Sync() error })
	if !ok {
		return nil
	}
	err := s.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) { // of this file system
		return nil
	}
	return err
}
