// Package outdir writes the files of a run into a folder.
package outdir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Check finds before the training what would keep --out from being written
// after it: it makes the directory and a file in it, and removes them again.
func Check(dir string, names []string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("--out = %s is a file, want a directory", text.Quote(dir))
	}
	missing := missingDirs(dir)
	defer func() {
		for _, d := range missing {
			_ = os.Remove(d) // empty, or not made at all
		}
	}()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("--out = %s: %w", text.Quote(dir), Reason(err))
	}
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.IsDir() {
			return fmt.Errorf("--out = %s, but its %s is a directory", text.Quote(dir), name)
		}
	}
	return Probe(dir)
}

// missingDirs lists what MkdirAll would make, the innermost first.
func missingDirs(dir string) []string {
	var missing []string
	for at := filepath.Clean(dir); at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Lstat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		missing = append(missing, at)
	}
	return missing
}

// Probe makes sure that files can be made in a directory.
func Probe(dir string) error {
	f, err := os.CreateTemp(dir, ".trainclustering-*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return fmt.Errorf("--out: cannot write to the directory %s: %w", text.Quote(dir), Reason(err))
	}
	return nil
}

// Reason takes the operation and path off a file error: the message has them.
func Reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}
