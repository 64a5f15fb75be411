package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// tolerance is how far a loss may be off, given the smallest of the values it
// is the mean of. Link prediction is the root of a difference of squares, which
// are up to about 1000 here: near 0 only half of the digits are left.
func tolerance(l loss, smallest, tol float64) float64 {
	if l.loss == losses.NameLink {
		square := 1000 * tol
		return square / math.Max(smallest, math.Sqrt(square))
	}
	return tol
}

// kink tells whether a loss is a norm so near 0 that rounding decides the
// direction of its gradient.
func kink(l loss, r result) bool { return l.loss == losses.NameLink && r.value < .1 }

// each runs a property of every loss.
func each(t *testing.T, property func(t *rapid.T, l loss)) {
	for _, l := range table() {
		t.Run(l.name(), rapid.MakeCheck(func(t *rapid.T) { property(t, l) }))
	}
}

// eachMean runs a property of the losses that are means of those of the graphs.
func eachMean(t *testing.T, property func(t *rapid.T, l loss)) {
	for _, l := range table() {
		if !l.whole {
			t.Run(l.name(), rapid.MakeCheck(func(t *rapid.T) { property(t, l) }))
		}
	}
}

// drawSignal is a signal with nodes, on k clusters; there may be more clusters
// than nodes.
func drawSignal(t *rapid.T) (signal, int) {
	k := rapid.IntRange(1, 9).Draw(t, "k")
	x := signals(k).Filter(func(x signal) bool { return x.n > 0 }).Draw(t, "signal")
	return x, k
}

// drawSignals is a few signals, of unequal sizes and some without nodes.
func drawSignals(t *rapid.T) ([]signal, int) {
	k := rapid.IntRange(1, 4).Draw(t, "k")
	return rapid.SliceOfN(signals(k), 1, 4).Draw(t, "graphs"), k
}

func TestLossesAgreeWithTheirDefinition(t *testing.T) {
	each(t, func(t *rapid.T, l loss) {
		x, k := drawSignal(t)
		want := l.of(x, k)
		requireClose(t, want, run(t, l, tensor.Float64, single, k, x).value, tolerance(l, want, 1e-12))
		requireClose(t, want, run(t, l, tensor.Float32, single, k, x).value, tolerance(l, want, 1e-5))
	})
}

func TestLossesKeepTheirBounds(t *testing.T) {
	each(t, func(t *rapid.T, l loss) {
		x, k := drawSignal(t)
		got := run(t, l, tensor.Float64, single, k, x).value
		require.GreaterOrEqual(t, got, l.lo(x, k)-1e-12)
		require.LessOrEqual(t, got, l.hi(x, k)+1e-12)
	})
}

func TestSparseEqualsDense(t *testing.T) {
	each(t, func(t *rapid.T, l loss) {
		x, k := drawSignal(t)
		dense := single
		dense.dense = true
		want := run(t, l, tensor.Float64, single, k, x)
		if kink(l, want) {
			return
		}
		want.sameAs(t, run(t, l, tensor.Float64, dense, k, x), 1e-9, "dense")
	})
}

func TestBatchIsTheMeanOfItsGraphs(t *testing.T) {
	eachMean(t, func(t *rapid.T, l loss) {
		xs, k := drawSignals(t)
		var alone []result
		var nodes []int
		for _, x := range xs {
			lay := single
			if x.n == 0 {
				lay = layout{mode: modes.Disjoint, padding: 1} // single mode has nodes
			}
			r := run(t, l, tensor.Float64, lay, k, x)
			if x.n > 0 && kink(l, r) {
				return
			}
			alone, nodes = append(alone, r), append(nodes, x.n)
		}
		want := mean(alone, nodes)
		lay := rapid.SampledFrom(layouts()).Draw(t, "layout")
		lay.garbage = rapid.Float64Range(0, 1).Draw(t, "assignment of padding")
		want.sameAs(t, run(t, l, tensor.Float64, lay, k, xs...), 1e-9, lay.name)
	})
}

func TestMixedModeIsTheMeanOfItsSignals(t *testing.T) {
	eachMean(t, func(t *rapid.T, l loss) {
		x, k := drawSignal(t)
		xs := []signal{x}
		for range rapid.IntRange(1, 2).Draw(t, "more signals") {
			clusters := rapid.SliceOfN(rapid.IntRange(0, k-1), x.n, x.n).Draw(t, "clusters")
			xs = append(xs, signal{x.graph, hard(k, clusters...)})
		}
		want, smallest := 0., math.Inf(1)
		for _, x := range xs {
			v := l.of(x, k)
			want += v / float64(len(xs))
			smallest = math.Min(smallest, v)
		}
		for _, dense := range []bool{false, true} {
			lay := layout{mode: modes.Mixed, dense: dense}
			requireClose(t, want, run(t, l, tensor.Float64, lay, k, xs...).value, tolerance(l, smallest, 1e-12))
		}
	})
}

func TestNamesOfNodesDoNotMatter(t *testing.T) {
	each(t, func(t *rapid.T, l loss) {
		x, k := drawSignal(t)
		to := rapid.Permutation(count(x.n)).Draw(t, "new names")
		y := signal{x.permuted(to), make([]float64, len(x.s))}
		for i, j := range to {
			copy(y.s[j*k:(j+1)*k], x.s[i*k:(i+1)*k])
		}
		want, got := run(t, l, tensor.Float64, single, k, x), run(t, l, tensor.Float64, single, k, y)
		requireClose(t, want.value, got.value, tolerance(l, want.value, 1e-12))
		if kink(l, want) {
			return
		}
		for i, j := range to {
			for c := range k {
				requireClose(t, want.s[0][i*k+c], got.s[0][j*k+c], 1e-9, "gradient to S of node %d", i)
			}
		}
	})
}

func count(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = i
	}
	return x
}

// Graphs without nodes, without edges or with isolated nodes, self loops,
// empty clusters, more clusters than nodes, shares that underflow: every
// value and every gradient is a number.
func TestNothingIsNaN(t *testing.T) {
	each(t, func(t *rapid.T, l loss) {
		xs, k := drawSignals(t)
		lay := rapid.SampledFrom(layouts()).Draw(t, "layout")
		for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
			r := run(t, l, dt, lay, k, xs...)
			finite(t, lay.name, r.value)
			for b := range xs {
				finite(t, lay.name, r.s[b]...)
				if l.gradA() {
					finite(t, lay.name, r.a[b]...)
				}
			}
		}
	})
}

func TestGraphsWithoutNodesCostNothing(t *testing.T) {
	for _, l := range table() {
		for _, lay := range layouts() {
			t.Run(l.name()+"/"+lay.name, func(t *testing.T) {
				empty := signal{graph: newGraph(0)}
				require.Zero(t, run(t, l, tensor.Float32, lay, 3, empty, empty).value)
			})
		}
	}
}
