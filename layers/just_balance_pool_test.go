package layers_test

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
)

// Four nodes become two clusters, judged by their sizes alone.
func ExampleJustBalancePool() {
	sc, in := path(1, 1, 4, 2)
	out, err := layers.NewJustBalancePool(2).Apply(sc, in)
	check(err)
	fmt.Println(out.X.Dense.Shape(), out.Losses[0].Name, out.Losses[0].Weight)
	// Output: (2, 1) balance 1
}
