package outdir

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// CheckFile finds before the work what would keep a file from being written.
func CheckFile(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("--out = %s is a directory, want a file", text.Quote(path))
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("--out = %s: %s: %w", text.Quote(path), dir, Reason(err))
	}
	if !info.IsDir() {
		return fmt.Errorf("--out = %s: %s is not a directory", text.Quote(path), dir)
	}
	return Writable(dir)
}

// WriteWhole writes a file beside its place and renames it.
func WriteWhole(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// FillWhole lets fill write the file at path, which appears whole or not
// at all.
func FillWhole(path string, fill func(io.Writer) error) error {
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return err
	}
	return WriteWhole(path, b.Bytes())
}
