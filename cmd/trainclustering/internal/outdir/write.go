package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// outputFile is a file to write into --out.
type outputFile struct {
	name  string
	write func(io.Writer) error
}

// writeAll writes files into a directory: all of them under a temporary name
// first, and in their places only when the last one is complete. On an error
// what was there before stays as it was, and a directory made for it goes.
func writeAll(dir string, files []outputFile) (err error) {
	_, statErr := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return failedf("--out = %s: %w", quoteOdd(dir), reason(err))
	}
	stage, err := os.MkdirTemp(dir, ".trainclustering-*")
	if err != nil {
		return failedf("--out = %s: %w", quoteOdd(dir), reason(err))
	}
	defer func() {
		err = errors.Join(err, os.RemoveAll(stage))
		if err != nil && statErr != nil {
			_ = os.Remove(dir) // only if it is empty
		}
	}()
	for _, f := range files {
		if err := writeFile(filepath.Join(stage, f.name), f.write); err != nil {
			return failedf("writing %s: %w", filepath.Join(dir, f.name), reason(err))
		}
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(stage, f.name), filepath.Join(dir, f.name)); err != nil {
			return failedf("writing %s: %w", filepath.Join(dir, f.name), reason(err))
		}
	}
	return nil
}

// writeFile writes one file through to the disk.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
