package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"slices"
	"testing"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
)

// drawn is the picture of a graph clustered by its labels.
func drawn(g *graphfile.Graph, k int, seed uint64) *Picture {
	c := Clustering{
		Title: "a < b & c", Graph: g, Cluster: g.Labels, Confidence: make([]float32, g.Nodes),
		Sizes: make([]int, k), Seed: seed,
	}
	for i, l := range g.Labels {
		c.Confidence[i] = 1
		c.Sizes[l]++
	}
	return New(c)
}

func svgOf(t require.TestingT, pic *Picture) string {
	var b bytes.Buffer
	require.NoError(t, pic.Write(&b))
	return b.String()
}

func TestPictureIsTheSameEachTime(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	first := svgOf(t, drawn(g, 4, 1))
	assert.Equal(t, first, svgOf(t, drawn(g, 4, 1)))
	assert.NotEqual(t, first, svgOf(t, drawn(g, 4, 2)))
}

func TestPictureShowsTheClusters(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	pic := drawn(g, 4, 1)
	assert.Len(t, pic.edges, 78)
	assert.Len(t, pic.names, 34)
	assert.Equal(t, []int{0, 2, 3, 1}, pic.used())
	within, across, pairs := 0.0, 0.0, [2]float64{}
	for i := range pic.at {
		for j := range i {
			d := pic.at[i].minus(pic.at[j]).length()
			assert.GreaterOrEqual(t, d, pic.radius[i]+pic.radius[j]-0.5, "discs %d and %d overlap", i, j)
			if pic.cluster[i] == pic.cluster[j] {
				within, pairs[0] = within+d, pairs[0]+1
			} else {
				across, pairs[1] = across+d, pairs[1]+1
			}
		}
	}
	assert.Less(t, 2*within/pairs[0], across/pairs[1], "nodes of a cluster stand together")
}

// elements parses an SVG and counts its elements by name.
func elements(t require.TestingT, svg string) map[string]int {
	count := map[string]int{}
	for d := xml.NewDecoder(bytes.NewBufferString(svg)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return count
		}
		require.NoError(t, err)
		if e, is := token.(xml.StartElement); is {
			count[e.Name.Local]++
		}
	}
}

func TestPictureIsWellFormed(t *testing.T) {
	g, err := karate.Graph()
	require.NoError(t, err)
	g.Names = make([]string, g.Nodes)
	for i := range g.Names {
		g.Names[i] = fmt.Sprintf("<%d> & \"more\" \x1b", i)
	}
	count := elements(t, svgOf(t, drawn(g, 4, 1)))
	assert.Equal(t, 34+4, count["circle"], "nodes and legend")
	assert.Equal(t, 4+1+4, count["path"], "hulls, edges between, edges within")
}

func TestPictureOfAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "nodes")
		k := rapid.IntRange(1, 20).Draw(t, "k")
		labels := rapid.SliceOfN(rapid.IntRange(0, k-1), n, n).Draw(t, "labels")
		seen := map[[2]int]bool{}
		var edges [][2]int
		for _, e := range rapid.SliceOfN(rapid.IntRange(0, n*n-1), 0, 20).Draw(t, "edges") {
			pair := [2]int{min(e/n, e%n), max(e/n, e%n)}
			if pair[0] != pair[1] && !seen[pair] {
				seen[pair] = true
				edges = append(edges, pair)
			}
		}
		g := fromEdges(edges, labels)
		pic := drawn(g, k, 0)
		for i, p := range pic.at {
			assert.True(t, p.x > 0 && p.x < pictureWidth && p.y > 0 && p.y < pictureHeight, "node %d at %v", i, p)
		}
		svg := svgOf(t, pic)
		assert.NotContains(t, svg, "NaN")
		elements(t, svg)
	})
}

// fromEdges is an unweighted graph of undirected edges, each given once.
func fromEdges(edges [][2]int, labels []int) *graphfile.Graph {
	rows := make([][]int32, len(labels))
	for _, e := range edges {
		rows[e[0]] = append(rows[e[0]], int32(e[1]))
		rows[e[1]] = append(rows[e[1]], int32(e[0]))
	}
	g := &graphfile.Graph{Nodes: len(rows), RowPtr: make([]int32, 1), Labels: labels}
	for _, row := range rows {
		slices.Sort(row)
		g.Col = append(g.Col, row...)
		g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
	}
	return g
}

func TestHull(t *testing.T) {
	square := []point{{0, 0}, {2, 0}, {2, 2}, {0, 2}}
	assert.ElementsMatch(t, square, hull(append([]point{{1, 1}, {0.5, 0.2}}, square...)))
	assert.Equal(t, []point{{0, 0}, {2, 0}}, hull([]point{{2, 0}, {0, 0}, {1, 0}})[:2])
	assert.Len(t, hull([]point{{1, 1}}), 1)
	assert.Len(t, hull([]point{{1, 1}, {0, 0}}), 2)
}

func TestTurnLaysTheLongSideFlat(t *testing.T) {
	var at []point
	for i := range 10 {
		at = append(at, point{float64(i), 2 * float64(i)})
	}
	low, high := bounds(turn(at))
	assert.InDelta(t, 9*math.Sqrt(5), high.x-low.x, 1e-9)
	assert.InDelta(t, 0, high.y-low.y, 1e-9)
}

func TestTextOn(t *testing.T) {
	assert.Equal(t, "#ffffff", textOn("#0072b2"))
	assert.Equal(t, ink, textOn("#f0e442"))
}
