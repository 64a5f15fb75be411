package losses_test

import (
	"math"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// result is a loss with its gradients: to the assignment of each graph, n×k,
// and to each graph's entries.
type result struct {
	value float64
	s, a  [][]float64
}

var single = layout{name: "single", mode: modes.Single}

// run computes a loss of graphs in a layout, on a TapeMachine.
func run(t require.TestingT, l loss, dt tensor.Dtype, lay layout, k int, graphs ...signal) result {
	g := G.NewGraph()
	in, err := lay.lay(g, dt, k, graphs)
	require.NoError(t, err)
	n, err := l.build(in.s, in.Graph)
	require.NoError(t, err)
	require.True(t, n.IsScalar(), "shape %v", n.Shape())
	wrt := G.Nodes{in.s}
	if l.gradA() {
		wrt = append(wrt, in.a)
	}
	derivs, err := G.Grad(n, wrt...)
	require.NoError(t, err)
	values := make([]G.Value, 1+len(wrt))
	roots := G.Nodes{G.Read(n, &values[0])}
	for i, d := range derivs {
		roots = append(roots, G.Read(d, &values[1+i]))
	}
	if collides(g) {
		t.(interface{ Skip(args ...any) }).Skip("two nodes of the graph have one hash, and Gorgonia takes them for one")
	}
	vm := G.NewTapeMachine(g.SubgraphRoots(roots...))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	r := result{value: elements(values[0])[0]}
	ds := elements(values[1])
	require.Len(t, ds, in.rows*k)
	for b := range graphs {
		var grad []float64
		for _, row := range in.at[b] {
			grad = append(grad, ds[row*k:(row+1)*k]...)
		}
		r.s = append(r.s, grad)
	}
	if l.gradA() {
		da := elements(values[2])
		for _, at := range in.edge {
			var grad []float64
			for _, e := range at {
				grad = append(grad, da[e])
			}
			r.a = append(r.a, grad)
		}
	}
	return r
}

// collides tells whether two nodes have the same hash of 32 bits. It happens in
// about one of some millions of random graphs.
func collides(g *G.ExprGraph) bool {
	seen := map[uint32]bool{}
	for _, n := range g.AllNodes() {
		if seen[n.Hashcode()] {
			return true
		}
		seen[n.Hashcode()] = true
	}
	return false
}

// elements is a copy of a float value's.
func elements(v G.Value) []float64 {
	switch x := v.Data().(type) {
	case float64:
		return []float64{x}
	case float32:
		return []float64{float64(x)}
	case []float64:
		return append([]float64{}, x...)
	case []float32:
		y := make([]float64, len(x))
		for i, f := range x {
			y[i] = float64(f)
		}
		return y
	}
	return nil
}

// sameAs fails unless two results agree to tol: values relative to max(1, |want|),
// a gradient relative to max(1, its largest element). Where a cluster is nearly
// empty the terms of an element are far above the element, and the order of its
// sums rounds it by as much as the largest of them.
func (r result) sameAs(t require.TestingT, got result, tol float64, what string) {
	requireClose(t, r.value, got.value, tol, what)
	for b := range r.s {
		require.Len(t, got.s[b], len(r.s[b]), what)
		for i := range r.s[b] {
			require.InDelta(t, r.s[b][i], got.s[b][i], tol*largest(r.s[b]), "%s: gradient to S of graph %d, element %d", what, b, i)
		}
	}
	for b := range r.a {
		require.Len(t, got.a[b], len(r.a[b]), what)
		for i := range r.a[b] {
			require.InDelta(t, r.a[b][i], got.a[b][i], tol*largest(r.a[b]), "%s: gradient to A of graph %d, entry %d", what, b, i)
		}
	}
}

// largest is max(1, the largest |x|).
func largest(x []float64) float64 {
	most := 1.
	for _, v := range x {
		most = math.Max(most, math.Abs(v))
	}
	return most
}

// mean is the mean of losses of single graphs, those without nodes left out.
func mean(of []result, nodes []int) result {
	count := 0.
	for _, n := range nodes {
		if n > 0 {
			count++
		}
	}
	var m result
	for b, r := range of {
		scale := 0.
		if nodes[b] > 0 {
			scale = 1 / count
		}
		m.value += scale * r.value
		m.s = append(m.s, scaled(scale, r.s))
		if r.a != nil {
			m.a = append(m.a, scaled(scale, r.a))
		}
	}
	return m
}

// scaled is the gradient of a single graph times a number.
func scaled(by float64, x [][]float64) []float64 {
	y := make([]float64, len(x[0]))
	for i, v := range x[0] {
		y[i] = by * v
	}
	return y
}
