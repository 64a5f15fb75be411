package layers_test

import (
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// keeper is a pooler that keeps nodes: its options, and the score that it is
// to give each node of a graph by plain loops.
type keeper struct {
	name  string
	layer layers.Pooler
	keep  *layers.TopNodes
	score func(g plainGraph, w map[string][]float64) []float64

	counts bool // reads which entries A stores, which jumps where one of a dense A leaves 0
}

// plainKept is what a keeper makes of one graph.
type plainKept struct {
	idx   []int
	gate  []float64 // of every node
	x, ax [][]float64
	lift  [][]float64
	score []float64
}

func (k keeper) plain(g plainGraph, w map[string][]float64) plainKept {
	y := k.score(g, w)
	out := plainKept{score: y, gate: make([]float64, len(y)), lift: plainMatrix(len(y), formWidth)}
	var sum float64
	for _, v := range y {
		sum += math.Exp(v)
	}
	for i, v := range y {
		switch {
		case k.keep.MinScore != nil:
			out.gate[i] = math.Exp(v) / sum
		case k.keep.Gate == ops.Sigmoid:
			out.gate[i] = 1 / (1 + math.Exp(-v))
		default:
			out.gate[i] = math.Tanh(v)
		}
	}
	out.idx = k.choose(y, out.gate)
	m := k.keep.Multiplier
	for _, i := range out.idx {
		row := make([]float64, formWidth)
		for c := range row {
			row[c] = m * g.x[i][c] * out.gate[i]
			out.lift[i][c] = row[c]
			if k.keep.InverseLift {
				out.lift[i][c] = g.x[i][c]
			}
		}
		out.x = append(out.x, row)
	}
	a, sub := g.a(), plainMatrix(len(out.idx), len(out.idx))
	for i, r := range out.idx {
		for j, c := range out.idx {
			sub[i][j] = a[r][c]
		}
	}
	out.ax = plainMul(sub, out.x, formWidth)
	return out
}

func (k keeper) choose(y, gate []float64) []int {
	idx := make([]int, len(y))
	for i := range idx {
		idx[i] = i
	}
	if k.keep.MinScore != nil {
		return slices.DeleteFunc(idx, func(i int) bool { return gate[i] <= min(slices.Max(gate)-1e-7, *k.keep.MinScore) })
	}
	sort.SliceStable(idx, func(a, b int) bool { return y[idx[a]] > y[idx[b]] })
	idx = idx[:ops.TopK{Ratio: k.keep.Ratio, K: k.keep.K}.Count(len(y))]
	if !k.keep.Descending {
		slices.Sort(idx)
	}
	return idx
}

// checkKeeper compares each pooler in every form with plain loops: X', A'X',
// X' lifted, and the score, each with zeros where there is padding, and their
// gradients.
func checkKeeper(t *testing.T, cases ...keeper) {
	for _, k := range cases {
		for _, f := range forms() {
			t.Run(strings.ReplaceAll(k.name+"/"+f.name, " ", "_"), func(t *testing.T) {
				for i := range f.in {
					f.in[i].Fixed = k.counts && f.in[i].Name == "a"
				}
				var shape []int
				w := f.weights(t, false, func(sc *param.Scope, in modes.Graph) error {
					out, err := k.layer.Apply(sc, in)
					if err == nil {
						shape = out.X.Dense.Shape().Clone()
					}
					return err
				})
				want := k.expected(f, w, shape)
				assert.NoError(t, gradcheck.Check(gradcheck.Case{
					Name: k.name, Inputs: f.in,
					Build:   func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return k.build(f, g, in) },
					Forward: func([]G.Value) ([][]float64, error) { return want, nil },
				}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
			})
		}
	}
}

func (k keeper) build(f form, g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
	sc, fill, err := formScope(g, false)
	if err != nil {
		return nil, err
	}
	graph := f.build(in)
	out, err := k.layer.Apply(sc, graph)
	if err != nil {
		return nil, err
	}
	fill()
	ax, err := out.A.Mul(out.X.Dense)
	if err != nil {
		return nil, err
	}
	lift, err := k.layer.Lift(graph, out.Selection, out.X.Dense)
	if err != nil {
		return nil, err
	}
	return G.Nodes{out.X.Dense, ax, lift, out.Selection.Score}, out.CheckA()
}

// places is where the nodes kept of each graph begin, in a pooled X of that
// shape.
func (f form) places(kept []plainKept, shape []int) []int {
	at := make([]int, len(kept))
	for s := range kept {
		if len(shape) == 3 {
			at[s] = s * shape[1]
		} else if s > 0 {
			at[s] = at[s-1] + len(kept[s-1].idx)
		}
	}
	return at
}

func (k keeper) kept(f form, w map[string][]float64) (kept []plainKept) {
	for _, g := range f.graphs {
		kept = append(kept, k.plain(g, w))
	}
	return kept
}

func (k keeper) expected(f form, w map[string][]float64, shape []int) [][]float64 {
	kept := k.kept(f, w)
	x := make([]float64, tensor.Shape(shape).TotalSize())
	ax := make([]float64, len(x))
	lift, score := make([]float64, len(f.ids)*formWidth), make([]float64, len(f.ids))
	rows := f.rows
	for s, at := range f.places(kept, shape) {
		copy(x[at*formWidth:], slices.Concat(kept[s].x...))
		copy(ax[at*formWidth:], slices.Concat(kept[s].ax...))
		for i, r := range rows[:len(kept[s].score)] {
			copy(lift[r*formWidth:], kept[s].lift[i])
			score[r] = kept[s].score[i]
		}
		rows = rows[len(kept[s].score):]
	}
	return [][]float64{x, ax, lift, score}
}

// checkSelection compares the mode, the ids, the index, the mask and the gates
// of every form.
func checkSelection(t *testing.T, k keeper) {
	for _, f := range forms() {
		g := G.NewGraph()
		sc, fill, err := formScope(g, false)
		require.NoError(t, err)
		in := f.build(f.nodes(g))
		out, err := k.layer.Apply(sc, in)
		require.NoError(t, err, f.name)
		kept := k.kept(f, fill())
		mask, err := out.Selection.Mask(in)
		require.NoError(t, err)
		if f.mode == modes.Mixed {
			f.mode = modes.Batch
		}
		assert.Equal(t, f.mode, out.Mode, f.name)
		want := G.Nodes{out.Selection.Index, mask, out.Selection.Gate}
		if out.IDs != nil {
			want = append(want, out.IDs)
		}
		values, err := train.Evaluate(want...)
		require.NoError(t, err, f.name)
		idx, ids := make([]int, out.Rows()), make([]int, out.Rows())
		for i := range idx {
			idx[i], ids[i] = -1, -1
		}
		onRows, gates := make([]float64, len(f.ids)), make([]float64, len(idx))
		rows := f.rows
		for s, at := range f.places(kept, out.X.Dense.Shape()) {
			for j, i := range kept[s].idx {
				idx[at+j], ids[at+j], gates[at+j] = rows[i], s, kept[s].gate[i]
				onRows[rows[i]] = 1
			}
			rows = rows[len(kept[s].score):]
		}
		assert.Equal(t, idx, values[0].Data(), f.name)
		assert.Equal(t, onRows, values[1].Data(), f.name)
		assert.InDeltaSlice(t, gates, values[2].Data(), 1e-12, f.name)
		if out.IDs != nil {
			assert.Equal(t, ids, values[3].Data(), f.name)
		} else {
			assert.NotContains(t, idx, -1, "%s: no ids, so no padding", f.name)
		}
	}
}

func TestMaskOfASoftSelection(t *testing.T) {
	_, err := layers.Selection{}.Mask(modes.Graph{})
	assert.EqualError(t, err, "layers: the selection has no index, want that of a pooler that keeps nodes")
}

func TestKeepRefuses(t *testing.T) {
	for want, k := range map[string]layers.TopNodes{
		"Ratio = 0, want (0, 1]":   {},
		"Ratio = -1, want (0, 1]":  {Ratio: -1},
		"Ratio = 1.5, want (0, 1]": {Ratio: 1.5},
		"Ratio = NaN, want (0, 1]": {Ratio: math.NaN()},
		"K = -2, want at least 1":  {K: -2},

		"Ratio = 0.5, K = 2 and MinScore = none, want only one of them":        {Ratio: 0.5, K: 2},
		"Ratio = 0.5, K = 0 and MinScore = 0.25, want only one of them":        {Ratio: 0.5, MinScore: new(0.25)},
		"MinScore = NaN, want a number":                                        {MinScore: new(math.NaN())},
		"Multiplier = +Inf, want a finite number":                              {K: 1, Multiplier: math.Inf(1)},
		`ops: Activate: activation = "gelu", want relu, selu, elu, tanh, sigm`: {K: 1, Gate: "gelu"},
	} {
		f := forms()[0]
		g := G.NewGraph()
		sc, _, err := formScope(g, false)
		require.NoError(t, err)
		_, err = layertest.Literal(&layers.TopKPool{TopNodes: k}).Apply(sc, f.build(f.nodes(g)))
		if assert.Error(t, err, want) {
			assert.True(t, strings.HasPrefix(err.Error(), "layers: topkpool: "+want), err.Error())
		}
	}
}

// The function of a gate stands in place of its name.
func TestGateByFunction(t *testing.T) {
	p := layers.NewTopKPool(0.5)
	q := layers.NewTopKPool(0.5)
	q.Gate, q.ActivationFunc = "gelu", func(y *G.Node) (*G.Node, error) { return ops.Activate(y, ops.Tanh) }
	assert.Equal(t, pooled(t, p, forms()[0]), pooled(t, q, forms()[0]))
}

// pooled is X' of a layer in a form.
func pooled(t *testing.T, l layers.Layer, f form) []float64 {
	g := G.NewGraph()
	sc, fill, err := formScope(g, false)
	require.NoError(t, err)
	out, err := l.Apply(sc, f.build(f.nodes(g)))
	require.NoError(t, err)
	fill()
	values, err := train.Evaluate(out.X.Dense)
	require.NoError(t, err)
	return values[0].Data().([]float64)
}

// The activity regulariser is that of X', divided by its first axis.
func TestKeepActivity(t *testing.T) {
	p := layers.NewTopKPool(0.5)
	p.Activity = param.L1{Factor: 2}
	f := forms()[0]
	g := G.NewGraph()
	sc, fill, err := formScope(g, true)
	require.NoError(t, err)
	out, err := p.Apply(sc, f.build(f.nodes(g)))
	require.NoError(t, err)
	fill()
	penalties, err := sc.Penalties()
	require.NoError(t, err)
	require.Len(t, penalties, 1)
	values, err := train.Evaluate(out.X.Dense, penalties[0])
	require.NoError(t, err)
	var sum float64
	for _, v := range values[0].Data().([]float64) {
		sum += math.Abs(v)
	}
	assert.InDelta(t, 2*sum/3, values[1].Data().(float64), 1e-12)
}
