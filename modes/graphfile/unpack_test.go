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

// TestBombs unpacks files of zeros and of line ends: each is one line, found
// before much of it is unpacked, in little memory.
func TestBombs(t *testing.T) {
	for _, fillWith := range []string{"\x00", "\n", "#\n", "0", "0 1\n"} {
		block := bytes.Repeat([]byte(fillWith), 1<<20/len(fillWith))
		for _, name := range []string{"gzip", "zstd"}[:1+len(fillWith)%2] {
			b := packedBy(t, name, func(w io.Writer) {
				for range 100 {
					_, _ = w.Write(block)
				}
			})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := ReadFrom(bytes.NewReader(b), "bomb", Options{})
			runtime.ReadMemStats(&after)
			if assert.Error(t, err, "%s of %q", name, fillWith) {
				assert.NotContains(t, err.Error(), "\n")
				assert.True(t, strings.HasPrefix(err.Error(), "bomb:"), err.Error())
			}
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(250<<20), "%s of %q", name, fillWith)
		}
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
