package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes"
)

// named is the row of the table of that name.
func named(t *testing.T, name string) loss {
	for _, l := range table() {
		if l.name() == name {
			return l
		}
	}
	require.Fail(t, "no such loss", name)
	return loss{}
}

// Values worked by hand.
func TestValuesByHand(t *testing.T) {
	split := signal{twoTriangles(), hard(2, 0, 0, 0, 1, 1, 1)}
	even := signal{twoTriangles(), uniform(6, 2)}
	one := signal{twoTriangles(), hard(2, 0, 0, 0, 0, 0, 0)}
	pair := signal{newGraph(2, edge{0, 1, 3}), hard(2, 0, 1)}
	loops := signal{newGraph(2, edge{0, 0, 1}, edge{1, 1, 1}), hard(2, 0, 1)}
	for _, c := range []struct {
		what, loss string
		x          signal
		want       float64
	}{
		{"two triangles", losses.NameModularity, split, -5. / 14},                                   // 2·(6/14 − (7/14)²)
		{"two triangles", losses.NameModularity + " by stored entries", split, -(12 - 98./28) / 28}, // each half has volume 7
		{"two triangles", losses.NameCut, split, -12. / 14},                                         // one edge of seven is cut
		{"two triangles", losses.NameOrthogonality, split, 0},                                       // SᵀS = 3I
		{"two triangles", losses.NameCluster, split, 0},                                             // 3 and 3
		{"two triangles", losses.NameLink, split, math.Sqrt(8)},                                     // six diagonal entries, two of the bridge
		{"two triangles", losses.NameLink + " by entries", split, math.Sqrt(8) / 36},                //
		{"two triangles", losses.NameEntropy, split, 0},                                             //
		{"equal shares", losses.NameModularity, even, 0},                                            // ½ − ½
		{"equal shares", losses.NameCut, even, -1},                                                  // ½·14 over ½·14
		{"equal shares", losses.NameOrthogonality, even, math.Sqrt(2 - math.Sqrt2)},                 // ‖[½]/1 − I/√2‖
		{"equal shares", losses.NameCluster, even, 0},                                               //
		{"equal shares", losses.NameLink, even, 3},                                                  // 36 entries of |½| or |1 − ½|
		{"equal shares", losses.NameEntropy, even, math.Ln2},                                        //
		{"one cluster", losses.NameModularity, one, 0},                                              //
		{"one cluster", losses.NameModularity + " by stored entries", one, -.25},                    // −(14 − 14²/28)/28
		{"one cluster", losses.NameCut, one, -1},                                                    //
		{"one cluster", losses.NameOrthogonality, one, math.Sqrt(2 - math.Sqrt2)},                   // ‖diag(1, 0) − I/√2‖
		{"one cluster", losses.NameCluster, one, math.Sqrt2 - 1},                                    //
		{"one cluster", losses.NameLink, one, math.Sqrt(36 - 14)},                                   // where there is no edge
		{"a pair apart", losses.NameModularity, pair, .5},                                           // the largest value possible
		{"a pair apart", losses.NameCut, pair, 0},                                                   //
		{"a pair apart", losses.NameLink, pair, math.Sqrt(9 + 9 + 1 + 1)},                           //
		{"two loops", losses.NameModularity, loops, -.5},                                            // 2·(½ − ¼)
		{"two loops", losses.NameCut, loops, -1},                                                    //
		{"two loops", losses.NameLink, loops, 0},                                                    // A = SSᵀ
	} {
		t.Run(c.what+"/"+c.loss, func(t *testing.T) {
			l := named(t, c.loss)
			requireClose(t, c.want, run(t, l, tensor.Float64, single, 2, c.x).value, 1e-15)
			requireClose(t, c.want, run(t, l, tensor.Float32, single, 2, c.x).value, 1e-6)
			requireClose(t, c.want, l.of(c.x, 2), 1e-15, "the definition")
		})
	}
	requireClose(t, -0.357142857, run(t, named(t, losses.NameModularity), tensor.Float64, single, 2, split).value, 1e-9)
}

func TestOneClusterHasNoModularity(t *testing.T) {
	l := named(t, losses.NameModularity)
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(false).Filter(func(g graph) bool { return g.n > 0 }).Draw(t, "graph")
		k := rapid.IntRange(1, 4).Draw(t, "k")
		x := signal{g, hard(k, make([]int, g.n)...)}
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			require.Zero(t, run(t, l, dt, single, k, x).value)
			require.Zero(t, run(t, l, dt, layout{mode: modes.Batch, dense: true, padding: 1}, k, x).value)
		}
	})
}

func TestModularityIsThatOfTheMetrics(t *testing.T) {
	l := named(t, losses.NameModularity)
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(true).Filter(func(g graph) bool { return g.n > 0 }).Draw(t, "graph")
		k := rapid.IntRange(1, 5).Draw(t, "k")
		clusters := rapid.SliceOfN(rapid.IntRange(0, k-1), g.n, g.n).Draw(t, "clusters")
		q, err := metrics.Modularity(g.metric(), clusters)
		require.NoError(t, err)
		requireClose(t, -q, run(t, l, tensor.Float64, single, k, signal{g, hard(k, clusters...)}).value, 1e-14)
	})
}

// The gradient of a norm at 0 is taken as 0.
func TestPerfectClustersHaveNoGradient(t *testing.T) {
	x := signal{newGraph(2, edge{0, 0, 1}, edge{1, 1, 1}), hard(2, 0, 1)}
	for _, name := range []string{losses.NameLink, losses.NameOrthogonality} {
		r := run(t, named(t, name), tensor.Float64, single, 2, x)
		requireClose(t, 0, r.value, 1e-15, name)
		if r.value == 0 {
			assert.Equal(t, [][]float64{{0, 0, 0, 0}}, r.s, name)
		}
	}
}
