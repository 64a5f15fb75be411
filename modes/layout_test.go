package modes_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

func TestCheckWantsXAsTheModeSays(t *testing.T) {
	g := G.NewGraph()
	flat := G.NewMatrix(g, tensor.Float64, G.WithName("flat"), G.WithShape(4, 3))
	deep := G.NewTensor(g, tensor.Float64, 3, G.WithName("deep"), G.WithShape(2, 2, 3))
	ids := G.NewVector(g, tensor.Int, G.WithName("ids"), G.WithShape(4))
	sparse := modes.Features{Sparse: &ops.Sparse{Rows: 4, Cols: 3}}
	for _, c := range []struct {
		mode   modes.Mode
		graphs int
		x      modes.Features
		want   string
	}{
		{modes.Single, 1, modes.Features{Dense: flat}, ""},
		{modes.Disjoint, 2, modes.Features{Dense: flat}, ""},
		{modes.Disjoint, 2, sparse, ""},
		{modes.Batch, 2, modes.Features{Dense: deep}, ""},
		{modes.Mixed, 2, modes.Features{Dense: deep}, ""},
		{modes.Single, 1, modes.Features{Dense: deep}, "the features have shape (2, 2, 3) in single mode, want N×F; batch mode takes B×N×F"},
		{modes.Disjoint, 2, modes.Features{Dense: deep}, "the features have shape (2, 2, 3) in disjoint mode, want N×F; batch mode takes B×N×F"},
		{modes.Batch, 2, modes.Features{Dense: flat}, "the features are of shape (4, 3) in batch mode, want a dense B×N×F with B = 2, the graphs; disjoint mode takes N×F"},
		{modes.Batch, 3, modes.Features{Dense: deep}, "the features are of shape (2, 2, 3) in batch mode, want a dense B×N×F with B = 3, the graphs; disjoint mode takes N×F"},
		{modes.Mixed, 2, sparse, "the features are sparse, 4×3 in mixed mode, want a dense B×N×F with B = 2, the graphs; disjoint mode takes N×F"},
		{modes.Mode(9), 2, modes.Features{Dense: flat}, "Mode(9) is no mode, want single, disjoint, batch or mixed"},
	} {
		err := modes.Graph{Mode: c.mode, Graphs: c.graphs, X: c.x, IDs: ids}.Check()
		if c.want == "" {
			require.NoError(t, err, c.mode)
			continue
		}
		assert.EqualError(t, err, c.want)
	}
	assert.Equal(t, "not there", modes.Features{}.String())
}
