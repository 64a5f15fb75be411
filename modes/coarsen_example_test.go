package modes_test

import (
	"fmt"
	"log"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// Pairs of a line become one node, twice. Poolers of package layers take the
// place of the function.
func ExampleCoarsen() {
	pairs := modes.CoarsenFunc(func(h *modes.Host) (modes.Coarsening, error) {
		c := modes.Coarsening{Coarse: line((h.Nodes + 1) / 2)}
		for i := range h.Nodes {
			c.Cluster = append(c.Cluster, i/2)
		}
		return c, nil
	})
	graphs, err := modes.Coarsen([]*modes.Host{line(4), line(3)}, pairs, pairs)
	if err != nil {
		log.Fatal(err)
	}
	in, err := modes.NewDisjoint(G.NewGraph(), "graphs", graphs, tensor.Float64, modes.Budget{})
	if err != nil {
		log.Fatal(err)
	}
	for _, level := range in.Levels {
		fmt.Println(level.Cluster.Value(), level.Graph.IDs.Value())
	}
	// Output:
	// [0  0  1  1  2  2  3] [0  0  1  1]
	// [0  0  1  1] [0  1]
}
