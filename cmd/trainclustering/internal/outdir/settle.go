package outdir

import (
	"io"
	"os"
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
	if s, ok := w.(interface{ Sync() error }); ok {
		return s.Sync()
	}
	return nil
}
