package layers_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// slotted is a pooler that gives every graph the same number of nodes, and
// what it makes of a graph by plain loops.
type slotted struct {
	name  string
	layer layers.Pooler
	k     int
	jumps bool // reads which entries of A are 0
	ref   func(g plainGraph, w map[string][]float64) plainSlots
}

// plainSlots is one graph pooled to k nodes.
type plainSlots struct {
	x, a   [][]float64 // of the k nodes
	lift   [][]float64 // x lifted
	s      [][]float64 // the assignment, nil where there is none
	nodes  int         // those of the k that are not padding
	losses []float64
}

// checkSlotted compares X', A'X', X' lifted, S and the losses with the
// reference in every form, and their gradients with central differences.
// Losses are means over the graphs with nodes.
func checkSlotted(t *testing.T, cases ...slotted) {
	for _, c := range cases {
		for _, f := range forms() {
			t.Run(strings.ReplaceAll(c.name+"/"+f.name, " ", "_"), func(t *testing.T) {
				for i := range f.in {
					f.in[i].Fixed = c.jumps && f.in[i].Name == "a"
				}
				w := f.weights(t, false, func(sc *param.Scope, in modes.Graph) error {
					_, err := c.layer.Apply(sc, in)
					return err
				})
				assert.NoError(t, gradcheck.Check(gradcheck.Case{
					Name: c.name, Inputs: f.in,
					Build:   func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return c.build(f, g, in) },
					Forward: func([]G.Value) ([][]float64, error) { return c.expected(f, w), nil },
				}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
				c.checkIDs(t, f, w)
			})
		}
	}
}

func (c slotted) build(f form, g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
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
	ax, err := out.A.Mul(out.X.Dense)
	if err != nil {
		return nil, err
	}
	lift, err := c.layer.Lift(graph, out.Selection, out.X.Dense)
	if err != nil {
		return nil, err
	}
	all := G.Nodes{out.X.Dense, ax, lift}
	if out.Selection.Assignment != nil {
		all = append(all, out.Selection.Assignment)
	}
	for _, l := range out.Losses {
		all = append(all, l.Node)
	}
	return all, out.CheckA()
}

func (c slotted) expected(f form, w map[string][]float64) [][]float64 {
	var x, ax, losses []float64
	lift, s := make([][]float64, len(f.ids)), make([][]float64, len(f.ids))
	rows, count, hasS := f.rows, 0, false
	var one plainSlots
	for _, g := range f.graphs {
		if len(g.x) == 0 {
			blank := make([]float64, c.k*c.width(f, w))
			x, ax = append(x, blank...), append(ax, blank...)
			continue
		}
		one = c.ref(g, w)
		x = append(x, slices.Concat(one.x...)...)
		ax = append(ax, slices.Concat(plainMul(one.a, one.x, len(one.x[0]))...)...)
		for i, r := range rows[:len(g.x)] {
			lift[r] = one.lift[i]
			if hasS = one.s != nil; hasS {
				s[r] = one.s[i]
			}
		}
		rows = rows[len(g.x):]
		if losses == nil {
			losses = make([]float64, len(one.losses))
		}
		for i, v := range one.losses {
			losses[i] += v
		}
		count++
	}
	want := [][]float64{x, ax, filled(lift)}
	if hasS {
		want = append(want, filled(s))
	}
	for _, v := range losses {
		want = append(want, []float64{v / float64(count)})
	}
	return want
}

// width is that of the features the pooler gives.
func (c slotted) width(f form, w map[string][]float64) int {
	return len(c.ref(f.graphs[0], w).x[0])
}

// filled is rows one after the other, zeros for those that are nil.
func filled(rows [][]float64) (flat []float64) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	for _, r := range rows {
		flat = append(flat, append(slices.Clone(r), make([]float64, width-len(r))...)...)
	}
	return flat
}

// checkIDs compares the mode and which of the new nodes are padding.
func (c slotted) checkIDs(t *testing.T, f form, w map[string][]float64) {
	g := G.NewGraph()
	sc, fill, err := formScope(g, false)
	require.NoError(t, err)
	out, err := c.layer.Apply(sc, f.build(f.nodes(g)))
	require.NoError(t, err)
	fill()
	want, mode := make([]int, 0, c.k*len(f.graphs)), f.mode
	for s, g := range f.graphs {
		for i := range c.k {
			want = append(want, -1)
			if len(g.x) > 0 && i < c.ref(g, w).nodes {
				want[len(want)-1] = s
			}
		}
	}
	if mode == modes.Mixed {
		mode = modes.Batch
	}
	assert.Equal(t, mode, out.Mode)
	assert.Equal(t, len(f.graphs), out.Graphs)
	if out.IDs == nil {
		assert.NotContains(t, want, -1, "no ids, so no padding")
		return
	}
	ids, err := train.Evaluate(out.IDs)
	require.NoError(t, err)
	assert.Equal(t, want, ids[0].Data())
}

// plainTranspose is aᵀ.
func plainTranspose(a [][]float64) [][]float64 {
	t := plainMatrix(len(a[0]), len(a))
	for i := range a {
		for j, v := range a[i] {
			t[j][i] = v
		}
	}
	return t
}

// plainSoftmax is that of each row.
func plainSoftmax(x [][]float64) [][]float64 {
	y := plainMatrix(len(x), len(x[0]))
	for i := range x {
		sum := 0.0
		for c, v := range x[i] {
			y[i][c] = math.Exp(v)
			sum += y[i][c]
		}
		for c := range y[i] {
			y[i][c] /= sum
		}
	}
	return y
}

// plainAssigned is X' = Sᵀz, A' = SᵀAS, lifted by S.
func plainAssigned(g plainGraph, s, z [][]float64) plainSlots {
	k, f := len(s[0]), len(z[0])
	st := plainTranspose(s)
	x := plainMul(st, z, f)
	return plainSlots{
		x: x, a: plainMul(st, plainMul(g.a(), s, k), k), lift: plainMul(s, x, f), s: s, nodes: k,
	}
}

// valuesIn is the values of nodes of a layer's output in a form.
func valuesIn(t *testing.T, l layers.Layer, f form, of func(in modes.Graph, out layers.Output) G.Nodes) [][]float64 {
	t.Helper()
	g := G.NewGraph()
	sc, fill, err := formScope(g, false)
	require.NoError(t, err)
	in := f.build(f.nodes(g))
	out, err := l.Apply(sc, in)
	require.NoError(t, err)
	fill()
	values, err := train.Evaluate(of(in, out)...)
	require.NoError(t, err)
	var all [][]float64
	for _, v := range values {
		x, err := layertest.Floats(v)
		require.NoError(t, err)
		all = append(all, x)
	}
	return all
}
