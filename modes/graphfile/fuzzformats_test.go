package graphfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fuzzFormat reads any bytes as the format of this name. What it takes is a
// sound graph, which is the same when it is written and read again.
func fuzzFormat(f *testing.F, formatName string, seeds ...string) {
	form, err := formatNamed(formatName)
	require.NoError(f, err)
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	for _, ending := range form.endings {
		files, err := filepath.Glob(filepath.Join("testdata", "[a-z]*", "*"+ending))
		require.NoError(f, err)
		for _, path := range files {
			b, err := os.ReadFile(path)
			require.NoError(f, err)
			if len(b) < 2000 {
				f.Add(b)
			}
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := form.read(bytes.NewReader(b), "f.x")
		if err != nil {
			require.True(t, strings.HasPrefix(err.Error(), "f.x:"), err.Error())
			require.NotContains(t, err.Error(), "\n")
			return
		}
		if g.Nodes > 2000 {
			return // a million isolated nodes are sound, but take long to check
		}
		requireSound(t, g)
		var out bytes.Buffer
		if form.write(&out, g) != nil {
			return
		}
		again, err := form.read(bytes.NewReader(out.Bytes()), "f.x")
		require.NoError(t, err, out.String())
		requireSameGraph(t, likeRead(g, form), again)
	})
}

func FuzzReadMTX(f *testing.F) {
	fuzzFormat(f, "mtx", "%%MatrixMarket matrix coordinate real general\n% c\n3 3 2\n1 2 0.5\n2 1 1\n",
		"%%MatrixMarket matrix array integer symmetric\n2 2\n0\n1\n0\n")
}

func FuzzReadMETIS(f *testing.F) {
	fuzzFormat(f, "metis", "3 2\n2\n1 3\n2\n", "% c\n2 1 111 2\n1 2 3 2 5\n1 2 3 1 5\n", "2 0\n\n")
}

func FuzzReadPajek(f *testing.F) {
	fuzzFormat(f, "pajek", "*Network a\n*Vertices 3\n1 \"a b\" 0.1 0.2\n3 c\n*Arcs :1 \"r\"\n1 2 3\n*Edgeslist\n1 2 3\n",
		"*Vertices 2\n*Matrix\n0 1\n2 0\n*Partition p\n*Vertices 2\n1\n2\n")
}

func FuzzReadGML(f *testing.F) {
	fuzzFormat(f, "gml", `Creator "x" graph [ directed 1 node [ id 1 label "a &amp; b" value 1 graphics [ x 1 ] ] node [ id 2 ] edge [ source 1 target 2 value 0.5 ] ]`)
}

func FuzzReadGraphML(f *testing.F) {
	fuzzFormat(f, "graphml", `<?xml version="1.0"?><graphml xmlns="x"><key id="k" for="node" attr.name="age" attr.type="int"><default>3</default></key>
		<graph edgedefault="directed"><node id="a"><data key="k">1</data></node><node id="b"/><edge source="a" target="b" directed="false"/></graph></graphml>`)
}

func FuzzReadGEXF(f *testing.F) {
	fuzzFormat(f, "gexf", `<gexf><graph mode="dynamic"><attributes class="node"><attribute id="0" title="class" type="string"/></attributes>
		<nodes><node id="a" label="x"><attvalues><attvalue for="0" value="c"/></attvalues></node><node id="b"/></nodes>
		<edges><edge source="a" target="b" weight="2"/></edges></graph></gexf>`)
}

func FuzzReadJSON(f *testing.F) {
	fuzzFormat(f, "json", `{"directed": true, "nodes": [{"id": "a", "x": [1, 2]}, {"id": 1, "label": "b"}], "links": [{"source": "a", "target": 1, "value": 2}]}`,
		`{"nodes": [{"name": "a"}, {"name": "b"}], "edges": [{"source": 0, "target": 1}]}`,
		"{\"source\": \"a\", \"target\": \"b\"}\n{\"from\": 1, \"to\": 2, \"weight\": 3}\n", `[{"u": 1, "v": 2}]`)
}

func FuzzReadDOT(f *testing.F) {
	fuzzFormat(f, "dot", `strict digraph "g" { node [x=1]; a -> b -> {c d} [weight=2]; "e f" [class=x, age="1.5"]; subgraph s { a } }`,
		`graph { a [label="Anna"]; b [label="\\N"]; a -- b }`, `graph { a [label=x]; b [label=y] }`,
		"graph { edge [weight=3]\n a -- b // c\n # d\n /* e */ c }")
}
