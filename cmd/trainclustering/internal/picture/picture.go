// Package picture draws a clustered graph as SVG.
package picture

import (
	"fmt"
	"math"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Sizes of the picture in pixels. It is drawn for a light background, which it
// brings along.
const (
	pictureWidth, pictureHeight = 960.0, 600.0
	pictureMargin               = 40.0
	titleHeight                 = 46.0
	legendHeight                = 34.0
)

// Picture is a clustered graph, laid out.
type Picture struct {
	title   string
	at      []point
	radius  []float64
	cluster []int
	sizes   []int
	names   []string // to write into the nodes; nil where they do not fit
	tips    []string // of each node, shown by a browser under the pointer
	edges   [][2]int
}

// Clustering is a graph with its clusters, as a picture shows them.
type Clustering struct {
	Title      string
	Graph      *graphfile.Graph
	Cluster    []int     // of each node
	Confidence []float32 // of each node, its cluster's share
	Sizes      []int     // of each cluster
	Seed       uint64    // of the layout
}

// New lays the clusters out.
func New(c Clustering) *Picture {
	g := c.Graph
	pic := &Picture{title: c.Title, cluster: c.Cluster, sizes: c.Sizes}
	area := canvas{
		pictureMargin, titleHeight + pictureMargin/2,
		pictureWidth - 2*pictureMargin, pictureHeight - titleHeight - legendHeight - pictureMargin,
	}
	pic.radius = radii(g, area)
	inner := canvas{area.left + 20, area.top + 20, area.width - 40, area.height - 40}
	pic.at = inner.fit(layout(g, c.Cluster, len(c.Sizes), c.Seed))
	area.spread(pic.at, pic.radius, 1.5)
	pic.name(c)
	for i := range g.Nodes {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if int(j) > i {
				pic.edges = append(pic.edges, [2]int{i, int(j)})
			}
		}
	}
	return pic
}

// radii sizes the discs: area by degree, together about a tenth of the canvas
// and neither too small to see nor too large.
func radii(g *graphfile.Graph, area canvas) []float64 {
	degree := make([]float64, g.Nodes)
	total := 0.0
	for i := range degree {
		degree[i] = float64(g.RowPtr[i+1]-g.RowPtr[i]) + 2
		total += degree[i]
	}
	unit := 0.085 * area.width * area.height / math.Pi / total
	for i, d := range degree {
		degree[i] = math.Max(2.2, math.Min(26, math.Sqrt(unit*d)))
	}
	return degree
}

// name sets the tips and, where all of them fit into their discs, the names.
func (pic *Picture) name(c Clustering) {
	fits := true
	for i, own := range c.Cluster {
		name := fmt.Sprint(i)
		if c.Graph.Names != nil {
			name = text.OneLine(c.Graph.Names[i])
		}
		pic.names = append(pic.names, name)
		pic.tips = append(pic.tips, fmt.Sprintf("%s: cluster %d, %.0f %%", name, own, 100*c.Confidence[i]))
		fits = fits && 3.2*float64(len([]rune(name))) <= pic.radius[i] && pic.radius[i] >= 7
	}
	if !fits {
		pic.names = nil
	}
}

// used lists the clusters in use, the largest first.
func (pic *Picture) used() []int {
	var used []int
	for c, size := range pic.sizes {
		if size > 0 {
			used = append(used, c)
		}
	}
	slices.SortStableFunc(used, func(a, b int) int { return pic.sizes[b] - pic.sizes[a] })
	return used
}
