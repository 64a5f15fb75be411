package graphfile

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wholeOf is the graph that g's parts make.
func wholeOf(t *testing.T, g *DiskGraph, step int) *Graph {
	t.Helper()
	out := *g.Graph
	var ptr []int64
	var err error
	out.RowPtr = []int32{0}
	var col []int32
	var w []float32
	for lo := 0; lo < out.Nodes; lo += step {
		ptr, col, w, err = g.Rows(lo, min(lo+step, out.Nodes), ptr, col, w)
		require.NoError(t, err)
	}
	for _, p := range ptr {
		out.RowPtr = append(out.RowPtr, int32(p))
	}
	out.Col, out.Weights = col, w
	if g.X != nil {
		x := make([]float32, g.X.Rows*g.X.Cols)
		half := len(x) / g.X.Cols / 2 * g.X.Cols
		require.NoError(t, g.X.Next(x[:half]))
		require.NoError(t, g.X.Next(x[half:]))
		out.Features = fromDense(x, g.X.Rows, g.X.Cols)
	}
	assert.Equal(t, g.Entries, int64(len(col)))
	assert.Equal(t, g.Weighted, w != nil)
	return &out
}

// requireSameFromDisk reads a file both ways, with few entries a bucket, and
// wants nothing left behind.
func requireSameFromDisk(t *testing.T, path string, o Options, inMemory string) {
	t.Helper()
	want, err := ReadWith(path, o)
	require.NoError(t, err)
	for _, bucket := range []int64{3, 1 << 20} {
		dir := t.TempDir()
		g, err := readToDisk(path, dir, o, bucket)
		require.NoError(t, err)
		assert.Equal(t, inMemory, g.InMemory)
		for _, step := range []int{1, 3, 1000} {
			if g.X == nil || step == 1 {
				got := wholeOf(t, g, step)
				if len(got.Col) == 0 {
					got.Col = want.Col
				}
				assert.Equal(t, want, got)
			}
		}
		require.NoError(t, g.Close())
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Empty(t, left)
	}
}

func TestReadToDiskGivesTheGraphOfRead(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	random := func(line func(i, j int) string) string {
		var b strings.Builder
		for range 300 {
			i, j := r.IntN(60)*r.IntN(60), r.IntN(60) // gaps, loops, some edges twice
			b.WriteString(line(i, j) + "\n")
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		text string
		o    Options
	}{
		"plain":     {text: random(func(i, j int) string { return fmt.Sprint(i, " ", j) })},
		"weighted":  {text: random(func(i, j int) string { return fmt.Sprint(i, "\t", j, "\t", r.IntN(4)) })},
		"ones":      {text: "0 1 1\n1 2 1\n2 5 1\n"},
		"header":    {text: "source,target,weight\n1,2,0.5\n2,1,1.5\n7,1,2\n# end\n"},
		"comments":  {text: "# a list\n% of edges\n0 1\n1 0\n3 1\n3 3\n"},
		"large ids": {text: "4000000 1\n1 70000000\n"},
		"as asked":  {text: "0 1\n5 2\n", o: Options{Nodes: 9}},
		"from one":  {text: "1 2\n2 8\n", o: Options{Nodes: 9}},
		"loops":     {text: "0 0\n1 2\n2 8\n", o: Options{Nodes: 9}},
		"types":     {text: "source,target,type,weight\n2,1,Undirected,2\n1,2,Undirected,4\n1,3,Directed,1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "edges.txt")
			require.NoError(t, os.WriteFile(path, []byte(c.text), 0o644))
			requireSameFromDisk(t, path, c.o, "")
		})
	}
}

func TestReadToDiskReadsNPZ(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	g := &Graph{Nodes: 20, RowPtr: []int32{0}, Features: &Features{Rows: 20, Cols: 3}, Labels: make([]int, 20)}
	for i := range 20 {
		for range r.IntN(5) { // one-way entries, loops, duplicates
			g.Col, g.Weights = append(g.Col, int32(r.IntN(20))), append(g.Weights, float32(r.IntN(3)))
		}
		g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
		g.Labels[i] = i % 3
		g.Features.Dense = append(g.Features.Dense, float32(i), 1, -1)
	}
	path := filepath.Join(t.TempDir(), "g.npz")
	require.NoError(t, WriteNPZ(path, g))
	requireSameFromDisk(t, path, Options{}, "")

	g.Features = &Features{Rows: 20, Cols: 3, RowPtr: make([]int32, 21)}
	for i := range 20 {
		g.Features.RowPtr[i+1] = int32(i / 10)
	}
	g.Features.Col, g.Features.Values = []int32{2}, []float32{4}
	require.NoError(t, WriteNPZ(path, g))
	requireSameFromDisk(t, path, Options{}, "")

	for _, x := range []raw{
		{"x", "<f4", []int{3, 2}, []float32{1, 2, 3, 4, 5, 6}},
		{"attr_matrix", "<f4", []int{3, 2}, []float32{1, 2, 3, 4, 5, 6}},
	} {
		require.NoError(t, os.WriteFile(path, path3().with(x).bytes(t, zip.Deflate), 0o644))
		requireSameFromDisk(t, path, Options{}, "")
		require.NoError(t, os.WriteFile(path, path3().with(x.inColumns(t)).bytes(t, zip.Deflate), 0o644))
		requireSameFromDisk(t, path, Options{}, "")
	}
	none := raw{"x", "<f4", []int{3, 0}, []float32{}}
	require.NoError(t, os.WriteFile(path, path3().with(none).bytes(t, zip.Deflate), 0o644))
	requireSameFromDisk(t, path, Options{}, "")
}

func TestReadToDiskSaysWhatIsReadIntoMemory(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ text, why string }{
		"names.txt": {"ann bob\nbob cy\n", "node ids that are no whole numbers"},
		"g.gml":     {"graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] ]", "a file of the format gml"},
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(c.text), 0o644))
		requireSameFromDisk(t, path, Options{}, c.why)
	}
}

// TestReadToDiskErrsAsRead compares the errors of broken files.
func TestReadToDiskErrsAsRead(t *testing.T) {
	dir := t.TempDir()
	check := func(name string, o Options) {
		t.Helper()
		path := filepath.Join(dir, name)
		_, want := ReadWith(path, o)
		require.Error(t, want)
		_, err := ReadToDisk(path, t.TempDir(), o)
		assert.EqualError(t, err, want.Error())
	}
	for name, text := range map[string]string{
		"empty.txt": "", "none.txt": "# nothing\n", "word.txt": "0 1 2\n1 2 x\n", "short.txt": "0 1\n2\n",
		"heavy.txt": "0 1 3e38\n0 1 3e38\n2 1 1\n", "negative.txt": "0 1 -1\n", "zip.npz": "PK\x03\x04 broken",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
		check(name, Options{})
	}
	check("missing.txt", Options{})
	require.NoError(t, os.WriteFile(filepath.Join(dir, "two.txt"), []byte("0 1\n9 2\n"), 0o644))
	check("two.txt", Options{Nodes: 5})
	check("two.txt", Options{Nodes: 1 << 29})
	check("two.txt", Options{Header: "perhaps"})
}

func TestFeatureRows(t *testing.T) {
	_, is, err := openFeatureRows(filepath.Join(t.TempDir(), "x.npy"))
	assert.False(t, is)
	assert.Error(t, err)
	path := filepath.Join(t.TempDir(), "x.csv")
	require.NoError(t, os.WriteFile(path, []byte("node,a\n0,1\n"), 0o644))
	_, is, err = openFeatureRows(path)
	assert.False(t, is)
	assert.NoError(t, err)
}

// A disk that is full is told once, by the folder.
func TestSortingErrors(t *testing.T) {
	dir := t.TempDir()
	d, err := newDiskRows(dir, 2, 4, 4, false)
	require.NoError(t, err)
	require.NoError(t, d.add(0, 1, 1))
	require.NoError(t, d.buckets[0].f.Close())
	err = sortingError(d.merge(nil), "e.txt", dir)
	assert.EqualError(t, err, "e.txt: sorting its edges in the folder "+dir+": file already closed")
	assert.NoError(t, sortingError(nil, "e.txt", dir))
	_, err = os.Open(filepath.Join(dir, "none"))
	assert.Equal(t, err, sortingError(err, "e.txt", dir))
}

func TestFeatureRowsAreFiniteNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	head := "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n"
	for _, c := range []struct {
		last float32
		want string
	}{{4, ""}, {float32(math.NaN()), path + ": the array[1,1] = NaN, want a finite number that float32 holds"}} {
		b := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(head)))
		b = append(b, head...)
		for _, v := range []float32{1, 2, 3, c.last} {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		require.NoError(t, os.WriteFile(path, b, 0o644))
		f, is, err := openFeatureRows(path)
		require.NoError(t, err)
		require.True(t, is)
		x := make([]float32, 4)
		if err = f.Next(x); c.want == "" {
			assert.NoError(t, err)
			assert.Equal(t, []float32{1, 2, 3, 4}, x)
		} else {
			assert.EqualError(t, err, c.want)
		}
		assert.NoError(t, f.Close())
	}
}
