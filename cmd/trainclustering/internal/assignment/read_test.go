package assignment

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"codeberg.org/sbinet/npyio/npy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Files as the programs write them.
var files = map[string]struct {
	name, text string
	kind       Kind
}{
	"ours":         {"assignments.csv", "node,cluster,confidence\na,0,0.5\n\"b,\"\"1\"\"\",1,0.25\nc,0,1\n", CSV},
	"tsv":          {"x.tsv", "# made by us\nid\tcommunity\na\t0\nb,\"1\"\t1\nc\t0\n", TSV},
	"gephi":        {"nodes.csv", "Id,Label,timeset,modularity_class\na,Anna,,0\n\"b,\"\"1\"\"\",Bob,,1\nc,Cid,,0\n", CSV},
	"json map":     {"x.json", `{"a": 0, "b,\"1\"": 1, "c": 0}`, JSON},
	"json rows":    {"x.json", `[{"node": "a", "cluster": 0}, {"node": "b,\"1\"", "cluster": 1}, {"node": "c", "cluster": 0}]`, JSON},
	"wrapped":      {"x.json", `{"version": "1", "assignments": [{"node": "a", "cluster": 0}, {"node": "b,\"1\"", "cluster": 1}, {"node": "c", "cluster": 0}]}`, JSON},
	"clu":          {"net.clu", "# v2.7.1\n# ./Infomap net.net out\n# module level 1\n# node_id module flow\n1 1 0.5\n2 2 0.25\n3 1 0.25\n", Clu},
	"tree":         {"net.tree", "# v2.7.1\n# codelength 3.4\n# path flow name node_id\n1:1 0.5 \"a\" 1\n1:2 0.25 \"c\" 3\n2:1 0.25 \"b,\"1\"\" 2\n*Links undirected\n1 2 0.5\n", Tree},
	"leiden":       {"clusters.txt", "0\t0\n1\t1\n2\t0\n", Pairs},
	"igraph":       {"membership.txt", "0\n1\n0\n", Membership},
	"pajek":        {"net.clu", "*Vertices 3\n0\n1\n0\n", Membership},
	"windows":      {"x.csv", "\ufeffnode,cluster\r\na,0\r\n\"b,\"\"1\"\"\",1\r\nc,0\r\n", CSV},
	"by letters":   {"x.csv", "name,membership\na,red\n\"b,\"\"1\"\"\",blue\nc,red\n", CSV},
	"json list":    {"x.json", "[0, 1, 0]", JSON},
	"leiden named": {"c.txt", "a\t0\nb,\"1\"\t1\nc\t0\n", Pairs},
}

func TestEveryKindIsRead(t *testing.T) {
	for what, file := range files {
		f, err := ReadFrom(strings.NewReader(file.text), file.name)
		require.NoError(t, err, what)
		assert.Equal(t, file.kind, f.Kind, what)
		names := []string{"a", `b,"1"`, "c"}
		if what == "leiden" {
			names = nil
		}
		m, err := f.Match(3, names)
		require.NoError(t, err, what)
		if file.kind == Clu || file.kind == Tree { // modules from 1
			assert.Equal(t, []int{1, 2, 1}, m.Cluster, what)
		} else {
			assert.Equal(t, []int{0, 1, 0}, m.Cluster, what)
		}
		assert.Zero(t, m.Missing)
	}
}

func TestOursKeepsTheShares(t *testing.T) {
	f, err := ReadFrom(strings.NewReader(files["ours"].text), "x.csv")
	require.NoError(t, err)
	m, err := f.Match(3, []string{"c", "a", `b,"1"`})
	require.NoError(t, err)
	assert.Equal(t, []int{0, 0, 1}, m.Cluster)
	assert.Equal(t, []float32{1, 0.5, 0.25}, m.Share)
	assert.Equal(t, []string{`nodes from column "node", clusters from column "cluster"`}, f.Said)
}

func TestTreeLevels(t *testing.T) {
	f, err := ReadFrom(strings.NewReader("1:1:1 0.2 \"a\" 1\n1:2:1 0.2 \"b\" 2\n2:1 0.1 \"c c\" 3\n"), "x.tree")
	require.NoError(t, err)
	assert.Equal(t, 2, f.Levels())
	want := func(level int, clusters ...int) {
		require.NoError(t, f.AtLevel(level))
		m, err := f.Match(3, []string{"a", "b", "c c"})
		require.NoError(t, err)
		assert.Equal(t, clusters, m.Cluster)
	}
	want(1, 1, 1, 2)
	want(2, 0, 1, 2)
	want(-1, 0, 1, 2)
	assert.EqualError(t, f.AtLevel(3), "x.tree: level 3, want 1 to 2 (-1: the lowest)")
}

func TestMatchByNumber(t *testing.T) {
	read := func(text string) *File {
		f, err := ReadFrom(strings.NewReader(text), "x.txt")
		require.NoError(t, err)
		return f
	}
	m, err := read("1\t5\n2\t6\n3\t5\n").Match(3, nil)
	require.NoError(t, err)
	assert.Equal(t, []int{5, 6, 5}, m.Cluster)
	assert.Equal(t, []string{"nodes numbered from 1"}, m.Said)

	m, err = read("0\t5\n2\t6\n").Match(3, nil)
	require.NoError(t, err)
	assert.Equal(t, []int{5, None, 6}, m.Cluster)
	assert.Equal(t, 1, m.Missing)
	assert.Equal(t, []string{`1 of 3 nodes without a cluster, such as "1"`}, m.Said)

	_, err = read("0\t5\n7\t6\n9\t6\n").Match(3, nil)
	assert.EqualError(t, err, `x.txt:2: 2 of its 3 nodes are not in the graph of 3 nodes, such as "7", "9"`)
	_, err = read("0\t5\n1\t6\n0\t6\n").Match(3, nil)
	assert.EqualError(t, err, `x.txt:3: node "0" a second time, want each node once`)
	_, err = read("0\n1\n").Match(3, nil)
	assert.EqualError(t, err, "x.txt: has 2 clusters, want one a node (3)")
	_, err = read("0\t5\n1\t-7\n").Match(3, nil)
	assert.EqualError(t, err, "x.txt:2: cluster -7, want at least 0 (-1: none)")
}

func TestNamesAreFoundAsOurTablesWriteThem(t *testing.T) {
	f, err := ReadFrom(strings.NewReader("node,cluster\n'=cmd(),5\n-x,6\na␛b,7\nplain,8\n"), "x.csv")
	require.NoError(t, err)
	m, err := f.Match(4, []string{"=cmd()", "a\x1bb", "-x", "plain"})
	require.NoError(t, err)
	assert.Equal(t, []int{5, 7, 6, 8}, m.Cluster)
	m, err = f.MatchSome(5, []string{"=cmd()", "'=cmd()", "a\x1bb", "-x", "plain"})
	require.NoError(t, err)
	assert.Equal(t, []int{None, 5, 7, 6, 8}, m.Cluster, "a node of just that name comes first")
}

func TestMatchSomeLeavesOutNodesThatAreGone(t *testing.T) {
	f, err := ReadFrom(strings.NewReader("node,cluster\na,0\nb,7\nc,1\n"), "x.csv")
	require.NoError(t, err)
	m, err := f.MatchSome(3, []string{"c", "d", "a"})
	require.NoError(t, err)
	assert.Equal(t, []int{1, None, 0}, m.Cluster)
	assert.Equal(t, 7, m.Most, "of the whole file")
	assert.Equal(t, []string{`1 of its 3 nodes are not in the graph of 3 nodes, such as "b"; they are left out`, `1 of 3 nodes without a cluster, such as "d"`}, m.Said)
	_, err = f.Match(3, []string{"c", "d", "a"})
	assert.EqualError(t, err, `x.csv:3: 1 of its 3 nodes are not in the graph of 3 nodes, such as "b"`)
	_, err = f.MatchSome(2, []string{"x", "y"})
	assert.EqualError(t, err, `x.csv:2: 3 of its 3 nodes are not in the graph of 2 nodes, such as "a", "b", "c"`)

	f, err = ReadFrom(strings.NewReader("0\t2\n1\t2\n5\t3\n"), "leiden.tsv")
	require.NoError(t, err)
	m, err = f.MatchSome(2, nil)
	require.NoError(t, err)
	assert.Equal(t, []int{2, 2}, m.Cluster)
	assert.Equal(t, 3, m.Most)

	f, err = ReadFrom(strings.NewReader("0\n1\n"), "list.txt")
	require.NoError(t, err)
	_, err = f.MatchSome(3, nil)
	assert.EqualError(t, err, "list.txt: has 2 clusters, want one a node (3)")
}

func TestWrongFilesAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "f.txt: empty file, want a cluster a node",
		"# c\n":                                  "f.txt: has only comments, want a cluster a node",
		"\x00\x01":                               "f.txt: not text, want a file of assignments (csv, tsv, json, .clu, .tree or a list of clusters)",
		"a b c d\n":                              `f.txt:1: "a b c d": want a header with a column node and a column cluster, or a node and its cluster`,
		"node,cluster\n":                         "f.txt: has a header alone, want a row a node",
		"node,cluster\na,1,2\n":                  "f.txt:2: another number of fields than the header has",
		"node,cluster,confidence\na,1,2\n":       `f.txt:2: confidence "2", want a number from 0 to 1`,
		"0\t1\n1\t2\t3\n":                        `f.txt:2: "1\t2\t3" has 3 fields, want a node and its cluster`,
		"0\n-2\n":                                `f.txt:2: cluster "-2", want a whole number of at least 0 (-1: none)`,
		"0\n1 2\n":                               `f.txt:2: "1 2", want one cluster a line as before`,
		"# module\n1 1 .5\nx 1 .5\n":             `f.txt:3: node "x", want a whole number`,
		"1:1 0.5 \"a\" 1\n1:x 0 \"b\"":           `f.txt:2: path "1:x", want numbers of at least 1 with : between them, as in 1:2:3`,
		"1:1 0.5 \"a\" 1\n1:2 0.5 b":             `f.txt:2: "b", want the node's name in quotes after the flow`,
		"{\"a\": [1]}":                           `f.txt: node "a": "[1]", want a text or a number`,
		"[{\"node\": \"a\"}]":                    `f.txt: entry 0: "{\"node\": \"a\"}", want a node and a cluster`,
		"[1, {\"node\": \"a\", \"cluster\": 1}]": "f.txt: entry 1: want all entries with a node or none",
		"{}":                                     "f.txt: has no nodes, want a cluster a node",
	} {
		_, err := ReadFrom(strings.NewReader(text), "f.txt")
		assert.EqualError(t, err, want, "%q", text)
	}
	_, err := ReadFrom(strings.NewReader(`{"a": 1`), "f.json")
	assert.ErrorContains(t, err, "f.json: not whole JSON near byte 7")
	_, err = Read(filepath.Join(t.TempDir(), "none.csv"))
	assert.ErrorContains(t, err, "none.csv: no such file or directory")
	_, err = Read(t.TempDir())
	assert.ErrorContains(t, err, "is a folder, want a file of assignments")
}

func TestMemoryIsBounded(t *testing.T) {
	endless := io.MultiReader(strings.NewReader("node,cluster\n\"a"), &zeros{})
	_, err := ReadFrom(endless, "f.csv")
	assert.ErrorContains(t, err, "a line of more than 1048576 bytes")
	_, err = ReadFrom(io.MultiReader(strings.NewReader("0\n1\n"), &zeros{}), "f.txt")
	assert.ErrorContains(t, err, "f.txt:3: a line of more than 1048576 bytes")
}

// zeros reads "0" without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func TestWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		table := Table{Header: []string{"trainclustering v1", "two\nlines"}}
		for i := range n {
			name := rapid.StringMatching(`[#%"*a-z ,é\t]{0,6}`).Draw(t, "name")
			table.Names = append(table.Names, strings.TrimSpace(name)+string(rune('A'+i)))
			table.Cluster = append(table.Cluster, rapid.IntRange(0, 4).Draw(t, "c"))
			table.Share = append(table.Share, rapid.Float32Range(0, 1).Draw(t, "s"))
			table.Flow = append(table.Flow, 1/float64(n))
		}
		for _, kind := range []Kind{CSV, TSV, JSON, Clu, Tree, Membership} {
			var b bytes.Buffer
			require.NoError(t, Write(&b, table, kind))
			f, err := ReadFrom(bytes.NewReader(b.Bytes()), "x."+string(kind))
			require.NoError(t, err, b.String())
			require.Equal(t, kind, f.Kind, b.String())
			m, err := f.Match(n, table.Names)
			require.NoError(t, err, b.String())
			for i, c := range table.Cluster {
				if kind == Clu || kind == Tree {
					c++
				}
				require.Equal(t, c, m.Cluster[i], "%s\n%s", kind, b.String())
			}
			if kind == CSV || kind == TSV || kind == JSON {
				require.Equal(t, table.Share, m.Share)
			}
		}
	})
}

func TestWriteTreeOfLevels(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, Write(&b, Table{
		Cluster: []int{0, 1, 0, None}, Flow: []float64{.1, .2, .3, .4}, Paths: [][]int{{0, 0}, {1, 0}, {0, 0}, nil},
	}, Tree))
	assert.Equal(t, "# path flow name node_id\n1:1:1 0.3 \"2\" 3\n1:1:2 0.1 \"0\" 1\n2:1:1 0.2 \"1\" 2\n", b.String())
	b.Reset()
	require.NoError(t, Write(&b, Table{Cluster: []int{0, 1}}, Pairs))
	assert.Equal(t, "0\t0\n1\t1\n", b.String())
	assert.EqualError(t, Write(&b, Table{}, "x"), `assignment: kind = "x", want csv, tsv, json, clu, tree, pairs or membership`)
	b.Reset()
	require.NoError(t, Write(&b, Table{}, JSON))
	assert.Equal(t, "[]\n", b.String())
}

func TestWriteNPYReadsBack(t *testing.T) {
	for _, shape := range [][2]int{{3, 2}, {0, 4}, {1000, 1}} {
		want := make([]float32, shape[0]*shape[1])
		for i := range want {
			want[i] = float32(i) / 3
		}
		var b bytes.Buffer
		require.NoError(t, WriteNPY(&b, shape[0], shape[1], want))
		assert.Zero(t, (b.Len()-4*len(want))%64, "the values begin at a multiple of 64")
		r, err := npy.NewReader(&b)
		require.NoError(t, err)
		assert.Equal(t, shape[:], r.Header.Descr.Shape)
		got := make([]float32, len(want))
		if len(want) > 0 {
			require.NoError(t, r.Read(&got))
		}
		assert.Equal(t, want, got)
	}
	assert.EqualError(t, WriteNPY(io.Discard, 2, 2, nil), "assignment: 0 values, want 2 × 2")
}

func TestReadFromAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tsv")
	require.NoError(t, os.WriteFile(path, []byte(files["tsv"].text), 0o600))
	f, err := Read(path)
	require.NoError(t, err)
	assert.Len(t, f.Rows, 3)
	assert.Equal(t, 3, f.Rows[0].Line)
}

// TestFilesThatInfomapWrote reads what Infomap 2.16.0 wrote of two triangles
// joined by an edge (comments on time and place left out).
func TestFilesThatInfomapWrote(t *testing.T) {
	names := []string{"a b", "b", `c \"q\"`, "d", "e", "f"}
	for _, file := range []struct {
		name  string
		kind  Kind
		names []string
	}{{"infomap.clu", Clu, names}, {"infomap.clu", Clu, nil}, {"infomap.tree", Tree, names}, {"infomap.ftree", Tree, nil}} {
		f, err := Read(filepath.Join("testdata", file.name))
		require.NoError(t, err)
		assert.Equal(t, file.kind, f.Kind)
		m, err := f.Match(6, file.names)
		require.NoError(t, err)
		assert.Equal(t, []int{1, 1, 1, 2, 2, 2}, m.Cluster, file.name)
		assert.Zero(t, m.Missing)
	}
}
