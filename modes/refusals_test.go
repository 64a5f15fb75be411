package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// What no constructor made is refused by name.
func TestWhatNoConstructorMadeIsRefused(t *testing.T) {
	scalar := G.NewScalar(G.NewGraph(), G.Float64, G.WithName("s"))
	var loader *Loader
	_, part := loader.Part([]int{0}, false)
	_, mask := Graph{X: Features{Dense: scalar}, Graphs: 1}.Mask()
	_, variation := SparseAdj{}.TotalVariation(nil)
	_, form := DenseAdj{}.QuadForm(nil, ops.OneSegment())
	_, mul := SparseAdj{}.Mul(nil)
	_, induce := SparseAdj{}.Induce(Subset{})
	for want, err := range map[string]error{
		"modes: loader: nil or zero, want one of NewLoader":                           part,
		"modes: mask: modes: features of shape (), want N×F or B×N×F":                 mask,
		"modes: total variation: a nil node, want one of 0 rows, those of A":          variation,
		"modes: the quadratic form of a nil node":                                     form,
		"modes: the adjacency has no pattern, want one of a constructor":              induce,
		"modes: Nodes = 1073741824 without edges and features, want at most 33554432": (&Host{Nodes: 1 << 30}).Check(),
		"the adjacency is a *modes.DenseAdj, want a SparseAdj or a DenseAdj":          pointerAdj(),
	} {
		assert.EqualError(t, err, want)
	}
	assert.Error(t, mul)
	for _, err := range loader.Epoch(0) {
		assert.EqualError(t, err, "modes: loader: nil or zero, want one of NewLoader")
	}
	row, _, _ := (&Host{Nodes: -1}).COO()
	assert.Empty(t, row)
	assert.Zero(t, Features{Dense: scalar}.Rows())
	assert.Zero(t, SparseAdj{Sparse: ops.Sparse{Rows: 4}, Copies: -1}.Rows())
}

// pointerAdj is the error of a nil pointer as adjacency.
func pointerAdj() error {
	x := G.NewMatrix(G.NewGraph(), G.Float64, G.WithShape(2, 1), G.WithName("x"))
	return Graph{Graphs: 1, X: Features{Dense: x}, A: (*DenseAdj)(nil)}.CheckA()
}
