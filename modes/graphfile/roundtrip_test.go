package graphfile

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// hostile draws names that are hard to write.
func hostile() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"a", "=1+1", "-", "0", "007", "1.0", "1e3", "NaN", "true", "a b", " a", "a ", `"`, `a"b`, `\`, `a\`, `\"`,
			"'", "a,b", "a;b", "a\tb", "a\nb", "a\r\nb", "#a", "%a", "//a", "*Vertices 3", "[", "]", "{", "}", "<a>", "&amp;", "&#65;", "]]>",
			"Zoë", "日本", "\U0001f600", "\u2028", "\u00a0", "\ufeff", "\x00", "\x01", "\x7f", "\u0085", "label", "node", "graph", "null", "--", "->", "\ufffe", "\xff",
		}),
		rapid.StringN(1, 6, -1),
		rapid.StringOfN(rapid.RuneFrom([]rune("ab \"'\\,;<>&=#-\t")), 1, 5, -1),
	)
}

// drawGraph draws a graph with everything that a graph may have.
func drawGraph(t *rapid.T, weight *rapid.Generator[float32]) *Graph {
	n := rapid.IntRange(1, 9).Draw(t, "nodes")
	e := edges{}
	weighted := rapid.Bool().Draw(t, "weighted")
	for range rapid.IntRange(0, 14).Draw(t, "edges") {
		i, j := rapid.IntRange(0, n-1).Draw(t, "i"), rapid.IntRange(0, n-1).Draw(t, "j")
		require.NoError(t, e.add(int32(i), int32(j), false))
		if weighted {
			e.weigh(weight.Draw(t, "weight"))
		}
	}
	g, err := e.graph(n)
	require.NoError(t, err)
	g.Changes = nil
	if rapid.Bool().Draw(t, "named") {
		g.Names = rapid.SliceOfNDistinct(hostile(), n, n, rapid.ID[string]).Draw(t, "names")
	}
	drawLabels(t, g)
	drawFeatures(t, g)
	return g
}

func drawLabels(t *rapid.T, g *Graph) {
	if !rapid.Bool().Draw(t, "labelled") {
		return
	}
	g.Labels = rapid.SliceOfN(rapid.IntRange(Unlabeled, 3), g.Nodes, g.Nodes).Draw(t, "labels")
	if rapid.Bool().Draw(t, "words") {
		word := hostile().Filter(func(s string) bool { return !strings.HasSuffix(s, ".0") })
		g.LabelNames = rapid.SliceOfNDistinct(word, 4, 4, rapid.ID[string]).Draw(t, "label names")
	}
}

func drawFeatures(t *rapid.T, g *Graph) {
	cols := rapid.IntRange(0, 5).Draw(t, "columns")
	if cols == 0 {
		return
	}
	number := rapid.OneOf(rapid.Just(float32(0)), rapid.Float32().Filter(func(v float32) bool { return !math.IsInf(float64(v), 0) && v == v && v != 0 }))
	if rapid.Bool().Draw(t, "sparse") {
		number = rapid.OneOf(rapid.Just(float32(0)), rapid.Just(float32(0)), rapid.Just(float32(0)), rapid.Just(float32(0)), rapid.Just(float32(0)), number)
	}
	g.Features = fromDense(rapid.SliceOfN(number, g.Nodes*cols, g.Nodes*cols).Draw(t, "values"), g.Nodes, cols)
	if rapid.Bool().Draw(t, "named columns") {
		g.FeatureNames = rapid.SliceOfN(hostile(), cols, cols).Draw(t, "column names")
	}
}

// likeRead brings a graph into the form that a reader of f gives.
func likeRead(g *Graph, f format) *Graph {
	h := *g
	if !f.holds.names || g.Names != nil && isIndex(g.Names) {
		h.Names = nil
	}
	if !f.holds.labels {
		h.Labels, h.LabelNames = nil, nil
	}
	if !f.holds.features {
		h.Features, h.FeatureNames = nil, nil
	}
	if h.Features != nil {
		h.FeatureNames, _ = g.columnNames(f.key)
		if f.name == "npz" {
			h.FeatureNames = nil
		}
	}
	return &h
}

// words are the classes of the nodes in words, nil where no node has one.
func words(g *Graph) []string {
	out, any := make([]string, g.Nodes), false
	for i := range out {
		word, ok := g.class(i)
		if out[i] = word; ok {
			any = true
		} else {
			out[i] = "(none)"
		}
	}
	if !any {
		return nil
	}
	return out
}

func requireSameGraph(t require.TestingT, want, got *Graph) {
	require.Equal(t, want.Nodes, got.Nodes)
	require.Equal(t, want.RowPtr, got.RowPtr)
	require.Equal(t, want.Col, got.Col)
	require.Equal(t, want.Weights, got.Weights)
	require.Equal(t, want.Names, got.Names)
	require.Equal(t, words(want), words(got))
	require.Equal(t, want.Features, got.Features)
	names, _ := got.columnNames(func(string) bool { return true })
	wanted, _ := want.columnNames(func(string) bool { return true })
	require.Equal(t, wanted, names)
}

func TestWriteReadIsTheSameGraph(t *testing.T) {
	for _, f := range formats() {
		if f.name == "npz" || f.holds.lists {
			continue
		}
		t.Run(f.name, rapid.MakeCheck(func(t *rapid.T) {
			weight := rapid.Float32Range(1e-20, 1e20)
			if f.name == "metis" {
				weight = rapid.Map(rapid.IntRange(1, 1<<20), func(n int) float32 { return float32(n) })
			}
			g := drawGraph(t, weight)
			var out bytes.Buffer
			if err := f.write(&out, g); err != nil {
				requireUnfit(t, f, g, err)
				return
			}
			got, err := f.read(bytes.NewReader(out.Bytes()), "g")
			require.NoError(t, err, "%s", out.String())
			require.NoError(t, got.check())
			requireSameGraph(t, likeRead(g, f), got)
			require.False(t, got.Directed)
			if f.sniff != nil {
				known, how, err := recognise(out.Bytes()[:min(out.Len(), sniffed)], "g", "")
				require.NoError(t, err)
				require.Equal(t, f.name+" content", known.name+" "+how, out.String())
			}

			var again bytes.Buffer
			require.NoError(t, f.write(&again, g))
			require.Equal(t, out.String(), again.String(), "the same graph gives the same bytes")
		}))
	}
}

// requireUnfit errs unless a name or class of g is one that f cannot hold, by
// rules written anew here.
func requireUnfit(t *rapid.T, f format, g *Graph, err error) {
	control := func(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }
	unfit := func(s string) bool {
		if !utf8.ValidString(s) {
			return true
		}
		switch f.name {
		case "graphml", "gexf":
			return slices.ContainsFunc([]rune(s), func(r rune) bool { return r < 32 && r != 9 && r != 10 && r != 13 || r == 0xfffe || r == 0xffff })
		case "pajek":
			return s == "" || control(s) || strings.Contains(s, `"`)
		case "dot":
			return strings.Contains(s, "\x00") || strings.Contains(s, "\ufffd") || strings.Contains(s, `\`)
		case "edges", "tsv":
			return s == "" || control(s)
		}
		return false
	}
	texts := append(slices.Clone(g.Names), g.LabelNames...)
	require.True(t, slices.ContainsFunc(texts, unfit), "%v", err)
	require.NotContains(t, err.Error(), "\n")
	require.Contains(t, err.Error(), ", want ", fmt.Sprint(texts))
}

// TestWriteReadKeepsEdges is for the formats of an edge a line: all nodes come back
// in their order, isolated ones too.
func TestWriteReadKeepsEdges(t *testing.T) {
	for _, f := range formats() {
		if !f.holds.lists {
			continue
		}
		t.Run(f.name, rapid.MakeCheck(func(t *rapid.T) {
			g := drawGraph(t, rapid.Float32Range(1e-20, 1e20))
			var out bytes.Buffer
			if err := f.write(&out, g); err != nil {
				requireUnfit(t, f, g, err)
				return
			}
			got, err := f.read(bytes.NewReader(out.Bytes()), "g")
			require.NoError(t, err, "%s", out.String())
			require.Equal(t, byName(g), byName(got), out.String())
			require.Equal(t, allNames(g), allNames(got), out.String())
		}))
	}
}

// allNames are the names of the nodes.
func allNames(g *Graph) []string {
	if g.Names == nil {
		return indices(g.Nodes, 0)
	}
	return g.Names
}

// byName maps each edge, by its names, to its weight.
func byName(g *Graph) map[[2]string]float32 {
	name := func(i int) string {
		if g.Names == nil {
			return fmt.Sprint(i)
		}
		return g.Names[i]
	}
	out := make(map[[2]string]float32)
	g.eachEdge(func(i, j int, w float32) {
		e := []string{name(i), name(j)}
		slices.Sort(e)
		out[[2]string(e)] = w
	})
	return out
}
