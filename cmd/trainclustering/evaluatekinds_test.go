package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
)

// TestEvaluateReadsMoreKinds reads semicolons, communities and graphs with
// clusters: the two triangles, of modularity 5/14.
func TestEvaluateReadsMoreKinds(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), twoTriangles)
	for name, content := range map[string]string{
		"semicolon.csv": "name;community\na;x, y\nb;x, y\nc;x, y\nd;z\ne;z\nf;z\n",
		"pairs.txt":     "a;0\nb;0\nc;0\nd;1\ne;1\nf;1\n",
		"lists.json":    `[["a", "b", "c"], ["d", "e", "f"]]`,
		"under.json":    `{"assignments": [["a", "b", "c"], ["f", "e", "d"]]}`,
		"lines.txt":     "# two communities\na b c\nd e f\n",
		"g.graphml": `<?xml version="1.0"?><graphml><key id="d0" for="node" attr.name="community" attr.type="int"/><graph>` +
			nodesOf(`<node id="%"><data key="d0">#</data></node>`) + `</graph></graphml>`,
		"g.gexf": `<?xml version="1.0"?><gexf><graph><attributes class="node"><attribute id="7" title="Modularity_Class"/></attributes><nodes>` +
			nodesOf(`<node id="n%" label="%"><attvalues><attvalue for="7" value="#"/></attvalues></node>`) + `</nodes></graph></gexf>`,
	} {
		e := evaluated(t, writeText(t, filepath.Join(dir, name), content), "--data", data)
		assert.InDelta(t, 5.0/14, float64(e.Measured.Modularity), 1e-15, name)
		assert.Zero(t, e.Unassigned, name)
	}
	uneven := writeText(t, filepath.Join(dir, "uneven.txt"), "a b\nc d e\nf\n")
	e := evaluated(t, uneven, "--data", data)
	assert.Equal(t, "communities", e.Kind)
	assert.Equal(t, 3, e.Measured.Clusters)
}

// nodesOf is the nodes a to f, with % for the name and # for the cluster.
func nodesOf(format string) string {
	var b strings.Builder
	for i, name := range "abcdef" {
		b.WriteString(strings.NewReplacer("%", string(name), "#", string(rune('0'+i/3))).Replace(format))
	}
	return b.String()
}

func TestEvaluateRefusesOddKinds(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), twoTriangles)
	for content, want := range map[string]string{
		`[["a", "b"], 3]`:                  "entry 1: no list, want all entries lists of nodes or none",
		`[3, ["a", "b"]]`:                  "entry 1: a list, want all entries lists of nodes or none",
		`[["a", ["b"]]]`:                   `community 0: ["b"], want a text or a number`,
		"a b c\nc d e\n":                   `node "c" a second time, want each node once`,
		"<graphml><node id=\"a\"></graph>": "not whole XML",
		`<gexf><node id="a"/></gexf>`:      `node "a" has no attribute that is a cluster, want cluster, community, modularity_class`,
		`<graphml></graphml>`:              "has no nodes, want nodes of GEXF or GraphML",
	} {
		got := runWith(t.Context(), nil, "evaluate", writeText(t, filepath.Join(dir, "c.txt"), content), "--data", data)
		assert.Equal(t, 1, got.code, content)
		// JSON's quotes come escaped in an error.
		assert.Contains(t, strings.ReplaceAll(strings.ReplaceAll(got.stderr, `\"`, `"`), `"["b"]"`, `["b"]`), want, content)
	}
}

// TestEvaluateReadsAllThatTrainWrites takes names with blanks, in every format.
func TestEvaluateReadsAllThatTrainWrites(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "g.json", `{"nodes": [{"id": "  lead"}, {"id": "trail "}, {"id": "lead"}, {"id": "=x"}, {"id": "a;b"}, {"id": "<&>"}],
		"links": [{"source": "  lead", "target": "trail "}, {"source": "trail ", "target": "lead"}, {"source": "lead", "target": "  lead"},
		{"source": "=x", "target": "a;b"}, {"source": "a;b", "target": "<&>"}, {"source": "<&>", "target": "=x"}, {"source": "lead", "target": "=x"}]}`)
	got := runWith(t.Context(), model.NewTrainer(), "train", "--quiet", "--data", "g.json", "--k", "2", "--epochs", "20", "--out", "o",
		"--formats", "csv,tsv,json,tree,clu,gexf,graphml")
	require.Zero(t, got.code, got.stderr)
	want := evaluated(t, "o/assignments.clu", "--data", "g.json")
	for _, file := range []string{"assignments.csv", "assignments.tsv", "assignments.json", "assignments.tree", "clusters.gexf", "clusters.graphml"} {
		e := evaluated(t, "o/"+file, "--data", "g.json", "--against", "o/assignments.clu")
		assert.Zero(t, e.Unassigned, file)
		assert.InDelta(t, 1, float64(e.Against.Agreement.ARI), 1e-15, file)
		assert.Equal(t, want.Measured.Modularity, e.Measured.Modularity, file)
	}
}

func TestEvaluateSaysWhatIsLeftOut(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), twoTriangles)
	clusters := writeText(t, filepath.Join(dir, "c.csv"), "node,cluster\na,0\nb,0\nc,1\n")
	e := evaluated(t, clusters, "--data", data)
	assert.Contains(t, e.Read, "the figures are of the graph of the 3 nodes with a cluster: 3 other nodes and the edges there are left out")
	// A triangle alone, split in 2 and 1: coverage 1/3, less (4² + 2²) / 6².
	assert.InDelta(t, 1.0/3-20.0/36, float64(e.Measured.Modularity), 1e-15)
}

func TestEvaluateTellsFilesOfOneNameApart(t *testing.T) {
	t.Chdir(t.TempDir())
	data := writeText(t, "g.csv", twoTriangles)
	require.NoError(t, os.Mkdir("one", 0o700))
	require.NoError(t, os.Mkdir("two", 0o700))
	writeText(t, "one/assignments.csv", "node,cluster\na,0\nb,0\nc,0\nd,1\ne,1\nf,1\n")
	writeText(t, "two/assignments.csv", "node,cluster\na,0\nb,0\nc,1\nd,1\ne,1\nf,1\n")
	got := runWith(t.Context(), nil, "evaluate", "one/assignments.csv", "--data", data, "--against", "two/assignments.csv")
	require.Zero(t, got.code, got.stderr)
	for _, want := range []string{"\n  compare", " one/assignments.csv  ", "\n            two/assignments.csv  ", "one/assignments.csv: nodes", "two/assignments.csv: nodes"} {
		assert.Contains(t, strings.Join(strings.Fields(got.stdout), " "), strings.Join(strings.Fields(want), " "))
	}
	assert.LessOrEqual(t, longest(got.stdout), 80)
}
