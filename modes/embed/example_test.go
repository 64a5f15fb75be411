package embed_test

import (
	"fmt"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
)

// Two triangles joined by one edge, without features: nodes of one triangle lie
// closer to each other than to those of the other.
func Example() {
	row := []int{0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5}
	col := []int{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4}
	h, _ := modes.FromCOO(6, row, col, nil)
	z, chosen, _ := embed.Nodes(h, embed.Defaults())
	cosine := func(i, j int) (s float32) {
		for p := range z.Cols {
			s += z.Dense[i*z.Cols+p] * z.Dense[j*z.Cols+p]
		}
		return s
	}
	fmt.Println(chosen.Kind, chosen.Hops)
	fmt.Println(cosine(0, 1) > .9, cosine(0, 4) < .5)
	// Output:
	// adjacency 6
	// true true
}
