package graphfile

import (
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// packer opens a writer that packs what is written to w.
type packer func(w io.Writer) (io.WriteCloser, error)

func packGzip(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }

// packZstd packs with one thread: the same graph gives the same bytes.
func packZstd(w io.Writer) (io.WriteCloser, error) {
	return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
}

func packXZ(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) }

// packingTo is how the file at path is packed by its ending, nil where it is
// not. It errs for a packing that is only read.
func packingTo(path string) (packer, error) {
	for _, p := range packings {
		if !strings.HasSuffix(strings.ToLower(path), p.ending) {
			continue
		}
		if p.pack == nil {
			return nil, fmt.Errorf("%s: %s is read, not written, want .gz, .zst or .xz, or no packing", path, p.name)
		}
		return p.pack, nil
	}
	return nil, nil
}

// packed is fill through a packer, fill itself where that is nil.
func packed(pack packer, fill func(w io.Writer) error) func(w io.Writer) error {
	if pack == nil {
		return fill
	}
	return func(w io.Writer) error {
		z, err := pack(w)
		if err != nil {
			return err
		}
		if err := fill(z); err != nil {
			return err
		}
		return z.Close()
	}
}
