package cluster_test

import (
	"context"
	"fmt"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes"
)

// Two triangles joined by one edge.
func ExampleRun() {
	row := []int{0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5}
	col := []int{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4}
	h, err := modes.FromCOO(6, row, col, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := cluster.Run(context.Background(), h, cluster.Defaults(2))
	if err != nil {
		fmt.Println(err)
		return
	}
	c := r.Kept().Clusters
	fmt.Println(c[0] == c[1] && c[1] == c[2], c[3] == c[4] && c[4] == c[5], c[0] != c[3])
	// Output: true true true
}
