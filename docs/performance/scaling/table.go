package main

import (
	"fmt"
	"math"
	"strings"
)

// linearFrom is the number of nodes from which on growth should be linear; the
// caches still help below.
const linearFrom = 10_000

func csv(all []series) string {
	var b strings.Builder
	b.WriteString("series,nodes,edges,features,clusters,seconds_per_epoch,peak_rss_bytes\n")
	for _, s := range all {
		for _, p := range s.points {
			fmt.Fprintf(&b, "%s,%d,%d,%d,%d,%g,%d\n", s.name, p.Nodes, p.Edges, p.Features, p.K, p.Seconds, p.RSS)
		}
	}
	return b.String()
}

// unit is the time for one feature of one node or edge, in nanoseconds.
func (p point) unit() float64 {
	return 1e9 * p.Seconds / (float64(p.Nodes+p.Edges) * float64(p.Features))
}

// spread is the greatest over the least unit from linearFrom nodes on, less 1;
// NaN where there are not two sizes.
func spread(all []point) float64 {
	lo, hi, n := math.Inf(1), 0.0, 0
	for _, p := range all {
		if p.Nodes >= linearFrom {
			lo, hi, n = min(lo, p.unit()), max(hi, p.unit()), n+1
		}
	}
	if n < 2 {
		return math.NaN()
	}
	return hi/lo - 1
}

// exponent is the slope of the time against (nodes + edges) × features, both as
// logarithms, from linearFrom nodes on, by least squares: 1 is linear. NaN where
// there are not two sizes.
func exponent(all []point) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, p := range all {
		if p.Nodes < linearFrom {
			continue
		}
		x, y := math.Log(float64(p.Nodes+p.Edges)*float64(p.Features)), math.Log(p.Seconds)
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	if n < 2 {
		return math.NaN()
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

func markdown(all []series, c *config) string {
	var b strings.Builder
	b.WriteString("# How the cost grows\n\nWritten by `go run ./docs/performance/scaling`; [performance.md](../../performance.md) says what to expect.\n\n")
	fmt.Fprintf(&b, "Epochs of %s on block models, %d threads, the middle one of %d rounds; the encoder has 64 units. The unit is the time over (nodes + edges) × features.\n", c.method, c.threads, c.rounds)
	for i, s := range all {
		fmt.Fprintf(&b, "\n## More %s\n\n| nodes | edges | features | clusters | an epoch, ms | peak memory, MB | unit, ns |\n|%s\n", s.name, strings.Repeat("---|", 7))
		for _, p := range s.points {
			fmt.Fprintf(&b, "| %d | %d | %d | %d | %.3g | %.0f | %.3g |\n", p.Nodes, p.Edges, p.Features, p.K, 1e3*p.Seconds, float64(p.RSS)/1e6, p.unit())
		}
		if over := spread(s.points); i == 0 && !math.IsNaN(over) {
			fmt.Fprintf(&b, "\nFrom %d nodes on, the time grows as (nodes + edges) × features to the power %.2f; the greatest unit is %.0f %% above the least.\n", linearFrom, exponent(s.points), 100*over)
		}
	}
	b.WriteString("\n![Time and memory against the number of nodes](scaling.svg)\n")
	return b.String()
}
