package modes_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// Blocks store their zeros, and count them as little as a dense adjacency
// does, also after Transpose and Induce.
func TestBlocksCountWhatIsNotZero(t *testing.T) {
	g := G.NewGraph()
	dense := tensor.New(tensor.WithShape(2, 2, 2), tensor.WithBacking([]float64{0, 2, 2, 0, 3, 0, 0, 0}))
	a := G.NewTensor(g, tensor.Float64, 3, G.WithName("a"), G.WithShape(2, 2, 2), G.WithValue(dense))
	idx := G.NewVector(g, tensor.Int, G.WithName("idx"), G.WithShape(2), G.WithValue(tensor.New(tensor.WithBacking([]int{1, 2}))))
	blocks, err := modes.NewBlocks(a)
	require.NoError(t, err)
	transposed, err := blocks.Transpose()
	require.NoError(t, err)
	ones, err := blocks.Unweighted()
	require.NoError(t, err)
	induced, err := blocks.Induce(modes.Subset{Index: idx})
	require.NoError(t, err)
	var nodes G.Nodes
	for _, adj := range []modes.Adj{blocks, transposed, ones, induced} {
		n, err := adj.Stored(a)
		require.NoError(t, err)
		nodes = append(nodes, n)
	}
	degree, err := ones.Degree(a)
	require.NoError(t, err)
	nodes = append(nodes, degree)
	values := make([]G.Value, len(nodes))
	for i, n := range nodes {
		G.Read(n, &values[i])
	}
	vm := G.NewTapeMachine(g.SubgraphRoots(nodes...))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	for i, want := range [][]float64{{1, 1, 1, 0}, {1, 1, 1, 0}, {1, 1, 1, 0}, {0, 1}, {1, 1, 1, 0}} {
		assert.Equal(t, want, values[i].Data(), i)
	}
}
