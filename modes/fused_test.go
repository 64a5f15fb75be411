package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// What is fused for some adjacencies is the same as its parts, for all.
func TestFusedFormsAreTheirParts(t *testing.T) {
	for name, c := range adjacencies(t) {
		g, n := graphOf(c.a), len(c.rows)
		shape := []int{n, 2}
		switch a := c.a.(type) {
		case DenseAdj:
			size := a.Node.Shape()[a.Node.Dims()-1]
			if shape = []int{n / size, size, 2}; size == n {
				shape = shape[1:]
			}
		case SparseAdj:
			if a.Copies > 0 {
				shape = []int{a.Copies, n / a.Copies, 2}
			}
		}
		node := need[*G.Node](t)
		x := G.NodeFromAny(g, denseOf(numbered(n, 2).Float64s(), shape...), G.WithName("x"))
		b := G.NodeFromAny(g, denseOf([]float64{-20, 1}, 2), G.WithName("b"))
		ax := node(c.a.Mul(x))
		ids := make([]int, n)
		for i := range ids {
			ids[i] = i * 2 / n
		}
		seg := ops.Segments{IDs: G.NodeFromAny(g, denseOf(ids, n), G.WithName("halves")), Count: 2}
		got := eval(t,
			node(c.a.Convolve(x, b, ops.ReLU)), node(ops.BiasActivate(ax, b, ops.ReLU)),
			node(c.a.Convolve(x, nil, ops.ReLU)), node(ops.Activate(ax, ops.ReLU)),
			node(c.a.Convolve(x, nil, ops.Identity)), ax,
			node(c.a.QuadForm(x, seg)), node(ops.ColDot(x, ax, seg)),
		)
		for i := 0; i < len(got); i += 2 {
			assert.InDeltaSlice(t, got[i+1], got[i], 1e-12, name)
		}
	}
}
