package graphfile

import (
	"archive/zip"
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tu is the files of a data set by their kinds.
type tu map[string]string

// small is a triangle, a path of three, and a node without edges.
func small() tu {
	return tu{
		"A":               "1, 2\n2, 1\n1, 3\n3, 1\n2, 3\n3, 2\n4, 5\n5, 4\n6, 5\n5, 6\n",
		"graph_indicator": "1\n1\n1\n2\n2\n2\n3\n",
		"graph_labels":    "1\n-1\n1\n",
	}
}

// rich is small with labels and attributes of everything.
func rich() tu {
	return small().with("node_labels", "5\n2\n2\n5\n7\n2\n2\n").
		with("node_attributes", "0.5, -1\n0, 0\n1e3,2\n3,0\n0,0\n0,0\n1,1\n").
		with("edge_labels", "0\n0\n4\n4\n0\n4\n0\n0\n0\n0\n").
		with("edge_attributes", "1\n3\n0\n0\n2\n2\n-1\n-1\n0\n6\n")
}

func (s tu) with(kind, text string) tu {
	s = maps.Clone(s)
	s[kind] = text
	return s
}

func (s tu) without(kind string) tu {
	s = maps.Clone(s)
	delete(s, kind)
	return s
}

func (s tu) fs(dir string) fstest.MapFS {
	out := fstest.MapFS{}
	for kind, text := range s {
		out[dir+"TINY_"+kind+".txt"] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func (s tu) read() (*TUSet, error) { return readTU(s.fs(""), "tiny") }

// archive is the files zipped, in a folder.
func (s tu) archive(t testing.TB, dir string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, kind := range slices.Sorted(maps.Keys(s)) {
		w, err := z.Create(dir + "TINY_" + kind + ".txt")
		require.NoError(t, err)
		_, err = w.Write([]byte(s[kind]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// rowsOf is f row by row.
func (f *Features) rowsOf() [][]float32 {
	out := make([][]float32, f.Rows)
	for i := range out {
		if f.Dense != nil {
			out[i] = f.Dense[i*f.Cols : (i+1)*f.Cols]
			continue
		}
		out[i] = make([]float32, f.Cols)
		for p := f.RowPtr[i]; p < f.RowPtr[i+1]; p++ {
			out[i][f.Col[p]] = f.Value(int(p))
		}
	}
	return out
}

func TestReadTUGraphs(t *testing.T) {
	s, err := small().read()
	require.NoError(t, err)
	requireSoundSet(t, s)
	assert.Equal(t, "TINY", s.Name)
	assert.Equal(t, []int{1, 0, 1}, s.Labels)
	assert.Equal(t, []int{-1, 1}, s.Classes)
	assert.Empty(t, s.Changes)
	assert.Nil(t, s.NodeLabels)
	assert.Nil(t, s.EdgeFeatures)
	require.Len(t, s.Graphs, 3)
	assert.Equal(t, &Graph{Nodes: 3, RowPtr: []int32{0, 2, 4, 6}, Col: []int32{1, 2, 0, 2, 0, 1}}, s.Graphs[0])
	assert.Equal(t, &Graph{Nodes: 3, RowPtr: []int32{0, 1, 3, 4}, Col: []int32{1, 0, 2, 1}}, s.Graphs[1])
	assert.Equal(t, &Graph{Nodes: 1, RowPtr: []int32{0, 0}, Col: []int32{}}, s.Graphs[2])
}

func TestReadTUFeatures(t *testing.T) {
	s, err := rich().read()
	require.NoError(t, err)
	requireSoundSet(t, s)
	assert.Equal(t, [][]int{{2, 5, 7}}, s.NodeLabels)
	assert.Equal(t, [][]int{{0, 4}}, s.EdgeLabels)
	// Attributes, then a column for 2, 5 and 7.
	assert.Equal(t, [][]float32{{.5, -1, 0, 1, 0}, {0, 0, 1, 0, 0}, {1e3, 2, 1, 0, 0}}, s.Graphs[0].Features.rowsOf())
	assert.Equal(t, [][]float32{{1, 1, 1, 0, 0}}, s.Graphs[2].Features.rowsOf())
	// Entries 0–1, 0–2, 1–0, 1–2, 2–0, 2–1: the mean of what both directions say.
	assert.Equal(t, [][]float32{{2, 1, 0}, {0, 0, 1}, {2, 1, 0}, {2, .5, .5}, {0, 0, 1}, {2, .5, .5}}, s.EdgeFeatures[0].rowsOf())
	assert.Equal(t, [][]float32{{-1, 1, 0}, {-1, 1, 0}, {3, 1, 0}, {3, 1, 0}}, s.EdgeFeatures[1].rowsOf())
	assert.Nil(t, s.EdgeFeatures[2])
}

// All graphs' features are in one form, or they could not go together.
func TestReadTUFeaturesHaveOneForm(t *testing.T) {
	for want, attributes := range map[bool]string{true: "1,1,1,1\n", false: "0,0,0,0\n"} {
		s, err := small().with("node_attributes", "1,1,1,1\n1,1,1,1\n0,0,0,0\n"+strings.Repeat(attributes, 3)+"0,0,0,0\n").
			with("node_labels", "0\n1\n2\n3\n4\n5\n6\n").read()
		require.NoError(t, err)
		for _, g := range s.Graphs {
			assert.Equal(t, want, g.Features.Dense != nil)
		}
	}
}

func TestReadTUSeveralColumnsOfLabels(t *testing.T) {
	s, err := small().with("node_labels", "1,8\n1,9\n2,8\n1,8\n1,8\n1,8\n2,9\n").read()
	require.NoError(t, err)
	assert.Equal(t, [][]int{{1, 2}, {8, 9}}, s.NodeLabels)
	assert.Equal(t, [][]float32{{1, 0, 1, 0}, {1, 0, 0, 1}, {0, 1, 1, 0}}, s.Graphs[0].Features.rowsOf())
}

func TestReadTUMakesUndirected(t *testing.T) {
	s, err := small().with("A", "1,2\n1,2\n3,3\n3,1\n5,4\n4,5\n").with("edge_attributes", "1\n2\n9\n4\n1\n2\n").read()
	require.NoError(t, err)
	requireSoundSet(t, s)
	assert.Equal(t, []string{"1 self loop dropped", "1 duplicate entry collapsed", "2 directed entries made undirected"}, s.Changes)
	assert.Equal(t, []int32{1, 2, 0, 0}, s.Graphs[0].Col)
	assert.Equal(t, [][]float32{{1.5}, {4}, {1.5}, {4}}, s.EdgeFeatures[0].rowsOf())
	assert.Equal(t, [][]float32{{1.5}, {1.5}}, s.EdgeFeatures[1].rowsOf())
}

func TestReadTUFromFolderAndZip(t *testing.T) {
	want, err := rich().read()
	require.NoError(t, err)
	for _, dir := range []string{"", "TINY/"} {
		path := t.TempDir()
		require.NoError(t, os.CopyFS(path, rich().fs(dir)))
		got, err := ReadTU(path)
		require.NoError(t, err)
		assert.Equal(t, want, got, "a folder, in %q", dir)

		path = filepath.Join(path, "tiny.zip")
		require.NoError(t, os.WriteFile(path, rich().archive(t, dir), 0o600))
		got, err = ReadTU(path)
		require.NoError(t, err)
		assert.Equal(t, want, got, "an archive, in %q", dir)
	}
}

// Windows' line ends, a byte order mark, blanks, and lines left blank at the
// end are read as if they were not there.
func TestReadTULineEnds(t *testing.T) {
	want, err := rich().read()
	require.NoError(t, err)
	s := rich()
	for kind, text := range s {
		s[kind] = "\ufeff " + strings.ReplaceAll(text, "\n", " \r\n") + "\r\n\n"
	}
	got, err := s.read()
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

func TestReadTUErrors(t *testing.T) {
	for want, s := range map[string]tu{
		"tiny/TINY_A.txt:2: node 8, want 1 to 7, as many as TINY_graph_indicator.txt has lines":                small().with("A", "1, 2\n8, 1\n"),
		"tiny/TINY_A.txt:1: node 0, want 1 to 7, as many as TINY_graph_indicator.txt has lines":                small().with("A", "1, 0\n"),
		"tiny/TINY_A.txt:3: an edge from node 3 of graph 1 to node 4 of graph 2, want both of one graph":       small().with("A", "1,2\n2,3\n3,4\n"),
		`tiny/TINY_A.txt:1: "1 2" has 1 field, want 2`:                                                         small().with("A", "1 2\n"),
		`tiny/TINY_A.txt:1: "1,2,3" has 3 fields, want 2`:                                                      small().with("A", "1,2,3\n"),
		`tiny/TINY_A.txt:2: "x" is not a whole number`:                                                         small().with("A", "1,2\nx,1\n"),
		"tiny/TINY_A.txt: empty file, want an entry i, j a line":                                               small().with("A", ""),
		"tiny/TINY_A.txt:2: a blank line, want numbers":                                                        small().with("A", "1,2\n\n2,1\n"),
		"tiny/TINY_graph_indicator.txt: file does not exist":                                                   small().without("graph_indicator"),
		"tiny/TINY_graph_indicator.txt: empty file, want the graph of each node":                               small().with("graph_indicator", "\n"),
		"tiny/TINY_graph_indicator.txt:1: graph 0 after graph 0, want numbers from 1 on that do not fall":      small().with("graph_indicator", "0\n"),
		"tiny/TINY_graph_indicator.txt:3: graph 4, want at most 3, as many as TINY_graph_labels.txt has lines": small().with("graph_indicator", "1\n1\n4\n"),
		"tiny/TINY_graph_indicator.txt:3: graph 1 after graph 2, want numbers from 1 on that do not fall":      small().with("graph_indicator", "1\n2\n1\n"),
		"tiny/TINY_graph_labels.txt: file does not exist":                                                      small().without("graph_labels"),
		"tiny/TINY_graph_indicator.txt:7: graph 3, want at most 2, as many as TINY_graph_labels.txt has lines": small().with("graph_labels", "1\n2\n"),
		"tiny/TINY_graph_attributes.txt: 2 lines, want 3, one a graph":                                         small().with("graph_attributes", "1\n2\n"),
		`tiny/TINY_graph_labels.txt:2: "1.5" is not a whole number`:                                            small().with("graph_labels", "1\n1.5\n1\n"),
		"tiny/TINY_node_labels.txt: 1 line, want 7, one a node":                                                small().with("node_labels", "1\n"),
		`tiny/TINY_node_labels.txt:2: "2" has 1 field, want 2 as before`:                                       small().with("node_labels", "1,1\n2\n"),
		`tiny/TINY_node_attributes.txt:1: "NaN", want a finite number that float32 holds`:                      small().with("node_attributes", "NaN\n"),
		`tiny/TINY_node_attributes.txt:2: "1e39", want a finite number that float32 holds`:                     small().with("node_attributes", "1\n1e39\n"),
		`tiny/TINY_node_attributes.txt:1: "" is not a number`:                                                  small().with("node_attributes", "1,\n"),
		"tiny/TINY_edge_labels.txt: 2 lines, want 10, one an entry of TINY_A.txt":                              small().with("edge_labels", "1\n2\n"),
		"tiny/TINY_edge_attributes.txt: 0 lines, want 10, one an entry of TINY_A.txt":                          small().with("edge_attributes", ""),
		"tiny/TINY_A.txt:1: a line of more than 1048576 bytes, want numbers":                                   small().with("A", strings.Repeat("1", maxLine+1)),
		"tiny: no file NAME_A.txt in it or in a folder below, want a data set of the TU collection":            small().without("A"),
	} {
		_, err := s.read()
		assert.EqualError(t, err, want)
	}
}

func TestReadTUErrorsOfPaths(t *testing.T) {
	dir := t.TempDir()
	_, err := ReadTU(filepath.Join(dir, "none"))
	assert.ErrorContains(t, err, "none: ")

	path := filepath.Join(dir, "cut.zip")
	b := small().archive(t, "")
	require.NoError(t, os.WriteFile(path, b[:len(b)/2], 0o600))
	_, err = ReadTU(path)
	assert.ErrorContains(t, err, "cut.zip: not a folder or a readable zip archive, it may be cut off")

	b[bytes.Index(b, []byte("TINY_A.txt"))+20] ^= 0xff // in the compressed text
	require.NoError(t, os.WriteFile(path, b, 0o600))
	_, err = ReadTU(path)
	assert.ErrorContains(t, err, "cut.zip/TINY_A.txt:")

	two := small().fs("one/")
	maps.Copy(two, small().fs("two/"))
	_, err = readTU(two, "tiny")
	assert.EqualError(t, err, "tiny: holds more than one data set (one/TINY_A.txt, two/TINY_A.txt), want one")
}

// A graph that no node is of keeps its place, in between and at the end.
func TestReadTUEmptyGraphs(t *testing.T) {
	s, err := rich().with("graph_indicator", "1\n1\n1\n3\n3\n3\n4\n").with("graph_labels", "1.0\n2\n1\n-1.0\n2\n").read()
	require.NoError(t, err)
	requireSoundSet(t, s)
	assert.Equal(t, []int{1, 2, 1, 0, 2}, s.Labels)
	assert.Equal(t, []int{-1, 1, 2}, s.Classes)
	var nodes []int
	for _, g := range s.Graphs {
		nodes = append(nodes, g.Nodes)
		h, err := g.Host()
		require.NoError(t, err)
		require.NoError(t, h.Check())
		assert.Equal(t, g.Nodes, h.Nodes)
	}
	assert.Equal(t, []int{3, 0, 3, 1, 0}, nodes)
	assert.Equal(t, []string{"2 graphs without nodes kept, empty"}, s.Changes)
}

func TestReadTUTargets(t *testing.T) {
	s, err := small().without("graph_labels").with("graph_attributes", "0.5\n-1e3\n2\n").read()
	require.NoError(t, err)
	assert.Equal(t, [][]float32{{.5}, {-1000}, {2}}, s.Targets)
	assert.Nil(t, s.Labels)
	s, err = small().with("graph_attributes", "1,2\n3,4\n5,6\n").with("graph_labels", "1,7\n-1,7\n1,8\n").read()
	require.NoError(t, err)
	assert.Equal(t, [][]float32{{1, 2}, {3, 4}, {5, 6}}, s.Targets)
	assert.Equal(t, []int{1, 0, 1}, s.Labels)
	assert.Equal(t, [][]int{{0, 0, 1}}, s.MoreLabels)
	assert.Equal(t, [][]int{{7, 8}}, s.MoreClasses)
}

// What macOS puts into archives is no second data set.
func TestReadTUSkipsHiddenFiles(t *testing.T) {
	files := small().fs("TINY/")
	files["__MACOSX/._TINY_A.txt"] = &fstest.MapFile{Data: []byte{0, 5, 22, 7}}
	_, err := readTU(files, "tiny")
	assert.NoError(t, err)
}

// requireSoundSet checks what every set read promises.
func requireSoundSet(t testing.TB, s *TUSet) {
	if s.Labels == nil {
		require.Len(t, s.Targets, len(s.Graphs))
	} else {
		require.Len(t, s.Labels, len(s.Graphs))
	}
	for _, l := range s.Labels {
		require.GreaterOrEqual(t, l, 0)
		require.Less(t, l, len(s.Classes))
	}
	require.True(t, slices.IsSorted(s.Classes))
	if s.EdgeFeatures != nil {
		require.Len(t, s.EdgeFeatures, len(s.Graphs))
	}
	var form *bool
	for i, g := range s.Graphs {
		features := g.Features
		if features != nil {
			dense := features.Dense != nil
			require.True(t, form == nil || *form == dense, "features of both forms")
			form = &dense
		}
		if g.Nodes == 0 {
			require.Nil(t, features)
			continue
		}
		g.Features = nil // whose form is that of all graphs
		requireSound(t, g)
		if g.Features = features; features != nil {
			require.NoError(t, features.check(g.Nodes))
		}
		if s.EdgeFeatures != nil && len(g.Col) > 0 {
			requireBothWays(t, g, s.EdgeFeatures[i])
		}
	}
}

// requireBothWays checks that an edge has the same features in its two
// directions.
func requireBothWays(t testing.TB, g *Graph, f *Features) {
	require.NoError(t, f.check(len(g.Col)))
	rows, of := f.rowsOf(), map[[2]int32][]float32{}
	for i := range int32(g.Nodes) {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			of[[2]int32{i, g.Col[p]}] = rows[p]
		}
	}
	for at, row := range of {
		require.Equal(t, row, of[[2]int32{at[1], at[0]}])
	}
}
