package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// outputNames are the files that --out may receive.
func outputNames() []string {
	return []string{"assignments.csv", "history.csv", "metrics.json", "clusters.svg"}
}

// checkOut finds before the training what would keep --out from being written
// after it: it makes the directory and a file in it, and removes them again.
func checkOut(dir string) error {
	if dir == "" {
		return nil
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return failedf("--out = %s is a file, want a directory", quoteOdd(dir))
	}
	missing := missingDirs(dir)
	defer func() {
		for _, d := range missing {
			_ = os.Remove(d) // empty, or not made at all
		}
	}()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return failedf("--out = %s: %w", quoteOdd(dir), reason(err))
	}
	for _, name := range outputNames() {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.IsDir() {
			return failedf("--out = %s, but its %s is a directory", quoteOdd(dir), name)
		}
	}
	return probe(dir)
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

// probe makes sure that files can be made in a directory.
func probe(dir string) error {
	f, err := os.CreateTemp(dir, ".trainclustering-*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return failedf("--out: cannot write to the directory %s: %w", quoteOdd(dir), reason(err))
	}
	return nil
}

// reason takes the operation and path off a file error: the message has them.
func reason(err error) error {
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
