package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// brokenFiles are files that are no graphs, by their names. A name ends before
// a blank; what follows are flags.
func brokenFiles(t *testing.T) map[string]string {
	deep := strings.Repeat("[", 200_000)
	out := map[string]string{
		"empty.csv": "", "zero.csv": "\x00\x00", "one.txt": "one\n", "words.csv": "a,b,1\nb,c,two\n", "nan.csv": "a,b,nan\n",
		"fields.csv": "a,b\nb\n", "many.txt": "1 2 3 4 5\n", "quote.csv": "\"a,b\nb,c\n", "latin1.csv": "a,M\xfcller\n",
		"open.txt": "from to\nto x\n", "head.csv": "source,target\n", "bip.tsv": "% bip unweighted\n1 2\n", "colon.txt": "1: 2\n3: 4\n",
		"european.csv": "a;b;1,5\nb;c;1.200,5\n", "line.txt": strings.Repeat("x", 5<<20), "overflow.txt": "a b 3e38\na b 3e38\n",
		"nodes.txt --nodes 1000000000": "0 1\n1 2\n", "most.txt --nodes 2000000000": "0 1\n1 2\n", "below.txt --nodes 2": "0 1\n1 2\n", "column.csv --columns x,y": "source,target\na,b\n",
		"rect.mtx": "%%MatrixMarket matrix coordinate real general\n3 4 1\n1 2 1\n", "size.mtx": "%%MatrixMarket matrix coordinate real general\n2147483647 2147483647 1\n1 2 1\n",
		"count.mtx": "%%MatrixMarket matrix coordinate real general\n3 3 999999999999\n1 2 1\n", "complex.mtx": "%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 1\n",
		"dense.mtx": "%%MatrixMarket matrix array real general\n2000000000 2000000000\n1\n", "cut.mtx": "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2",
		"size.metis": "2000000000 1\n2\n1\n", "edges.metis": "2 2000000000\n2\n1\n", "weights.metis": "2 1 11 2000000000\n1 2 1\n1 1 1\n", "id.metis": "2 1\n5\n1\n",
		"size.net": "*Vertices 2000000000\n*Edges\n1 2\n", "id.net": "*Vertices 2\n*Edges\n1 7\n", "quote.net": "*Vertices 2\n1 \"a\n",
		"bomb.graphml": `<!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><graphml><graph><node id="&b;"/></graph></graphml>`,
		"deep.graphml": "<graphml>" + strings.Repeat("<a>", 200_000), "cut.graphml": `<graphml><graph><node id="a"/>`, "edge.graphml": `<graphml><graph><node id="a"/><edge source="a" target="b"/></graph></graphml>`,
		"deep.gexf": "<gexf>" + strings.Repeat("<nodes>", 200_000), "cut.gexf": "<gexf><graph>", "weight.gexf": `<gexf><graph><nodes><node id="a"/></nodes><edges><edge source="a" target="a" weight="-1"/></edges></graph></gexf>`,
		"deep.gml": "graph " + deep, "id.gml": "graph [ node [ id 1 ] edge [ source 1 target 2 ] ]", "cut.gml": "graph [ node [ id 1",
		"deep.json": deep, "cut.json": `{"nodes": [{"id": 1}`, "edge.json": `{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}`, "word.jsonl": "{\"source\": 1, \"target\": 2, \"weight\": \"x\"}\n",
		"cut.dot": "graph { a -- ", "deep.dot": "graph " + strings.Repeat("{", 100_000), "chain.dot": "graph { a" + strings.Repeat(" -- b", 70_000) + " }",
		"pickle.txt": "\x80\x04\x95", "hdf.h5": "\x89HDF\r\n\x1a\n", "cut.txt.gz": "\x1f\x8b\x08\x00\x00\x00", "cut.npz": "PK\x03\x04", "empty.npz": "PK\x05\x06" + strings.Repeat("\x00", 18),
		"shape.npz":                          npzOf(t, [][3]string{{"adj_data", "<f4", "(1,)"}, {"adj_indices", "<i4", "(1,)"}, {"adj_indptr", "<i4", "(2,)"}, {"adj_shape", "<i8", "(2,)"}}, 1<<31),
		"header.npz":                         npzOf(t, [][3]string{{"adj", "<f8", "(2147483648, 2147483648)"}}, 0),
		"wide.csv --features wide.npz":       "0 1\n1 2\n",
		"twice.csv --features tall.npy":      "0 1\n1 2\n",
		"folder.txt --labels none.csv":       "0 1\n1 2\n",
		"unknown.csv --format gmll":          "a,b\n",
		"lines.gz":                           bombOf(t, "\n"),
		"zeros.gz":                           bombOf(t, "\x00"),
		"edges.gz":                           bombOf(t, "0 1\n"),
		"spaces.json.gz":                     bombOf(t, " "),
		"spaces.graphml.gz --format graphml": bombOf(t, " "),
		"comments.gml.gz --format gml":       bombOf(t, "#\n"),
		"blanks.dot.gz --format dot":         bombOf(t, " "),
		"lines.net.gz --format pajek":        bombOf(t, "\n"),
		"comments.metis.gz --format metis":   bombOf(t, "%\n"),
		"comments.npz --format npz":          bombOf(t, "%\n"),
		"elements.gexf.gz --format gexf":     bombOf(t, "<gexf>"),
		"packed.gz":                          "\x1f\x8b" + strings.Repeat("\xff", 1000),
		"window.xz":                          "\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x28" + strings.Repeat("\x00", 30),
	}
	wide := npzOf(t, [][3]string{{"attr_data", "<f4", "(1,)"}, {"attr_indices", "<i4", "(1,)"}, {"attr_indptr", "<i4", "(4,)"}, {"attr_shape", "<i8", "(2,)"}}, 1<<31)
	require.NoError(t, os.WriteFile("wide.npz", []byte(wide), 0o600))
	require.NoError(t, os.WriteFile("tall.npy", npyHead("<f4", "(3, 2147483648)"), 0o600))
	return out
}

func npyHead(kind, shape string) []byte {
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n", kind, shape)
	b := append([]byte("\x93NUMPY\x01\x00"), binary.LittleEndian.AppendUint16(nil, uint16(len(text)))...)
	return append(b, text...)
}

// npzOf is an npz file of arrays with a name, a kind and a shape each. Their values are
// 0, those of a shape are large.
func npzOf(t *testing.T, arrays [][3]string, large int64) string {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, a := range arrays {
		w, err := z.Create(a[0] + ".npy")
		require.NoError(t, err)
		b := npyHead(a[1], a[2])
		if strings.HasSuffix(a[0], "_shape") {
			b = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b, uint64(large)), uint64(large))
		} else {
			b = append(b, make([]byte, 16)...)
		}
		_, err = w.Write(b)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return out.String()
}

// bombOf is 1 GB of a text by gzip, made of parts.
func bombOf(t *testing.T, text string) string {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write(bytes.Repeat([]byte(text), 1<<20/len(text)))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return strings.Repeat(out.String(), 1<<10)
}

// TestBrokenFilesThroughTheCommand trains on files that are no graphs, each in a
// process of 4 GB of address space: one line and perhaps a hint, exit status 1
// (2 where a flag is at fault), within 10 seconds and 500 MB.
func TestBrokenFilesThroughTheCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command 70 times")
	}
	bin := builtBinary(t)
	t.Chdir(t.TempDir())
	var most int64
	var longest time.Duration
	files := brokenFiles(t)
	for name, text := range files {
		args := strings.Fields(name)
		require.NoError(t, os.WriteFile(args[0], []byte(text), 0o600))
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		var stdout, stderr strings.Builder
		cmd := exec.CommandContext(ctx, "sh", append([]string{"-c", `ulimit -v 4000000; exec "$@"`, "sh", bin, "train", "--k", "2", "--out", "out", "--data"}, args...)...)
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		begin := time.Now()
		err := cmd.Run()
		longest = max(longest, time.Since(begin))
		cancel()
		var exit *exec.ExitError
		if !assert.True(t, errors.As(err, &exit), "%s: %v %s", name, err, stdout.String()) {
			continue
		}
		want := 1
		if strings.HasSuffix(name, "gmll") || strings.HasSuffix(name, "2000000000") {
			want = 2
		}
		assert.Equal(t, want, exit.ExitCode(), "%s: %s", name, stderr.String())
		assert.Regexp(t, `^trainclustering: [^\n]*\n(hint: [^\n]*\n)?$`, stderr.String(), name)
		assert.Empty(t, stdout.String(), name)
		if usage, ok := exit.SysUsage().(*syscall.Rusage); ok {
			assert.Less(t, usage.Maxrss, int64(500_000), name)
			most = max(most, usage.Maxrss)
		}
		t.Logf("%s: %s %s", name, time.Since(begin).Round(time.Millisecond), strings.TrimSpace(stderr.String()))
	}
	t.Logf("%d files, at most %d MB and %v", len(files), most/1000, longest.Round(time.Millisecond))
}
