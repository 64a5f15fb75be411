package layers_test

import (
	"math/rand/v2"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// ringsAndTrees is count graphs of 6 to 15 nodes, in turn of two classes: a
// random tree, and a ring of more than half of the nodes with the others hung
// on at random. The ring has one edge more. Nodes come in random order, and
// all have the same feature.
func ringsAndTrees(seed uint64, count int) (out classified, err error) {
	rng := rand.New(rand.NewPCG(seed, 5))
	for g := range count {
		n, class := 6+rng.IntN(10), g%2
		var pairs [][2]int
		ring := 1
		if class == 1 {
			ring = n/2 + 1
			for i := range ring {
				pairs = append(pairs, [2]int{i, (i + 1) % ring})
			}
		}
		for i := ring; i < n; i++ {
			pairs = append(pairs, [2]int{i, rng.IntN(i)})
		}
		h, err := undirectedHost(n, rng.Perm(n), pairs)
		if err != nil {
			return out, err
		}
		out.graphs, out.labels = append(out.graphs, h), append(out.labels, class)
	}
	return out, nil
}

// undirectedHost is a graph of n nodes, named anew, with a feature of 1 each.
func undirectedHost(n int, name []int, pairs [][2]int) (*modes.Host, error) {
	var row, col []int
	for _, p := range pairs {
		i, j := name[p[0]], name[p[1]]
		row, col = append(row, i, j), append(col, j, i)
	}
	p, _, err := ops.PatternFromCOO(n, n, row, col)
	if err != nil {
		return nil, err
	}
	ones := make([]float32, n)
	for i := range ones {
		ones[i] = 1
	}
	return &modes.Host{Nodes: n, Pattern: p, X: tensor.New(tensor.WithShape(n, 1), tensor.WithBacking(ones))}, nil
}
