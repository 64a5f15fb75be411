package sbm_test

import (
	"fmt"

	"github.com/graphpool/graphpool/modes/sbm"
)

func ExampleGenerate() {
	c := sbm.NewConfig()
	c.Nodes, c.Clusters, c.FeatureDim = 200, 2, 3
	g, err := sbm.Generate(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(g.Nodes, "nodes,", g.Features.Cols, "features, first label", g.Labels[0], "and last", g.Labels[199])
	// Output: 200 nodes, 3 features, first label 0 and last 1
}
