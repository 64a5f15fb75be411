package report

import (
	"bytes"
	"image/png"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

func TestPalette(t *testing.T) {
	p := palette
	for c := range colours {
		assert.GreaterOrEqual(t, contrast(p[0][c], lightPaper), 3.0, "colour %d", c)
		assert.GreaterOrEqual(t, contrast(p[1][c], darkPaper), 3.0, "colour %d", c)
		for theme := range p {
			assert.GreaterOrEqual(t, contrast(p[theme][c], readable(p[theme][c])), 4.5, "text on colour %d", c)
		}
		for d := range c {
			assert.NotEqual(t, p[0][c], p[0][d])
			assert.NotEqual(t, p[1][c], p[1][d])
		}
	}
	least := math.Inf(1)
	for c := range 12 {
		for d := range c {
			a, b := rgbLab(p[0][c]), rgbLab(p[0][d])
			least = math.Min(least, a.distance(b))
		}
	}
	assert.Greater(t, least, 0.08, "the first twelve are far apart")
	for _, word := range []paint{ink, faint, accent} {
		assert.GreaterOrEqual(t, contrast(word.light(), "#f4f5f7"), 4.5, word.css())
		assert.GreaterOrEqual(t, contrast(word.dark(), darkPaper), 4.5, word.css())
	}
}

func rgbLab(hex string) lab {
	r, g, b := rgb(hex)
	return labOf(float64(r)/255, float64(g)/255, float64(b)/255)
}

func TestLabGoesThereAndBack(t *testing.T) {
	for _, hex := range []string{"#0072b2", "#ffffff", "#000000", "#d55e00"} {
		assert.Equal(t, hex, rgbLab(hex).hex())
	}
	assert.InDelta(t, 21, contrast("#ffffff", "#000000"), 1e-9)
}

func TestHullsDoNotCross(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := planted(rapid.IntRange(2, 60).Draw(t, "n"), rapid.IntRange(1, 9).Draw(t, "k"), 4, rapid.Uint64().Draw(t, "seed"))
		k := newClusters(d)
		canvas := box{8, 8, 1100, 620}
		g := newGround(k, canvas, 1)
		r := nodeRadii(d.Graph, canvas)
		margin := make([]float64, len(r))
		copy(margin, r)
		at := nodePlaces(d, k, g, margin)
		separate(k, g, at, r, margin, 1)
		places := make([][]point, len(k.ids))
		for i, p := range at {
			places[k.of[i]] = append(places[k.of[i]], p)
			require.True(t, box{p.x - 1e-6, p.y - 1e-6, 2e-6, 2e-6}.within(canvas), "node %d at %v", i, p)
		}
		for i, p := range at {
			for c := range k.ids {
				if c != k.of[i] {
					require.False(t, inside(hull(places[c]), p), "node %d lies in the hull of cluster %d", i, c)
				}
			}
		}
	})
}

// inside tells whether a place is well inside the corners of a hull.
func inside(corners []point, p point) bool {
	if len(corners) < 3 {
		return false
	}
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		if cross(a, b, p) <= 1e-6*b.minus(a).length() {
			return false
		}
	}
	return true
}

func TestNamesDoNotLieOverEachOther(t *testing.T) {
	d := planted(120, 6, 4, 5)
	s := figureNamed(t, d, "graph").scene
	var taken []box
	names := 0
	for _, shape := range s.shapes {
		l, ok := shape.(label)
		if !ok || l.fill >= textOn {
			continue
		}
		names++
		area := l.area(textWidth(l.text, l.size))
		assert.True(t, area.within(box{0, 0, s.w, s.h}), l.text)
		for _, b := range taken {
			assert.False(t, b.overlaps(area), "%s lies over another", l.text)
		}
		taken = append(taken, area)
	}
	assert.Greater(t, names, 40)
}

func TestHull(t *testing.T) {
	square := []point{{0, 0}, {2, 0}, {2, 2}, {0, 2}}
	assert.ElementsMatch(t, square, hull(append([]point{{1, 1}, {0.5, 0.2}}, square...)))
	assert.Len(t, hull([]point{{1, 1}}), 1)
}

func TestDensityKeepsEveryEdge(t *testing.T) {
	d := planted(50, 4, 4, 1)
	k := newClusters(d)
	starts, rank := ordered(d, k)
	assert.Equal(t, 50, starts[len(k.ids)])
	img := density(d, k, rank, 50)
	filled := 0
	for i := range 50 {
		for j := range 50 {
			if _, _, _, a := img.At(i, j).RGBA(); a > 0 {
				filled++
			}
		}
	}
	assert.Equal(t, len(d.Graph.Col), filled)
}

func TestPNGShowsTheColours(t *testing.T) {
	d := &Data{Graph: graphOf(2, [][2]int{{0, 1}}), Cluster: []int{0, 0}}
	var b bytes.Buffer
	require.NoError(t, figureNamed(t, d, "sizes").PNG(&b))
	img, err := png.Decode(&b)
	require.NoError(t, err)
	r, g, bl := rgb(ClusterColour(0))
	x, y, z, _ := img.At(190, 112).RGBA()
	assert.Equal(t, [3]uint8{r, g, bl}, [3]uint8{uint8(x >> 8), uint8(y >> 8), uint8(z >> 8)})
}

func TestStrokesAndAreasTurnAlike(t *testing.T) {
	area := func(p []point) float64 {
		sum := 0.0
		for i, a := range p {
			b := p[(i+1)%len(p)]
			sum += a.x*b.y - b.x*a.y
		}
		return sum
	}
	for _, s := range strokes([]point{{1, 1}, {5, 3}, {2, 9}, {2, 1}}, 4) {
		assert.Positive(t, area(s))
	}
	square := []point{{0, 0}, {0, 2}, {2, 2}, {2, 0}}
	assert.Positive(t, area(turned(square)))
	assert.Equal(t, turned(square), turned(turned(square)))
}

func TestPrincipalAxes(t *testing.T) {
	m := &Matrix{Rows: 400, Cols: 3}
	for i := range m.Rows {
		a, b := math.Sin(float64(i)), math.Cos(3*float64(i))
		m.Values = append(m.Values, float32(10*a), 5, float32(3*b))
	}
	axes := mainAxes(m)
	assert.InDelta(t, 1, axes[0][0], 0.02)
	assert.InDelta(t, 1, axes[1][2], 0.02)
	for _, p := range principal(m, box{0, 0, 100, 50}) {
		assert.True(t, p.x >= 0 && p.x <= 100 && p.y >= 0 && p.y <= 50)
	}
	flat := principal(&Matrix{Rows: 3, Cols: 1, Values: []float32{1, 1, 1}}, box{0, 0, 100, 50})
	assert.Equal(t, point{50, 25}, flat[0])
}

// TestManyClustersTakeLittle draws as many clusters as nodes, and many islands.
func TestManyClustersTakeLittle(t *testing.T) {
	for _, n := range []int{500, 4000} {
		d := planted(n, 3, 4, 1)
		for i := range d.Cluster {
			d.Cluster[i] = i
		}
		page := htmlOf(t, d)
		assert.Less(t, len(page), 4<<20)
		assert.True(t, strings.Contains(page, "largest of "+text.Grouped(n)+" clusters are drawn"))
	}
	d := &Data{Graph: graphOf(4500, [][2]int{{0, 1}, {1, 2}}), Cluster: make([]int, 4500)}
	for i := 3; i < 4500; i++ {
		d.Cluster[i] = i
	}
	assert.NotEmpty(t, htmlOf(t, d))
}

// TestLargeGraphsTakeLittle draws 60,000 nodes: nothing of the order of nodes².
func TestLargeGraphsTakeLittle(t *testing.T) {
	d := planted(60_000, 40, 5, 1)
	d.Graph.Names = nil
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	page := htmlOf(t, d)
	runtime.ReadMemStats(&after)
	assert.Less(t, len(page), 3<<20)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(400<<20))
}
