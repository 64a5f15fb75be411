package graphfile

import (
	"bufio"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// packings lists how files are packed: the first bytes, the ending, how to
// unpack and, where such files are written, how to pack.
var packings = []struct {
	name, magic, ending string
	open                func(io.Reader) (io.Reader, func(), error)
	pack                packer
}{
	{"gzip", "\x1f\x8b", ".gz", openGzip, packGzip},
	{"zstd", "\x28\xb5\x2f\xfd", ".zst", openZstd, packZstd},
	{"bzip2", "BZh", ".bz2", func(r io.Reader) (io.Reader, func(), error) { return bzip2.NewReader(r), func() {}, nil }, nil},
	{"xz", "\xfd7zXZ\x00", ".xz", openXZ, packXZ},
}

func openGzip(r io.Reader) (io.Reader, func(), error) {
	z, err := gzip.NewReader(r)
	return z, func() { _ = z.Close() }, err
}

func openZstd(r io.Reader) (io.Reader, func(), error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(2))
	if err != nil {
		return nil, nil, err
	}
	return z, z.Close, nil
}

// openXZ errs where the first block wants a window that is too large. The
// library takes what blocks declare, up to 4 GB.
func openXZ(r io.Reader) (io.Reader, func(), error) {
	in := bufio.NewReader(r)
	head, err := in.Peek(xzHead)
	if err != nil {
		return nil, nil, io.ErrUnexpectedEOF
	}
	if size := xzWindow(head); size > maxWindow {
		return nil, nil, fmt.Errorf("a window of %d bytes, want at most %d", size, maxWindow)
	}
	z, err := xz.ReaderConfig{SingleStream: true}.NewReader(in)
	return z, func() {}, err
}

const (
	// maxWindow bounds the memory that unpacking takes; the largest that
	// zstd and xz ask for at their usual levels is 128 MB.
	maxWindow = 128 << 20
	xzHead    = 17 // bytes up to the size of the window of an xz file
)

// xzWindow is the size of the window that the first block of an xz file
// declares: 2 or 3 times a power of 2, in its 17th byte.
func xzWindow(head []byte) int {
	if head[14] != 0x21 {
		return 0 // no plain LZMA2 block: the library says so
	}
	n := int(head[16])
	if n >= 40 {
		return 1 << 32
	}
	return (2 | n&1) << (n/2 + 11)
}

// unpack unpacks what is packed by its first bytes; done frees what that took.
func unpack(in *bufio.Reader, name string) (text *bufio.Reader, done func(), err error) {
	done = func() {}
	for depth := 0; ; depth++ {
		p := packingOf(in)
		if p < 0 {
			return in, done, nil
		}
		if depth == 2 {
			done()
			return nil, nil, fmt.Errorf("%s: packed more than twice, want a graph file", name)
		}
		packed := &counted{r: in}
		z, free, err := packings[p].open(packed)
		if err != nil {
			done()
			return nil, nil, fmt.Errorf("%s: cannot be unpacked (%s): %w", name, packings[p].name, noEOF(err))
		}
		before := done
		done = func() { free(); before() }
		in = bufio.NewReaderSize(&bounded{z: z, packed: packed, name: name}, 1<<16)
	}
}

// packingOf is the packing whose first bytes in has, −1 for none. "BZh" alone
// may be a word; a digit and the mark of a block follow it.
func packingOf(in *bufio.Reader) int {
	head, _ := in.Peek(10)
	for i, p := range packings {
		if !strings.HasPrefix(string(head), p.magic) {
			continue
		}
		if p.name == "bzip2" && (len(head) < 10 || head[3] < '1' || head[3] > '9' || string(head[4:]) != "1AY&SY" && string(head[4:]) != "\x17\x72\x45\x38\x50\x90") {
			continue
		}
		return i
	}
	return -1
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// counted counts the bytes read.
type counted struct {
	r io.Reader
	n atomic.Int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n.Add(int64(n))
	return n, err
}

// bounded errs where a packed file stands for more than a graph file can: a
// real one shrinks to a twentieth, and to a fiftieth at most.
type bounded struct {
	z      io.Reader
	packed *counted
	name   string
	n      int64
}

const (
	maxRatio = 250      // of bytes unpacked to bytes packed …
	freeSize = 64 << 20 // … beyond so many
)

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.z.Read(p)
	b.n += int64(n)
	if b.n > freeSize && b.n/maxRatio > b.packed.n.Load() {
		return n, fmt.Errorf("%d bytes unpack to more than %d times as many, want a graph file", b.packed.n.Load(), maxRatio)
	}
	return n, err
}
