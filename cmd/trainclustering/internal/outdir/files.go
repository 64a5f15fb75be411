package outdir

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/modes/wholefile"
)

// File is a file to write into the folder.
type File struct {
	Name  string // without folders
	Write func(io.Writer) error
}

// writeFiles writes files into a folder and then the manifest that lists them,
// all of them through to the disk. dir is the folder's name in errors.
func writeFiles(ctx context.Context, folder, dir string, files []File) error {
	m := manifest{Program: program}
	for _, f := range files {
		entry, err := writeFile(ctx, filepath.Join(folder, f.Name), f.Write)
		if err != nil {
			return writeError(ctx, dir, f.Name, err)
		}
		entry.Name = f.Name
		m.Files = append(m.Files, entry)
	}
	if _, err := writeFile(ctx, filepath.Join(folder, ManifestName), m.write); err != nil {
		return writeError(ctx, dir, ManifestName, err)
	}
	return syncDir(folder)
}

// writeError names the file that could not be written, or what interrupted it.
func writeError(ctx context.Context, dir, name string, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return fmt.Errorf("writing %s: %w", filepath.Join(dir, name), wholefile.Reason(err))
}

// writeFile writes one file through to the disk.
func writeFile(ctx context.Context, path string, write func(io.Writer) error) (entry, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return entry{}, err
	}
	sum := sha256.New()
	c := &counter{ctx: ctx, w: io.MultiWriter(f, sum)}
	w := bufio.NewWriterSize(c, 1<<16)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return entry{Bytes: c.bytes, SHA256: hex.EncodeToString(sum.Sum(nil))}, errors.Join(err, f.Close())
}

// counter counts bytes, and refuses more of them after an interrupt.
type counter struct {
	ctx   context.Context
	w     io.Writer
	bytes int64
}

func (c *counter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.w.Write(p)
	c.bytes += int64(n)
	return n, err
}

// syncDir brings a folder's names to the disk, where the system can do that.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = f.Sync() // not every system syncs folders
	return f.Close()
}
