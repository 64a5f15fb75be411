package metrics_test

import (
	"fmt"

	"github.com/graphpool/graphpool/losses/metrics"
)

// Two triangles joined by one edge, split at it; node 5 has no label.
func ExampleEvaluate() {
	g := metrics.Graph{
		RowPtr: []int32{0, 2, 4, 7, 10, 12, 14},
		Col:    []int32{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4},
	}
	clusters := []int{0, 0, 0, 1, 1, 1}
	labels := []int{8, 8, 8, 3, 3, metrics.Unassigned}
	r, err := metrics.Evaluate(g, clusters, labels)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("modularity %.6f, cut %.6f, NMI %.0f\n", r.Modularity, r.Conductance, r.NMI)
	// Output: modularity 0.357143, cut 0.142857, NMI 1
}
