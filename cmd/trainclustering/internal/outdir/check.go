package outdir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// Check finds before the training what would keep names, all that a run may
// write, from being written into a folder after it. It changes nothing.
func Check(dir string, names []string) error {
	at, err := resolve(dir)
	if err != nil {
		return err
	}
	info, err := os.Stat(at)
	switch {
	case err == nil && !info.IsDir():
		return fmt.Errorf("--out = %s is a file, want a directory", text.Quote(dir))
	case err == nil:
		if err := checkNames(dir, at, names); err != nil {
			return err
		}
		return writable("--out", at)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("--out = %s: %w", text.Quote(dir), wholefile.Reason(err))
	}
	parent := filepath.Dir(at)
	if missing := missingDirs(at); len(missing) > 0 {
		parent = filepath.Dir(missing[len(missing)-1])
	}
	return writable("--out", parent)
}

// resolve follows symbolic links, so that the folder they lead to is replaced
// and not the link.
func resolve(dir string) (string, error) {
	at, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("--out = %s: %w", text.Quote(dir), err)
	}
	for below := ""; ; {
		followed, err := filepath.EvalSymlinks(at)
		if err == nil {
			return filepath.Join(followed, below), nil
		}
		if _, lerr := os.Lstat(at); lerr == nil {
			target, _ := os.Readlink(at)
			return "", fmt.Errorf("--out = %s: %s is a symbolic link to %s, which cannot be followed: %w",
				text.Quote(dir), text.Quote(at), text.Quote(target), wholefile.Reason(err))
		} else if !errors.Is(lerr, fs.ErrNotExist) {
			return "", fmt.Errorf("--out = %s: %w", text.Quote(dir), wholefile.Reason(lerr))
		}
		below = filepath.Join(filepath.Base(at), below)
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("--out = %s: %w", text.Quote(dir), wholefile.Reason(err))
		}
		at = filepath.Dir(at)
	}
}

// mainFiles are the files that the results of a command are known by: those of
// train have a model, and those of compare a table.
var mainFiles = []string{"model.safetensors", "compare.csv"}

// checkNames refuses a folder in which something foreign has a name that the
// run may write, and one with the results of another command, which the run would
// remove. dir is the folder as the user named it, at where it is.
func checkNames(dir, at string, names []string) error {
	own := ownNames(at, names)
	for _, name := range mainFiles {
		if slices.Contains(own, name) && !slices.Contains(names, name) {
			return fmt.Errorf("--out = %s holds the results of another command, with a %s, want another directory", text.Quote(dir), name)
		}
	}
	for _, name := range append(slices.Clone(names), ManifestName) {
		info, err := os.Lstat(filepath.Join(at, name))
		switch {
		case err != nil:
		case info.IsDir():
			return fmt.Errorf("--out = %s, but its %s is a directory", text.Quote(dir), name)
		case !slices.Contains(own, name):
			return fmt.Errorf("--out = %s holds a %s that no run of trainclustering wrote, want it moved or another directory",
				text.Quote(dir), name)
		}
	}
	return nil
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

// writable makes sure that files can be made in a directory, for what the command
// line calls flag. It leaves nothing behind.
func writable(flag, dir string) error {
	if err := mayWrite(dir); err != nil {
		return fmt.Errorf("%s: cannot write to the directory %s: %w", flag, text.Quote(dir), wholefile.Reason(err))
	}
	return nil
}
