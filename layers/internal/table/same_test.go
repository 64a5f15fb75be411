package table_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// TestTableLayouts wants every layout to give for each graph what the graph
// gives alone in single mode, and for each loss the mean over the graphs: so
// sparse equals dense, batch and disjoint the stack of singles, and padding
// changes nothing.
func TestTableLayouts(t *testing.T) {
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		tol := 1e-10
		if dt == tensor.Float32 {
			tol = 2e-5
		}
		t.Run(dt.String(), func(t *testing.T) {
			tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
				base := row.base()
				store, err := tableStore(l, dt, 1, base)
				require.NoError(t, err)
				for _, lay := range row.layouts() {
					want, losses := tableSingles(t, l, store, base, lay.input())
					got, err := tableEvaluate(l, store, lay, lay.input(), false)
					require.NoError(t, err)
					for i, r := range got.results() {
						if i < len(want) {
							assert.NotEmpty(t, r.x)
							assert.NoError(t, r.diff(want[i], tol), "%s: graph %d", lay.name, i)
						}
					}
					for k, v := range got.lossesV {
						assert.InDelta(t, losses[k], v, tol, "%s: loss %s", lay.name, got.out.Losses[k].Name)
					}
				}
			})
		})
	}
}

// base is the simplest layout that a row has.
func (row tableRow) base() tableLayout { return row.layouts()[0] }

// layouts is those of the modes that a row has.
func (row tableRow) layouts() (all []tableLayout) {
	for _, l := range tableLayouts() {
		if _, no := row.without[l.mode]; !no {
			all = append(all, l)
		}
	}
	return all
}

// tableSingles is the result of each graph alone, and the mean of each loss
// over the graphs that have nodes.
func tableSingles(t *testing.T, l layers.Layer, store *param.Store, base tableLayout, graphs []*modes.Host) (all []tableResult, losses []float64) {
	t.Helper()
	count := 0.
	for _, h := range graphs {
		if h.Nodes == 0 {
			all = append(all, tableResult{})
			continue
		}
		r, err := tableEvaluate(l, store, base, []*modes.Host{h}, false)
		require.NoError(t, err)
		all = append(all, r.results()[0])
		if losses == nil {
			losses = make([]float64, len(r.lossesV))
		}
		for k, v := range r.lossesV {
			losses[k] += v
		}
		count++
	}
	for k := range losses {
		losses[k] /= count
	}
	return all, losses
}

// TestTablePadding wants padding, capacity for more edges and graphs without
// nodes, in between and at the end, to change nothing, in training too.
func TestTablePadding(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		store, err := tableStore(l, tensor.Float64, 2, row.base())
		require.NoError(t, err)
		for _, names := range [][]string{{"disjoint", "disjoint padded"}, {"batch", "batch padded"}, {"batch", "batch sparse padded"}, {"disjoint", "disjoint scattered"}, {"batch", "batch scattered"}} {
			plain, padded := tableLayoutOf(names[0]), tableLayoutOf(names[1])
			if _, no := row.without[plain.mode]; no {
				continue
			}
			graphs := tableHosts()
			want, err := tableEvaluate(l, store, plain, graphs, true)
			require.NoError(t, err)
			withEmpty := append([]*modes.Host{graphs[0], {}}, graphs[1:]...)
			got, err := tableEvaluate(l, store, padded, withEmpty, true)
			require.NoError(t, err)
			w, g := want.results(), got.results()
			assert.GreaterOrEqual(t, len(g), len(graphs)+1)
			for i := range graphs {
				to := i
				if i > 0 {
					to = i + 1
				}
				assert.NoError(t, g[to].diff(w[i], 1e-10), "%s: graph %d", padded.name, i)
			}
			assert.InDeltaSlice(t, want.lossesV, got.lossesV, 1e-10, "%s: losses", padded.name)
		}
	})
}

// TestTablePermutation wants another order of the nodes to give the same, in
// that order; one that keeps the order of nodes that count in turn.
func TestTablePermutation(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		lay := row.base()
		store, err := tableStore(l, tensor.Float64, 3, lay)
		require.NoError(t, err)
		for _, to := range [][]int{{4, 3, 2, 1, 0}, {1, 3, 0, 2, 4}} {
			h := tableHosts()[0]
			want, err := tableEvaluate(l, store, lay, []*modes.Host{h}, true)
			require.NoError(t, err)
			if row.inTurn != nil {
				to = tableInTurn(to, row.inTurn(want))
			}
			got, err := tableEvaluate(l, store, lay, []*modes.Host{tablePermuted(h, to)}, true)
			require.NoError(t, err)
			a, b := got.results()[0], want.results()[0].permuted(to)
			if row.signs {
				a.x, b.x = tableAbs(a.x), tableAbs(b.x)
			}
			assert.NoError(t, a.diff(b, 1e-10))
			assert.InDeltaSlice(t, want.lossesV, got.lossesV, 1e-10)
		}
	})
}

// tableAbs is values without their signs.
func tableAbs(x map[int][]float64) map[int][]float64 {
	out := map[int][]float64{}
	for i, row := range x {
		for _, v := range row {
			out[i] = append(out[i], math.Abs(v))
		}
	}
	return out
}

// tableKept is the nodes that were kept.
func tableKept(r *tableRun) []int {
	return slices.DeleteFunc(slices.Clone(r.index), func(i int) bool { return i < 0 })
}

// tableInTurn is an order of nodes, changed so that some keep theirs.
func tableInTurn(to, nodes []int) []int {
	slices.Sort(nodes)
	var places []int
	for _, i := range nodes {
		places = append(places, to[i])
	}
	slices.Sort(places)
	out := slices.Clone(to)
	for k, i := range nodes {
		out[i] = places[k]
	}
	return out
}

// TestTableBits wants the same seed to give the same bits, in a second store
// and in a second graph of the same store, and another seed other values.
func TestTableBits(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		lay := row.layouts()[len(row.layouts())-1]
		graphs := lay.input()
		var runs []*tableRun
		var stores []*param.Store
		for _, seed := range []uint64{1, 1, 2} {
			store, err := param.NewStore(tensor.Float32, seed)
			require.NoError(t, err)
			r, err := tableEvaluate(l, store, lay, graphs, true)
			require.NoError(t, err)
			runs, stores = append(runs, r), append(stores, store)
		}
		again, err := tableEvaluate(l, stores[0], lay, graphs, true)
		require.NoError(t, err)
		for _, r := range []*tableRun{runs[1], again} {
			assert.Equal(t, runs[0].raw(), r.raw())
		}
		for p := range stores[0].All() {
			assert.Equal(t, p.Tensor.Data(), stores[1].Get(p.Path).Tensor.Data(), p.Path)
			if !tableFlat(p.Tensor.Data().([]float32)) {
				assert.NotEqual(t, p.Tensor.Data(), stores[2].Get(p.Path).Tensor.Data(), p.Path)
			}
		}
	})
}

// tableFlat tells whether values are all equal.
func tableFlat(w []float32) bool {
	for _, v := range w {
		if v != w[0] {
			return false
		}
	}
	return true
}

// raw is all values as they lie, for comparisons bit by bit.
func (r *tableRun) raw() [][]float64 {
	return [][]float64{r.x, r.adj, r.s, r.score, r.lifted, r.lossesV}
}
