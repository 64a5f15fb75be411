package endtoend

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// measuredCase is a graph of testdata/evaluate.json with the figures of
// python-igraph (modularity) and scikit-learn (NMI, ARI).
type measuredCase struct {
	Nodes             int
	Edges             [][]float64 // two nodes, and the weight where there are weights
	Clusters, Labels  []int
	Modularity        float64
	NMI, ARI          float64
	Infomap           struct{ Clu, Tree string } // files as Infomap writes them
	InfomapModularity *float64                   `json:"infomap_modularity"` // null where it leaves nodes out
}

// edgeList writes the edges, a line each.
func (c measuredCase) edgeList() string {
	var b strings.Builder
	for _, e := range c.Edges {
		b.WriteString(strings.Trim(fmt.Sprint(e), "[]") + "\n")
	}
	return b.String()
}

// table writes a value a node with a separator and a head.
func table(head, separator string, values []int) string {
	b := strings.Builder{}
	b.WriteString(head)
	for i, v := range values {
		fmt.Fprintf(&b, "%d%s%d\n", i, separator, v)
	}
	return b.String()
}

func TestEvaluateMeasuresAsOthersDo(t *testing.T) {
	var cases []measuredCase
	require.NoError(t, json.Unmarshal([]byte(read(t, "testdata", "evaluate.json")), &cases))
	require.Len(t, cases, 10)
	for i, c := range cases {
		dir := t.TempDir()
		write(t, dir, "g.txt", c.edgeList())
		write(t, dir, "labels.csv", table("node,class\n", ",", c.Labels))
		write(t, dir, "csv", table("node,cluster\n", ",", c.Clusters)) // as ours
		write(t, dir, "leiden", table("", "\t", c.Clusters))           // as Leiden's command
		write(t, dir, "list", strings.ReplaceAll(strings.Trim(fmt.Sprint(c.Clusters), "[]"), " ", "\n")+"\n")
		write(t, dir, "x.clu", c.Infomap.Clu)
		write(t, dir, "x.tree", c.Infomap.Tree)
		measured := func(file string) map[string]float64 {
			var e struct{ Measured map[string]any }
			got := done(t, dir, fmt.Sprintf("evaluate %s --json --data g.txt --nodes %d --labels labels.csv", file, c.Nodes))
			require.NoError(t, json.Unmarshal([]byte(got.stdout), &e))
			out := make(map[string]float64)
			for _, name := range []string{"modularity", "nmi", "ari"} {
				v, is := e.Measured[name].(float64)
				require.True(t, is, name)
				out[name] = v
			}
			return out
		}
		for _, file := range []string{"csv", "leiden", "list"} {
			m := measured(file)
			assert.InDelta(t, c.Modularity, m["modularity"], 1e-12, "graph %d, %s", i, file)
			assert.InDelta(t, c.NMI, m["nmi"], 1e-12, "graph %d, %s", i, file)
			assert.InDelta(t, c.ARI, m["ari"], 1e-12, "graph %d, %s", i, file)
		}
		for _, file := range []string{"x.clu", "x.tree --level 1"} {
			if c.InfomapModularity != nil {
				assert.InDelta(t, *c.InfomapModularity, measured(file)["modularity"], 1e-12, "graph %d, %s", i, file)
			}
		}
	}
}
