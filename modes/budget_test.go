package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBudgetForTheLargestGraphs(t *testing.T) {
	graphs := []*Host{path(2, 1), weighted(path(5, 1)), {}, path(3, 1)}
	b := need[Budget](t)(BudgetFor(graphs, 2))
	assert.Equal(t, Budget{Graphs: 2, Nodes: 8, NodesPerGraph: 5, Edges: 12, Weighted: true}, b)
	b = need[Budget](t)(BudgetFor(graphs, 10))
	assert.Equal(t, Budget{Graphs: 10, Nodes: 10, NodesPerGraph: 5, Edges: 14, Weighted: true}, b)

	s := &Host{Nodes: 2, SparseX: sparseOf([]float64{1, 2, 0, 3}, 2, 2)}
	b = need[Budget](t)(BudgetFor([]*Host{s, {Nodes: 1, SparseX: sparseOf([]float64{0, 1}, 1, 2)}}, 2))
	assert.Equal(t, Budget{Graphs: 2, Nodes: 3, NodesPerGraph: 2, Stored: 4}, b)

	_, err := BudgetFor(graphs, 0)
	assert.EqualError(t, err, "modes: size = 0, want at least 1 graph a batch")
	_, err = BudgetFor(nil, 1)
	assert.EqualError(t, err, "modes: no graphs, want at least 1")
}
