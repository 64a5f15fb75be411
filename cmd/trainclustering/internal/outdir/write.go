package outdir

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// File is a file to write into the folder.
type File struct {
	Name  string
	Write func(io.Writer) error
}

// Write writes files into a directory: all of them under a temporary name
// first, and in their places only when the last one is complete. On an error
// what was there before stays as it was, and a directory made for it goes.
func Write(dir string, files []File) (err error) {
	_, statErr := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("--out = %s: %w", text.Quote(dir), Reason(err))
	}
	stage, err := os.MkdirTemp(dir, ".trainclustering-*")
	if err != nil {
		return fmt.Errorf("--out = %s: %w", text.Quote(dir), Reason(err))
	}
	defer func() {
		err = errors.Join(err, os.RemoveAll(stage))
		if err != nil && statErr != nil {
			_ = os.Remove(dir) // only if it is empty
		}
	}()
	for _, f := range files {
		if err := writeFile(filepath.Join(stage, f.Name), f.Write); err != nil {
			return fmt.Errorf("writing %s: %w", filepath.Join(dir, f.Name), Reason(err))
		}
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(stage, f.Name), filepath.Join(dir, f.Name)); err != nil {
			return fmt.Errorf("writing %s: %w", filepath.Join(dir, f.Name), Reason(err))
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
