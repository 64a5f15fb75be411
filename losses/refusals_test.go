package losses_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// twoGraphs is two graphs in disjoint mode.
func twoGraphs(t *testing.T) input {
	in, err := layout{mode: modes.Disjoint}.lay(G.NewGraph(), tensor.Float64, 2, someSignals(2)[:2])
	require.NoError(t, err)
	return in
}

func TestRefusals(t *testing.T) {
	for _, l := range table() {
		for what, c := range map[string]struct {
			change func(in *input)
			want   string
			needA  bool
		}{
			"nil":          {func(in *input) { in.s = nil }, "the assignment is nil, want a node", false},
			"a vector":     {func(in *input) { in.s = in.IDs }, "the assignment has shape (11), want one row a node and one column a cluster", false},
			"no graphs":    {func(in *input) { in.Graphs = 0 }, "there are 0 graphs, want at least 1", false},
			"no ids":       {func(in *input) { in.IDs = nil }, "2 graphs without ids, want the graph of each row", false},
			"no adjacency": {func(in *input) { in.A = nil }, "the graph has no adjacency, want A", true},
			"too few rows": {func(in *input) { in.s = floats(in.s.Graph(), tensor.Float64, "s4", []int{4, 2}, make([]float64, 8)) }, "the assignment has 4 rows and ", false},
		} {
			if c.needA && !l.needA {
				continue
			}
			t.Run(l.name()+"/"+what, func(t *testing.T) {
				in := twoGraphs(t)
				c.change(&in)
				n, err := l.build(in.s, in.Graph)
				assert.Nil(t, n)
				require.Error(t, err)
				assert.Contains(t, err.Error(), c.want)
				assert.Regexp(t, "^losses: "+l.loss+": [^:]*$", err.Error())
			})
		}
	}
}

func TestUnknownOptions(t *testing.T) {
	in := twoGraphs(t)
	_, err := losses.Modularity(in.s, in.Graph, 7)
	assert.EqualError(t, err, "losses: modularity: Normalizer = 7, want TwoM or TwiceStored")
	_, err = losses.Cluster(in.s, in.Graph, -1)
	assert.EqualError(t, err, "losses: cluster: Count = -1, want CountNodes or CountRows")
	_, err = losses.Entropy(in.s, in.Graph, 0, 2)
	assert.EqualError(t, err, "losses: entropy: Count = 2, want CountNodes or CountRows")
	_, err = losses.Entropy(in.s, in.Graph, -1, losses.CountNodes)
	assert.ErrorContains(t, err, "losses: entropy: ")
}
