package graphfile

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/ulikunitz/xz"
)

// bzipped is "0 1\n1 2\n" by bzip2, for which Go has no writer.
const bzipped = "425a6839314159265359ffa0410000000258000010400070002000221e8d0668152a185dc914e14243fe810400"

// packedBy packs what fill writes.
func packedBy(t testing.TB, name string, fill func(w io.Writer)) []byte {
	var b bytes.Buffer
	var z io.WriteCloser
	var err error
	switch name {
	case "gzip":
		z = gzip.NewWriter(&b)
	case "zstd":
		z, err = zstd.NewWriter(&b)
	case "xz":
		z, err = xz.NewWriter(&b)
	}
	require.NoError(t, err)
	fill(z)
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestPackedFiles(t *testing.T) {
	text := func(w io.Writer) { _, _ = io.WriteString(w, "0 1\n1 2\n") }
	bz, err := hex.DecodeString(bzipped)
	require.NoError(t, err)
	npzFile := path3().bytes(t, zip.Deflate)
	for name, content := range map[string][]byte{
		"gzip": packedBy(t, "gzip", text), "zstd": packedBy(t, "zstd", text), "xz": packedBy(t, "xz", text), "bzip2": bz,
		"twice":      packedBy(t, "gzip", func(w io.Writer) { _, _ = w.Write(packedBy(t, "zstd", text)) }),
		"npz packed": packedBy(t, "gzip", func(w io.Writer) { _, _ = w.Write(npzFile) }),
		"npz piped":  npzFile,
		"BZh word":   []byte("BZh4ever Anna\nAnna Ben\n"),
	} {
		g, err := ReadFrom(bytes.NewReader(content), name, Options{})
		require.NoError(t, err, name)
		assert.Equal(t, [2]int{3, 2}, [2]int{g.Nodes, g.Edges()}, name)
	}
}

func TestPackedFilesBroken(t *testing.T) {
	long := func(w io.Writer) {
		for i := range 20_000 {
			fmt.Fprintf(w, "n%d n%d\n", i*i%7919, i)
		}
	}
	for _, name := range []string{"gzip", "zstd", "xz"} {
		b := packedBy(t, name, long)
		for _, cut := range []int{len(b) - 9, len(b) / 2, 20, 7} {
			_, err := ReadFrom(bytes.NewReader(b[:cut]), "e", Options{})
			if assert.Error(t, err, "%s cut at %d", name, cut) {
				assert.Regexp(t, "^e(:[0-9]+)?: (cannot be |not text|a |\")", err.Error(), "%s cut at %d", name, cut)
				assert.NotContains(t, err.Error(), "\n")
			}
		}
		b[len(b)/2] ^= 0x55
		_, err := ReadFrom(bytes.NewReader(b), "e", Options{})
		assert.Error(t, err, name)
	}
	three := packedBy(t, "gzip", func(w io.Writer) {
		_, _ = w.Write(packedBy(t, "gzip", func(w io.Writer) {
			_, _ = w.Write(packedBy(t, "gzip", func(w io.Writer) { _, _ = io.WriteString(w, "0 1\n") }))
		}))
	})
	_, err := ReadFrom(bytes.NewReader(three), "e", Options{})
	assert.EqualError(t, err, "e: packed more than twice, want a graph file")

	window := packedBy(t, "xz", long)
	window[16] = 40 // 4 GB
	_, err = ReadFrom(bytes.NewReader(window), "e", Options{})
	assert.ErrorContains(t, err, "a window of 4294967296 bytes, want at most 134217728")
}

// Twenty million zeros, and as many line ends, by bzip2.
const (
	bzippedZeros = "425a6839314159265359bfcaafc400992fc200c00000080008200030cc0529a6aa91146c0288a3c5dc914e14242ff2abf100"
	bzippedLines = "425a683931415926535926a6152600992fc200801000080008200030cc0529a6aa91146c0288a3c5dc914e142409a9854980"
)

// bombs are files of 10 GB or more in about 10 MB: one part, packed once, again and
// again. xz has no parts: its file has 70 MB.
func bombs(t testing.TB) map[string]io.Reader {
	const part, size = 1 << 20, 10 << 30
	out := make(map[string]io.Reader)
	repeat := func(name string, packed []byte, times int) {
		out[name] = &repeated{part: packed, left: times}
	}
	for _, c := range [][2]string{{"gzip", "\x00"}, {"zstd", "\x00"}, {"zstd", "#\n"}, {"gzip", "0"}, {"zstd", "0 1\n"}} {
		block := bytes.Repeat([]byte(c[1]), part/len(c[1]))
		b := packedBy(t, c[0], func(w io.Writer) { _, _ = w.Write(block) })
		repeat(fmt.Sprintf("%s of %q", c[0], c[1]), b, size/part)
	}
	for name, text := range map[string]string{"bzip2 of zeros": bzippedZeros, "bzip2 of lines": bzippedLines} {
		b, err := hex.DecodeString(text)
		require.NoError(t, err)
		repeat(name, b, 1000)
	}
	out["xz of lines"] = bytes.NewReader(packedBy(t, "xz", func(w io.Writer) {
		block := bytes.Repeat([]byte{'\n'}, 1<<20)
		for range 70 {
			_, _ = w.Write(block)
		}
	}))
	return out
}

// repeated is a part that comes again and again.
type repeated struct {
	part     []byte
	at, left int
}

func (r *repeated) Read(b []byte) (int, error) {
	if r.at == len(r.part) {
		r.at, r.left = 0, r.left-1
	}
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.part[r.at:])
	r.at += n
	return n, nil
}

// TestBombs unpacks small files of gigabytes: each is one line, found before
// much of it is unpacked, in little memory.
func TestBombs(t *testing.T) {
	for name, in := range bombs(t) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := ReadFrom(in, "bomb", Options{})
		runtime.ReadMemStats(&after)
		if assert.Error(t, err, name) {
			assert.NotContains(t, err.Error(), "\n")
			assert.True(t, strings.HasPrefix(err.Error(), "bomb:"), err.Error())
		}
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(250<<20), name)
	}
}

func TestPipeThatFails(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		_, _ = io.WriteString(w, "0 1\n1 2\n")
		w.CloseWithError(io.ErrClosedPipe)
	}()
	_, err := readList(bufio.NewReader(r), "pipe", Options{})
	assert.EqualError(t, err, "pipe:3: cannot be read, the file may be cut off: io: read/write on closed pipe")
}
