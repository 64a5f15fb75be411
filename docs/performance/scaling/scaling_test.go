package main

import (
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// linearGrowth is three sizes whose time grows with nodes and edges.
func linearGrowth() []point {
	var all []point
	for _, n := range []int{1000, 10_000, 1_000_000} {
		all = append(all, point{setting: setting{Nodes: n, Features: 100, K: 16}, Edges: 10 * n, Seconds: 1.1e-6 * float64(n), RSS: int64(1000 * n)})
	}
	return all
}

func TestSpread(t *testing.T) {
	all := linearGrowth()
	assert.InDelta(t, 1, all[1].unit(), 1e-9)
	assert.InDelta(t, 0, spread(all), 1e-9)
	all[0].Seconds *= 5 // too small to count
	assert.InDelta(t, 1, exponent(all), 1e-9)
	all[2].Seconds *= 1.2
	assert.InDelta(t, 0.2, spread(all), 1e-9)
	assert.InDelta(t, 1+math.Log(1.2)/math.Log(100), exponent(all), 1e-9)
	assert.True(t, math.IsNaN(spread(all[:2])))
	assert.True(t, math.IsNaN(exponent(all[:2])))
}

func TestTables(t *testing.T) {
	all := linearGrowth()
	sizes := []series{{"nodes", all}, {"clusters", all[:1]}}
	assert.Equal(t, "series,nodes,edges,features,clusters,seconds_per_epoch,peak_rss_bytes\nclusters,1000,10000,100,16,0.0011,1000000\n", csv(sizes[1:]))
	text := markdown(sizes, &config{method: "dmon", threads: 2})
	assert.Contains(t, text, "| 10000 | 100000 | 100 | 16 | 11 | 10 | 1 |")
	assert.Contains(t, text, "## More clusters")
	assert.Equal(t, 1, strings.Count(text, "to the power 1.00; the greatest unit is 0 % above the least"))
}

// The plot is well-formed, and every mark lies inside it.
func TestPlot(t *testing.T) {
	for _, all := range [][]point{linearGrowth(), linearGrowth()[:1]} {
		circles := 0
		for d := xml.NewDecoder(strings.NewReader(plot(all))); ; {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "circle" {
				circles++
			}
		}
		assert.Equal(t, 2*len(all), circles)
		assert.NotContains(t, plot(all), "NaN")
		assert.NotContains(t, plot(all), "Inf")
	}
	s := newScale([]float64{20, 3000}, 300)
	assert.Equal(t, scale{1, 4, 300}, s)
	assert.InDelta(t, 100, s.of(100), 1e-9)
}

func TestParse(t *testing.T) {
	c, err := parse([]string{"--nodes", "10,200"})
	require.NoError(t, err)
	all := c.all()
	require.Len(t, all, 4)
	assert.Equal(t, setting{200, 20, 128, 16}, all[0].points[1].setting)
	assert.Equal(t, setting{100_000, 20, 256, 16}, all[2].points[4].setting)
	c, err = parse([]string{"--nodes", "10", "--sweep", "0"})
	require.NoError(t, err)
	assert.Len(t, c.all(), 1)
	for _, bad := range []string{"--nodes=", "--nodes=0", "--threads=0", "--work=0", "--rounds=0"} {
		_, err := parse([]string{bad})
		assert.Error(t, err, bad)
	}
}
