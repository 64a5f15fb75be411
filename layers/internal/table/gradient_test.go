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
			t.Run(lay.name, func(t *testing.T) { row.gradcheck(t, l, lay, tensor.Float64) })
		}
		t.Run("float32", func(t *testing.T) { row.gradcheck(t, l, row.base(), tensor.Float32) })
	})
}

func (row tableRow) gradcheck(t *testing.T, l layers.Layer, lay tableLayout, dt tensor.Dtype) {
	t.Helper()
	store, err := tableStore(l, dt, 1, row.base())
	require.NoError(t, err)
	graphs := lay.input()
	if lay.mode == modes.Disjoint || lay.mode == modes.Batch {
		// The graph without edges is left out: no degree, no derivative.
		graphs = []*modes.Host{graphs[0], {}, graphs[1], graphs[2]}
	}
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
			r := &tableRun{g: g}
			var err error
			if r.in, err = lay.build(g, dt, graphs); err != nil {
				return nil, err
			}
			if r.in.A, err = tableStored(r.in, row.counts); err != nil {
				return nil, err
			}
			if err := r.apply(l, store, true); err != nil {
				return nil, err
			}
			return r.floats(), nil
		},
		Params: func(name string) bool {
			return name != tableEye && name != tableMask && !(row.fixedA && strings.HasPrefix(name+"/", "in/a/"))
		},
	}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}, MaxEntries: 24}))
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
