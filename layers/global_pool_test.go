package layers_test

import (
	"errors"
	"math"
	"slices"
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
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// readout is a global pool, and the row it makes of a graph with nodes by
// plain loops.
type readout struct {
	name  string
	layer layers.Layer
	ref   func(g plainGraph, w map[string][]float64) []float64
}

// readoutForms is every form, and sparse features over more and over fewer
// graphs than features.
func readoutForms() []form {
	five, three, none, one := formGraphs()
	return append(forms(),
		flatForm("disjoint sparse features", modes.Disjoint, formSparseX, []int{0, 0, 0, -1, 0, 0, 2, 2, 2, 3, -1, -1}, five, none, three, one),
		flatForm("two graphs of sparse features", modes.Disjoint, formSparseX, []int{0, 0, 0, -1, 0, 0, 1, 1, 1}, five, three),
		flatForm("an empty graph at the end", modes.Disjoint, formSparse, []int{0, 0, 0}, three, none))
}

// checkReadout compares X' and X' lifted with the reference in every form,
// and their gradients with central differences.
func checkReadout(t *testing.T, cases ...readout) {
	for _, c := range cases {
		for _, f := range readoutForms() {
			t.Run(strings.ReplaceAll(c.name+"/"+f.name, " ", "_"), func(t *testing.T) {
				for i := range f.in { // which the pools do not read
					f.in[i].Fixed = f.in[i].Name == "a" || f.in[i].Name == "w"
				}
				w := f.weights(t, false, func(sc *param.Scope, in modes.Graph) error {
					_, err := c.layer.Apply(sc, in)
					return err
				})
				want := c.expected(f, w)
				assert.NoError(t, gradcheck.Check(gradcheck.Case{
					Name: c.name, Inputs: f.in,
					Build:   func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return c.build(f, g, in) },
					Forward: func([]G.Value) ([][]float64, error) { return want, nil },
				}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
			})
		}
	}
}

func (c readout) build(f form, g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
	sc, fill, err := formScope(g, false)
	if err != nil {
		return nil, err
	}
	graph := f.build(in)
	out, err := c.layer.Apply(sc, graph)
	if err != nil {
		return nil, err
	}
	fill()
	if s := out.X.Dense.Shape(); s.Dims() != 2 || s[0] != len(f.graphs) || out.A != nil {
		return nil, errors.New("not one row a graph, or with an adjacency")
	}
	lift, err := layers.GlobalLift(graph, out.X.Dense)
	if err != nil {
		return nil, err
	}
	if d := graph.X.Dense; d != nil && d.Dims() != lift.Dims() {
		return nil, errors.New("lifted to another rank than X")
	}
	return G.Nodes{out.X.Dense, lift}, out.Check()
}

func (c readout) expected(f form, w map[string][]float64) [][]float64 {
	x, lift := make([][]float64, len(f.graphs)), make([][]float64, len(f.ids))
	for s, g := range f.graphs {
		if len(g.x) > 0 {
			x[s] = c.ref(g, w)
		}
	}
	for r, s := range f.ids {
		if s >= 0 {
			lift[r] = x[s]
		}
	}
	return [][]float64{filled(x), filled(lift)}
}

// plainSum is Σ_i w_i x_i.
func plainSum(x [][]float64, w func(i int) float64) []float64 {
	y := make([]float64, len(x[0]))
	for i := range x {
		for c, v := range x[i] {
			y[c] += w(i) * v
		}
	}
	return y
}

func plainDense(x [][]float64, w map[string][]float64, kernel, bias string, units int) [][]float64 {
	y := plainMul(x, plainWeight(w[kernel], units), units)
	for i := range y {
		for c := range y[i] {
			if b := w[bias]; b != nil {
				y[i][c] += b[c]
			}
		}
	}
	return y
}

func TestGlobalPools(t *testing.T) {
	attention, gated := layers.NewGlobalAttentionPool(), layers.NewGlobalAttentionPool()
	attention.Channels = 2
	gated.Channels, gated.NoBias = 4, true
	checkReadout(
		t,
		readout{"sum", layers.NewGlobalSumPool(), func(g plainGraph, _ map[string][]float64) []float64 {
			return plainSum(g.x, func(int) float64 { return 1 })
		}},
		readout{"avg", layers.NewGlobalAvgPool(), func(g plainGraph, _ map[string][]float64) []float64 {
			return plainSum(g.x, func(int) float64 { return 1 / float64(len(g.x)) })
		}},
		readout{"max", layers.NewGlobalMaxPool(), func(g plainGraph, _ map[string][]float64) []float64 {
			y := slices.Clone(g.x[0])
			for _, row := range g.x {
				for c, v := range row {
					y[c] = max(y[c], v)
				}
			}
			return y
		}},
		readout{"attention", attention, plainAttention(2)},
		readout{"attention without biases", gated, plainAttention(4)},
		readout{"attn sum", layers.NewGlobalAttnSumPool(), plainAttnSum(0)},
		readout{"attn sum with ε", layertest.Literal(&layers.GlobalAttnSumPool{Eps: 1e-8}), plainAttnSum(1e-8)},
	)
}

func plainAttention(channels int) func(g plainGraph, w map[string][]float64) []float64 {
	return func(g plainGraph, w map[string][]float64) []float64 {
		const at = "globalattentionpool/"
		gate := plainDense(g.x, w, at+"attn_kernel", at+"attn_bias", channels)
		feat := plainDense(g.x, w, at+"feat_kernel", at+"feat_bias", channels)
		for i := range feat {
			for c := range feat[i] {
				feat[i][c] /= 1 + math.Exp(-gate[i][c])
			}
		}
		return plainSum(feat, func(int) float64 { return 1 })
	}
}

func plainAttnSum(eps float64) func(g plainGraph, w map[string][]float64) []float64 {
	return func(g plainGraph, w map[string][]float64) []float64 {
		score := plainMul(g.x, plainWeight(w["globalattnsumpool/attn_kernel"], 1), 1)
		top, sum := math.Inf(-1), eps
		for i := range score {
			top = max(top, score[i][0])
		}
		for i := range score {
			sum += math.Exp(score[i][0] - top)
		}
		return plainSum(g.x, func(i int) float64 { return math.Exp(score[i][0]-top) / sum })
	}
}

// plainSoftAttention has a gate of columns columns, and a Dense nn of two
// units or none.
func plainSoftAttention(columns, units int) func(g plainGraph, w map[string][]float64) []float64 {
	return func(g plainGraph, w map[string][]float64) []float64 {
		const at = "globalsoftattentionpool/"
		gate := plainDense(g.x, w, at+"gate/dense/kernel", at+"gate/dense/bias", columns)
		share := plainTranspose(plainSoftmax(plainTranspose(gate)))
		x := g.x
		if units > 0 {
			x = plainDense(g.x, w, at+"nn/dense/kernel", at+"nn/dense/bias", units)
		}
		y := make([]float64, len(x[0]))
		for c := range y {
			y[c] = plainSum(x, func(i int) float64 { return share[i][min(c, columns-1)] })[c]
		}
		return y
	}
}

func TestGlobalSoftAttentionPool(t *testing.T) {
	checkReadout(
		t,
		readout{"features", layers.NewGlobalSoftAttentionPool(), plainSoftAttention(1, 0)},
		readout{"nn", layertest.Literal(&layers.GlobalSoftAttentionPool{NN: layers.NewDense(2)}), plainSoftAttention(1, 2)},
		readout{"a gate a feature", layertest.Literal(&layers.GlobalSoftAttentionPool{Gate: layers.NewDense(2), NN: layers.NewDense(2)}), plainSoftAttention(2, 2)},
		readout{"a gate a feature of X", layertest.Literal(&layers.GlobalSoftAttentionPool{Gate: layers.NewDense(formWidth)}), plainSoftAttention(formWidth, 0)},
	)
}

// The mode of graphs of one node, and which of them are padding.
func TestGlobalPoolsGiveGraphsOfOneNode(t *testing.T) {
	five, _, none, one := formGraphs()
	for _, c := range []struct {
		f    form
		mode modes.Mode
		ids  []int
	}{
		{flatForm("single", modes.Single, formDense, nil, five), modes.Single, nil},
		{flatForm("single padded", modes.Single, formDense, []int{-1, 0, 0, 0, 0, 0}, five), modes.Single, []int{0}},
		{flatForm("disjoint", modes.Disjoint, formSparse, []int{0, 2}, one, none, one, none), modes.Disjoint, []int{0, -1, 2, -1}},
		{batchForm("batch", modes.Batch, formDense, none, five), modes.Disjoint, []int{-1, 1}},
		{batchForm("mixed", modes.Mixed, formDense, five, five), modes.Disjoint, []int{0, 1}},
	} {
		for _, l := range []layers.Layer{layers.NewGlobalSumPool(), layers.NewGlobalAttnSumPool(), layertest.Literal(&layers.SortPool{K: 2, Flatten: true})} {
			g := G.NewGraph()
			sc, _, err := formScope(g, false)
			require.NoError(t, err)
			out, err := l.Apply(sc, c.f.build(c.f.nodes(g)))
			require.NoError(t, err)
			assert.Equal(t, c.mode, out.Mode, c.f.name)
			if c.ids == nil {
				assert.Nil(t, out.IDs, c.f.name)
				continue
			}
			ids, err := train.Evaluate(out.IDs)
			require.NoError(t, err)
			assert.Equal(t, c.ids, ids[0].Data(), c.f.name)
		}
	}
}

func TestGlobalMaxPoolSharesTheGradientOfTies(t *testing.T) {
	g := G.NewGraph()
	sc, _, err := formScope(g, false)
	require.NoError(t, err)
	x := layertest.Node(g, tensor.Float64, "x", []int{4, 2}, []float64{3, 1, 3, -2, 0, 1, 3, 1})
	out, err := layers.NewGlobalMaxPool().Apply(sc, modes.Graph{Graphs: 1, X: modes.Features{Dense: x}})
	require.NoError(t, err)
	grad, err := G.Grad(G.Must(G.Sum(out.X.Dense)), x)
	require.NoError(t, err)
	values, err := train.Evaluate(grad[0])
	require.NoError(t, err)
	third := 1. / 3
	assert.InDeltaSlice(t, []float64{third, third, third, 0, 0, third, third, third}, values[0].Data(), 1e-15)
}

func TestGlobalPoolsRefuse(t *testing.T) {
	relu := func(y *G.Node) (*G.Node, error) { return G.Rectify(y) }
	refused(t, layertest.Literal(&layers.GlobalAttentionPool{}), "globalattentionpool: Channels = 0, want at least 1")
	refused(t, layertest.Literal(&layers.GlobalAttentionPool{Channels: 1, Trainable: layers.Trainable{ActivationFunc: relu}}),
		"globalattentionpool: ActivationFunc is set, want none: the layer has no activation")
	refused(t, layertest.Literal(&layers.GlobalAttnSumPool{Eps: -1}), "globalattnsumpool: Eps = -1, want a number of at least 0")
	refused(t, layertest.Literal(&layers.GlobalAttnSumPool{Eps: math.NaN()}), "globalattnsumpool: Eps = NaN, want a number of at least 0")
	refused(t, layertest.Literal(&layers.GlobalSoftAttentionPool{Gate: layers.NewDense(2)}), "globalsoftattentionpool: Gate gives 2 columns, want 1 or 3, the features'")
	refused(t, layertest.Literal(&layers.GlobalSoftAttentionPool{NN: layers.NewGlobalSumPool()}), "globalsoftattentionpool: NN gives 1 rows, want 5, the nodes'")
	refused(t, layertest.Literal(&layers.GlobalSoftAttentionPool{NN: layers.NewDense(0)}), "globalsoftattentionpool: NN: layers: globalsoftattentionpool/nn/dense: Units = 0, want at least 1")
	for _, l := range []layers.Layer{layers.NewGlobalSumPool(), layers.NewGlobalAvgPool(), layers.NewGlobalMaxPool()} {
		refusedWithout(t, l, withoutX, l.(layers.Classed).Class()+": the graph has no features, want X")
	}
}

// The activity regulariser is that of X', divided by its first axis.
func TestGlobalActivity(t *testing.T) {
	p := layers.NewGlobalAttnSumPool()
	p.Activity = param.L1{Factor: 3}
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
	sum := 0.0
	for _, v := range values[0].Data().([]float64) {
		sum += math.Abs(v)
	}
	assert.InDelta(t, 3*sum, values[1].Data().(float64), 1e-12)
}
