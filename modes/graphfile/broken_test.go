package graphfile

import (
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// broken is a file that is wrong, and an expression for what its error says.
type broken struct{ text, want string }

// requireBroken reads each text as the format of this name: one line that
// begins with the file's name and says what is wanted, at little memory.
func requireBroken(t *testing.T, formatName string, list []broken) {
	t.Helper()
	f, err := formatNamed(formatName)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(list), 20, "the %s files that are refused", formatName)
	for _, c := range list {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		g, err := f.read(strings.NewReader(c.text), "f.x")
		runtime.ReadMemStats(&after)
		if !assert.Error(t, err, "%.200q gave %v", c.text, g) {
			continue
		}
		assert.True(t, strings.HasPrefix(err.Error(), "f.x:"), err.Error())
		assert.NotContains(t, err.Error(), "\n")
		assert.LessOrEqual(t, len(err.Error()), 420, err.Error())
		assert.Regexp(t, regexp.MustCompile(c.want), err.Error(), "%.200q", c.text)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20+100*len(c.text)), "bytes allocated for %.100q", c.text)
	}
}

// deep is n times open, then as often shut.
func deep(open, shut string, n int) string { return strings.Repeat(open, n) + strings.Repeat(shut, n) }

func TestBrokenMTX(t *testing.T) {
	const head = "%%MatrixMarket matrix coordinate real general\n"
	requireBroken(t, "mtx", []broken{
		{"", `:1: "", want a line that begins with %%MatrixMarket`},
		{"1 2\n", `:1: "1 2", want a line that begins with`},
		{"%%MatrixMarket matrix coordinate real\n", `:1: .* has 4 words, want 5`},
		{"%%MatrixMarket vector coordinate real general\n1 1 0\n", `:1: a "vector" .*want matrix`},
		{"%%MatrixMarket matrix coordinate complex general\n2 2 1\n1 2 1 0\n", `:1: a "complex" .*weights are real`},
		{"%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 1\n", `:1: a "skew-symmetric" .*below 0`},
		{"%%MatrixMarket matrix array pattern general\n2 2\n", `:1: an array of pattern`},
		{"%%MatrixMarket matrix coordinate real wrong\n2 2\n", `:1: a "wrong" Matrix Market file, want general or symmetric`},
		{head, `:2: the file ends before the line of sizes`},
		{head + "2 2\n", `:2: sizes "2 2", want 3 whole numbers`},
		{head + "2 2 x\n", `:2: size "x", want a whole number`},
		{head + "-2 2 1\n", `:2: size "-2", want a whole number`},
		{head + "3 9 4\n1 4 0.5\n", `:2: a matrix of 3×9, want a square one`},
		{head + "3 3 2\n1 2 1\n", `:4: the file ends before entry 2 of 2`},
		{head + "3 3 1\n1 2 1\n2 3 1\n", `:4: "2 3 1" after the last of 1 entries`},
		{head + "3 3 1\n0 2 1\n", `:3: index "0", want 1 to 3`},
		{head + "3 3 1\n1 4 1\n", `:3: index "4", want 1 to 3`},
		{head + "3 3 1\n1 2\n", `:3: "1 2" has 2 fields, want 3`},
		{head + "3 3 1\n1 2 x\n", `:3: weight "x" is not a number`},
		{head + "3 3 1\n1 2 -1\n", `:3: weight -1, want a finite number of at least 0`},
		{head + "3 3 1\n1 2 nan\n", `:3: weight nan, want a finite number`},
		{head + "3 3 1\n1 2 1e99\n", `:3: weight 1e99, want`},
		{head + "2147483647 2147483647 1\n1 2 1\n", `: rows = 2147483647, want at most 1000000`},
		{head + "2147483648 2147483648 1\n1 2 1\n", `:2: size "2147483648", want .* at most 2147483647`},
		{head + "0 0 0\n", `: a graph of 0 nodes`},
		{"%%MatrixMarket matrix coordinate real symmetric\n3 3 1\n1 2 1\n", `:3: entry \(1,2\) above the diagonal`},
		{"%%MatrixMarket matrix array real general\n2 2\n1\n2\n", `:5: the file ends before value 3 of 4`},
		{"%%MatrixMarket matrix array real general\n60000 60000\n1\n2\n", `:5: the file ends before value 3 of 3600000000`},
		{head + strings.Repeat("9", 1<<20+10), `:2: a line of more than`},
	})
}

func TestBrokenMETIS(t *testing.T) {
	requireBroken(t, "metis", []broken{
		{"", `: "", want the first line of a METIS file`},
		{"% only\n", `want the first line of a METIS file`},
		{"3\n", `:1: "3", want the first line`},
		{"3 2 0 1 5\n", `:1: .*want the first line`},
		{"x 2\n", `:1: "x", want a whole number`},
		{"-3 2\n", `:1: "-3", want a whole number`},
		{"2 1 002\n2\n1\n", `:1: fmt = "002", want up to three digits of 0 and 1`},
		{"2 1 1001\n2\n1\n", `:1: fmt = "1001"`},
		{"2 1 10 0\n1 2\n1 1\n", `:1: ncon = 0, want 1 to 1000`},
		{"2 1 10 2000000000\n1 2\n1 1\n", `:1: ncon = 2000000000`},
		{"3 2\n2\n1 3\n", `:4: the file ends before the line of node 3 of 3`},
		{"2 1\n2\n1\n1\n", `:4: "1" after the line of the last of 2 nodes`},
		{"3 2\n2\n1 4\n2\n", `:3: neighbour "4" of node 2, want 1 to 3`},
		{"3 2\n2\n1 0\n2\n", `:3: neighbour "0" of node 2`},
		{"3 2\n2\n1 a\n2\n", `:3: neighbour "a" of node 2`},
		{"3 5\n2\n1 3\n2\n", `: 4 neighbours, want 10: both directions`},
		{"2 1 1\n2\n1 1\n", `:2: neighbour 2 of node 1 has no weight`},
		{"2 1 1\n2 x\n1 1\n", `:2: weight "x" is not a number`},
		{"2 1 1\n2 -3\n1 -3\n", `:2: weight -3, want`},
		{"2 1 10\n\n1 1\n", `:2: node 1 has no weight`},
		{"2 1 100\nx 2\n1 1\n", `:2: size of node 1 = "x", want a number`},
		{"2000000000 0\n", `: nodes = 2000000000, want at most 1000000`},
		{"2000000000 1\n2\n1\n", `: nodes = 2000000000, want at most 1000000`},
		{"99999999999999999999 1\n", `:1: "99999999999999999999", want a whole number`},
		{"0 0\n", `: a graph of 0 nodes`},
		{"\x00\x00\x00", `:1: .*want the first line`},
	})
}

func TestBrokenPajek(t *testing.T) {
	requireBroken(t, "pajek", []broken{
		{"", `: no \*Vertices, want a Pajek network`},
		{"1 2\n", `:1: "1 2", want a line such as \*Vertices`},
		{"*Vertices\n", `:1: \*Vertices "", want a whole number`},
		{"*Vertices x\n", `:1: \*Vertices "x"`},
		{"*Vertices 0\n", `:1: \*Vertices "0"`},
		{"*Vertices -1\n", `:1: \*Vertices "-1"`},
		{"*Vertices 2147483647\n*Edges\n1 2\n", `:1: \*Vertices "2147483647"`},
		{"*Vertices 2000000000\n*Edges\n1 2\n", `: \*Vertices = 2000000000, want at most 1000000`},
		{"*Vertices 2000000000\n2000000000 \"a\"\n", `:2: vertex = 1999999999, want at most 1000000`},
		{"*Vertices 2\n*Vertices 2\n", `:2: a second \*Vertices`},
		{"*Vertices 2\n1 \"a\"\n1 \"b\"\n", `:3: vertex 1 is there twice`},
		{"*Vertices 2\n3 \"a\"\n", `:2: vertex "3", want 1 to 2`},
		{"*Vertices 2\n1 \"a\n", `:2: .* has a quote without its end`},
		{"*Edges\n1 2\n", `:1: \*edges before \*Vertices`},
		{"*Vertices 2\n*Edges\n1 3\n", `:3: vertex "3", want 1 to 2`},
		{"*Vertices 2\n*Edges\n1\n", `:3: "1", want two vertices`},
		{"*Vertices 2\n*Edges\na b\n", `:3: vertex "a"`},
		{"*Vertices 2\n*Edges\n1 2 x\n", `:3: weight "x" is not a number`},
		{"*Vertices 2\n*Arcs\n1 2 -1\n", `:3: weight -1, want`},
		{"*Vertices 2\n*Arcslist\n1 2 0\n", `:3: vertex "0"`},
		{"*Vertices 2\n*Matrix\n0 1\n1\n", `:4: row 2 of \*Matrix has 1 values, want 2`},
		{"*Vertices 2\n*Matrix\n0 1 1\n", `:3: row 1 of \*Matrix has more than 2`},
		{"*Vertices 2\n*Matrix\n0 1\n", `ends after row 1 of \*Matrix, want 2 rows`},
		{"*Vertices 2\n*Matrix\n0 1\n1 0\n0 0\n", `:5: .*after the last of 2 rows`},
		{"*Vertices 2\n*Vector\n1\n2\n", `:2: section "\*vector", want`},
		{"*Network a\n*Vertices 1\n*Network b\n", `:3: a second \*Network`},
		{"*Vertices 1\n1 \"M\xfcller\"\n", `:2: .* is not UTF-8`},
		{"*Vertices 1\n1 \"\x00\"\n", `:2: a zero byte`},
		{"*Vertices 2\n*Edges\n1 2\n*Partition p\n*Vertices 2\n1\n", `: \*Partition has 1 values, want one a vertex`},
	})
}

func TestBrokenGML(t *testing.T) {
	requireBroken(t, "gml", []broken{
		{"", `: no graph, want graph \[`},
		{"graph", `:1: the file ends after "graph", want its value`},
		{"graph 5", `:1: graph = "5", want a list`},
		{"graph [", `:1: the file ends inside of a list`},
		{"graph [ node [ id 1 ]", `the file ends inside of a list`},
		{"graph [ ] graph [ ]", `:1: a second graph`},
		{"graph [ ]", `: a graph of 0 nodes`},
		{"]", `:1: "\]", want a key`},
		{"graph [ 5 6 ]", `:1: "5", want a key`},
		{"graph [ \"node\" [ id 1 ] ]", `:1: "node", want a key`},
		{"graph [ node ]", `:1: "node" has no value`},
		{"graph [\nnode [ label \"a\" ] ]", `:2: a node without an id`},
		{"graph [ node [ id 1 ]\n node [ id 1 ] ]", `:2: node id "1" is there twice`},
		{"graph [ node [ id 1 ] edge [ source 1 ] ]", `:1: an edge without a target`},
		{"graph [ node [ id 1 ]\n edge [ source 1 target 2 ] ]", `:2: an edge of node "2", want the id of a node`},
		{"graph [ node [ id 1 ] edge [ source 1 target 1 weight x ] ]", `:1: weight "x" is not a number`},
		{"graph [ node [ id 1 ] edge [ source 1 target 1 value -1 ] ]", `:1: weight -1, want`},
		{"graph [ node [ id 1 label \"abc", `:1: a text in quotes without its end`},
		{"graph [ node [ id 1 label \"\xff\" ] ]", `:1: .* is not UTF-8`},
		{"graph [ node [ id 1 age \xff ] ]", `:1: .* is not UTF-8`},
		{"graph [ node [ id 1 age NAN ] ]", `node attribute "age" of node number 0 = "NAN", want a finite number`},
		{"graph [ directed 2 node [ id 1 ] ]", `:1: directed = "2", want 0 or 1`},
		{"graph [ directed [ x 1 ] ]", `:1: "directed" is a list`},
		{"graph [ node [ id 1 ] edge [ source 1 target 1 ] directed 1 ]", `directed after the first edge`},
		{"graph " + deep("[ a ", "]", 100000), `lists 101 deep, want at most 100`},
		{"graph [ node [ id 1 x " + strings.Repeat("9", 1<<17), `a word of more than 65536 bytes`},
		{strings.Repeat("\x00", 1000), `:1: .*want a key`},
	})
}
