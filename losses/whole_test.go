package losses_test

import (
	"math"
	"testing"

	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"

	G "gorgonia.org/gorgonia"
)

// The variants that other programs compute over a whole batch, against their
// definition, on batches of unequal sizes in which each graph has nodes.
func TestVariantsOfAWholeBatch(t *testing.T) {
	for name, want := range map[string]func(xs []signal, k, width int) float64{
		losses.NameCluster + " by padded rows": func(xs []signal, k, width int) (v float64) {
			for _, x := range xs {
				v += cluster(x, k, width) / float64(len(xs))
			}
			return v
		},
		losses.NameEntropy + " by padded rows": func(xs []signal, k, width int) (v float64) {
			for _, x := range xs {
				v += entropy(x, k) * float64(x.n) / float64(len(xs)*width)
			}
			return v
		},
		losses.NameLink + ", one norm": func(xs []signal, k, _ int) (v float64) {
			for _, x := range xs {
				v = math.Hypot(v, distance(x, k))
			}
			return v
		},
		losses.NameLink + ", one norm by entries": func(xs []signal, k, width int) (v float64) {
			for _, x := range xs {
				v = math.Hypot(v, distance(x, k))
			}
			return v / float64(len(xs)*width*width)
		},
		losses.NameLink + " by entries": func(xs []signal, k, width int) (v float64) {
			for _, x := range xs {
				v += distance(x, k) / float64(len(xs)*width*width)
			}
			return v
		},
	} {
		l := named(t, name)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			k := rapid.IntRange(1, 4).Draw(t, "k")
			full := signals(k).Filter(func(x signal) bool { return x.n > 0 })
			xs := rapid.SliceOfN(full, 1, 4).Draw(t, "graphs")
			lay := layout{mode: modes.Batch, padding: rapid.IntRange(0, 2).Draw(t, "padding")}
			width, smallest := lay.padding, math.Inf(1)
			for _, x := range xs {
				width = max(width, x.n+lay.padding)
				smallest = math.Min(smallest, distance(x, k))
			}
			for _, lay.dense = range []bool{false, true} {
				v := want(xs, k, width)
				requireClose(t, v, run(t, l, tensor.Float64, lay, k, xs...).value, tolerance(l, smallest, 1e-12))
			}
		}))
	}
}

// In disjoint mode graphs are not padded to one size: each counts its own
// nodes and its own entries.
func TestVariantsInDisjointMode(t *testing.T) {
	const k = 3
	xs := someSignals(k)[:3]
	size, entries, norm := 0., 0., 0.
	for _, x := range xs {
		size += cluster(x, k, x.n) / 3
		entries += distance(x, k) / float64(x.n*x.n) / 3
		norm = math.Hypot(norm, distance(x, k))
	}
	lay := layout{mode: modes.Disjoint}
	requireClose(t, size, run(t, named(t, losses.NameCluster+" by padded rows"), tensor.Float64, lay, k, xs...).value, 1e-14)
	requireClose(t, entries, run(t, named(t, losses.NameLink+" by entries"), tensor.Float64, lay, k, xs...).value, 1e-14)
	entropies, nodes := 0., 0.
	for _, x := range xs {
		entropies += entropy(x, k) * float64(x.n)
		nodes += float64(x.n)
	}
	for lay.padding = range 4 {
		requireClose(t, entropies/nodes, run(t, named(t, losses.NameEntropy+" by padded rows"), tensor.Float64, lay, k, xs...).value, 1e-14, lay.padding)
		requireClose(t, size, run(t, named(t, losses.NameCluster+" by padded rows"), tensor.Float64, lay, k, xs...).value, 1e-14, lay.padding)
		requireClose(t, entries, run(t, named(t, losses.NameLink+" by entries"), tensor.Float64, lay, k, xs...).value, 1e-14, lay.padding)
	}
	lay.padding = 0
	requireClose(t, norm/(36+25+1), run(t, named(t, losses.NameLink+", one norm by entries"), tensor.Float64, lay, k, xs...).value, 1e-14)
}

// Two nodes of equal shares in a batch with room for four have an entropy of
// log 2, and a gradient of −½ (1 + log ½) to each share.
func TestEntropyByRowsDoesNotCountTheRoomOfABatch(t *testing.T) {
	l := named(t, losses.NameEntropy+" by padded rows")
	for _, padding := range []int{0, 2} {
		r := run(t, l, tensor.Float64, layout{mode: modes.Disjoint, padding: padding}, 2, signal{newGraph(2), uniform(2, 2)})
		requireClose(t, math.Ln2, r.value, 1e-15)
		for _, v := range r.s[0] {
			requireClose(t, -.5*(1+math.Log(.5)), v, 1e-15)
		}
	}
}

// ε is added inside the logarithm.
func TestEntropyWithEps(t *testing.T) {
	l := named(t, losses.NameEntropy)
	l.build = func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.Entropy(s, g, .5, losses.CountNodes) }
	x := signal{newGraph(2), []float64{1, 0, .5, .5}}
	requireClose(t, -math.Log(1.5)/2, run(t, l, tensor.Float64, single, 2, x).value, 1e-15)
}
