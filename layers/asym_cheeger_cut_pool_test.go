package layers_test

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
)

// Four nodes become two clusters, judged by how sharply they differ across
// edges and by their sizes.
func ExampleAsymCheegerCutPool() {
	sc, in := path(1, 1, 4, 2)
	out, err := layers.NewAsymCheegerCutPool(2).Apply(sc, in)
	check(err)
	for _, l := range out.Losses {
		fmt.Println(l.Name, l.Weight)
	}
	// Output:
	// total_variation 1
	// asym_balance 1
}
