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

// A ring of four triangles: its clusters in pairs.
func ExampleTask_Levels() {
	var row, col []int
	for c := range 4 {
		for _, e := range [][2]int{{0, 1}, {1, 2}, {2, 0}, {0, 4}} {
			i, j := 3*c+e[0], (3*c+e[1])%12
			row, col = append(row, i, j), append(col, j, i)
		}
	}
	h, err := modes.FromCOO(12, row, col, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := cluster.Run(context.Background(), h, cluster.Defaults(4))
	if err != nil {
		fmt.Println(err)
		return
	}
	levels, err := r.Levels(context.Background(), r.Kept().Final, []int{2}, cluster.Defaults(4))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3f\n", levels[0].Modularity)
	// Output: 0.375
}
