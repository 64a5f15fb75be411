package table_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// TestTableGradients checks what each layer gives, its losses among it,
// against central differences: by every feature, edge weight (every element
// of A where it is dense) and parameter, padding included, in training, in
// every layout of every mode.
func TestTableGradients(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		for _, lay := range row.layouts() {
			t.Run(lay.name, func(t *testing.T) {
				row.gradcheck(t, l, lay, tensor.Float64)
				if row.byA != nil {
					row.gradcheckA(t, l, lay)
				}
			})
		}
		t.Run("float32", func(t *testing.T) { row.gradcheck(t, l, row.base(), tensor.Float32) })
	})
}

func (row tableRow) gradcheck(t *testing.T, l layers.Layer, lay tableLayout, dt tensor.Dtype) {
	t.Helper()
	build := row.trained(t, l, lay, dt)
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
			r, err := build(g)
			return r.floats(), err
		},
		Params: func(name string) bool {
			return name != tableEye && name != tableMask && (row.byA == nil || !tableOfA(name))
		},
	}, tableGradient()))
}

// gradcheckA checks the derivatives by A of what has some, and wants the rest to
// have none.
func (row tableRow) gradcheckA(t *testing.T, l layers.Layer, lay tableLayout) {
	t.Helper()
	build := row.trained(t, l, lay, tensor.Float64)
	r, err := build(G.NewGraph())
	require.NoError(t, err)
	var weights G.Nodes
	for _, n := range r.g.AllNodes() {
		if n.IsVar() && tableOfA(n.Name()) && n.Dtype() != tensor.Int {
			weights = append(weights, n)
		}
	}
	if len(weights) == 0 {
		return // A has none
	}
	with := row.byA(r)
	for _, n := range r.floats() {
		if !with.Contains(n) {
			_, err := G.Grad(G.Must(ops.Sum(n)), weights...)
			assert.ErrorAs(t, err, new(G.SymDiffError), "%v", n)
		}
	}
	if len(with) > 0 {
		assert.NoError(t, gradcheck.Check(gradcheck.Case{
			Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
				r, err := build(g)
				return row.byA(r), err
			},
			Params: tableOfA,
		}, tableGradient()))
	}
}

// tableOfA tells whether a node is the weights of A, or its elements.
func tableOfA(name string) bool { return strings.HasPrefix(name+"/", "in/a/") }

func tableGradient() gradcheck.Options {
	return gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}, MaxEntries: 24}
}

// trained builds the layer in training, for the graphs of a layout.
func (row tableRow) trained(t *testing.T, l layers.Layer, lay tableLayout, dt tensor.Dtype) func(g *G.ExprGraph) (*tableRun, error) {
	t.Helper()
	store, err := tableStore(l, dt, 1, row.base())
	require.NoError(t, err)
	graphs := lay.input()
	if lay.mode == modes.Disjoint || lay.mode == modes.Batch {
		// The graph without edges is left out: no degree, no derivative.
		graphs = []*modes.Host{graphs[0], {}, graphs[1], graphs[2]}
	}
	return func(g *G.ExprGraph) (r *tableRun, err error) {
		r = &tableRun{g: g}
		if r.in, err = lay.build(g, dt, graphs); err != nil {
			return r, err
		}
		if r.in.A, err = tableStored(r.in, row.counts); err != nil {
			return r, err
		}
		return r, r.apply(l, store, true)
	}
}

// tableStored is A, with derivatives at the entries that are not 0 alone if a
// layer counts those: where an entry comes to be, nothing can be derived.
func tableStored(in modes.Graph, counts bool) (modes.Adj, error) {
	a, dense := in.A.(modes.DenseAdj)
	if !dense || !counts {
		return in.A, nil
	}
	v, err := layertest.Floats(a.Node.Value())
	if err != nil {
		return nil, err
	}
	mask := make([]float64, len(v))
	for i, w := range v {
		if w != 0 {
			mask[i] = 1
		}
	}
	a.Node, err = ops.Hadamard(a.Node, layertest.Node(a.Node.Graph(), a.Node.Dtype(), tableMask, a.Node.Shape(), mask))
	return a, err
}

const tableMask = "table/mask"
