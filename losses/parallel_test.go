package losses_test

import (
	"fmt"
	"math"
	"testing"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// Entry 0–1 stands k times each way and 1–2 once: A_01 = k, and with
// S = {0, 0, 1} the loss is √(2(k−1)² + 5): one in each of the blocks (0, 0),
// (1, 1), (2, 2), and A_12 and A_21 outside of them.
func TestLinkPredictionOfParallelEdges(t *testing.T) {
	for k := 1; k <= 5; k++ {
		x := signal{graph{n: 3}, hard(2, 0, 0, 1)}
		for range k {
			x.row, x.col, x.w = append(x.row, 0, 1), append(x.col, 1, 0), append(x.w, 1, 1)
		}
		x.row, x.col, x.w = append(x.row, 1, 2), append(x.col, 2, 1), append(x.w, 1, 1)
		t.Run(fmt.Sprint(k, " times"), func(t *testing.T) {
			got := run(t, named(t, "link"), tensor.Float64, layout{mode: modes.Single}, 2, x)
			requireClose(t, math.Sqrt(float64(2*(k-1)*(k-1)+5)), got.value, 1e-14)
		})
	}
}
