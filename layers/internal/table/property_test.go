package table_test

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// TestTableProperties draws graphs of every odd kind (one node, isolated
// nodes, no edges, no nodes, equal features, weights of 0), with K from 1 to
// more than there are nodes and ratios at their ends, and wants numbers from
// every layer in every layout, gradients included, and no panic.
func TestTableProperties(t *testing.T) {
	if given := tableFlagGiven("rapid.checks"); !given {
		before := flag.Lookup("rapid.checks").Value.String()
		require.NoError(t, flag.Set("rapid.checks", "50"))
		t.Cleanup(func() { _ = flag.Set("rapid.checks", before) })
	}
	for _, row := range table() {
		t.Run(row.class(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				l := tableDrawLayer(t, row)
				lay := rapid.SampledFrom(row.layouts()).Draw(t, "layout")
				dt := rapid.SampledFrom([]tensor.Dtype{tensor.Float64, tensor.Float32}).Draw(t, "dtype")
				if err := tableFinite(l, lay, dt, tableDraw(t, lay.mode)); err != nil {
					t.Fatalf("%s: %v", lay.name, err)
				}
			})
		})
	}
}

func tableFlagGiven(name string) (given bool) {
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	return given
}

// tableDrawLayer is a layer of the row, with sizes at their ends.
func tableDrawLayer(t *rapid.T, row tableRow) layers.Layer {
	l, v := tableCopy(rapid.SampledFrom(row.layers).Draw(t, "layer"))
	gnn := v.FieldByName("PoolGNN") // has as many columns as K
	if k := v.FieldByName("K"); k.IsValid() && k.Int() > 0 && (!gnn.IsValid() || gnn.IsNil()) {
		k.SetInt(int64(rapid.SampledFrom([]int{1, 2, 9}).Draw(t, "K")))
	}
	if r := v.FieldByName("Ratio"); r.IsValid() && r.Float() > 0 {
		r.SetFloat(rapid.SampledFrom([]float64{1e-9, 0.5, 1}).Draw(t, "Ratio"))
	}
	return l
}

// tableDraw is graphs for a mode.
func tableDraw(t *rapid.T, mode modes.Mode) []*modes.Host {
	first := tableDrawHost(t, 1)
	graphs := []*modes.Host{first}
	switch mode {
	case modes.Disjoint, modes.Batch:
		for range rapid.IntRange(0, 2).Draw(t, "more graphs") {
			graphs = append(graphs, tableDrawHost(t, 0))
		}
	case modes.Mixed:
		for range rapid.IntRange(0, 2).Draw(t, "more signals") {
			h := *first
			h.X = tableDrawX(t, h.Nodes)
			graphs = append(graphs, &h)
		}
	}
	return graphs
}

func tableDrawHost(t *rapid.T, least int) *modes.Host {
	n := rapid.IntRange(least, 5).Draw(t, "nodes")
	h := &modes.Host{Nodes: n}
	if n == 0 {
		return h
	}
	h.X = tableDrawX(t, n)
	var row, col []int
	for range rapid.IntRange(0, 2*n).Draw(t, "edges") {
		i, j := rapid.IntRange(0, n-1).Draw(t, "from"), rapid.IntRange(0, n-1).Draw(t, "to")
		row, col = append(row, i, j), append(col, j, i)
	}
	if len(row) == 0 {
		return h
	}
	p, order, err := ops.PatternFromCOO(n, n, row, col)
	if err != nil {
		t.Fatal(err)
	}
	w := make([]float64, len(order))
	for e := range len(order) / 2 {
		w[2*e] = rapid.SampledFrom([]float64{0, 1, 1e-3, 2.5}).Draw(t, "weight")
		w[2*e+1] = w[2*e]
	}
	h.Pattern, h.Weights = p, make([]float64, len(order))
	for to, from := range order {
		h.Weights[to] = w[from]
	}
	return h
}

// tableDrawX is features that often are equal, or 0.
func tableDrawX(t *rapid.T, n int) *tensor.Dense {
	x := make([]float64, n*tableWidth)
	for i := range x {
		x[i] = rapid.SampledFrom([]float64{0, 0, 1, -1, 0.3, 40}).Draw(t, "x")
	}
	return tensor.New(tensor.WithShape(n, tableWidth), tensor.WithBacking(x))
}

// tableFinite errs unless all that a layer gives and all its gradients are
// finite, in training and after.
func tableFinite(l layers.Layer, lay tableLayout, dt tensor.Dtype, graphs []*modes.Host) error {
	store, err := tableStore(l, dt, 1, lay)
	if err != nil {
		return err
	}
	for _, training := range []bool{true, false} {
		constant := map[string]bool{}
		for again := true; again; {
			r, err := tableBuild(l, store, lay, graphs, training)
			if err != nil {
				return err
			}
			if again, err = r.finite(constant); err != nil {
				return fmt.Errorf("training %v: %w", training, err)
			}
		}
	}
	return nil
}

// finite checks one graph. Inputs that Grad finds nothing to depend on are
// added to constant, and another graph is asked for.
func (r *tableRun) finite(constant map[string]bool) (again bool, err error) {
	outs := r.floats()
	var loss *G.Node
	for _, n := range outs {
		sum := n
		if !n.IsScalar() {
			if sum, err = ops.Sum(n); err != nil {
				return false, err
			}
		}
		if loss == nil {
			loss = sum
		} else if loss, err = G.Add(loss, sum); err != nil {
			return false, err
		}
	}
	var wrt G.Nodes
	for _, n := range r.g.SubgraphRoots(loss).AllNodes() {
		if n.IsVar() && n.Value() != nil && n.Dtype() != tensor.Int && n.Name() != tableEye && !constant[n.Name()] {
			wrt = append(wrt, n)
		}
	}
	var derivs G.Nodes
	if len(wrt) > 0 {
		derivs, err = G.Grad(loss, wrt...)
	}
	var sd G.SymDiffError
	if errors.As(err, &sd) && len(sd.Nodes()) > 0 {
		for _, n := range sd.Nodes() {
			constant[n.Name()] = true
		}
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, tableAllFinite(append(outs, derivs...), len(outs), wrt)
}

// tableAllFinite evaluates outputs and the gradients of wrt.
func tableAllFinite(nodes G.Nodes, outs int, wrt G.Nodes) error {
	values, err := train.Evaluate(nodes...)
	if err != nil {
		return err
	}
	for i, v := range values {
		x, err := layertest.Floats(v)
		if err != nil {
			return err
		}
		for _, f := range x {
			if !math.IsNaN(f) && !math.IsInf(f, 0) {
				continue
			}
			if i < outs {
				return fmt.Errorf("output %d is %v", i, x)
			}
			return fmt.Errorf("the gradient of %s is %v", wrt[i-outs].Name(), x)
		}
	}
	return nil
}
