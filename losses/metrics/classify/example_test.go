package classify_test

import (
	"fmt"

	"github.com/graphpool/graphpool/losses/metrics/classify"
)

// Four rows, of which one of class 1 is taken for class 0, and one without a
// label.
func ExampleNewConfusion() {
	c, err := classify.NewConfusion([]int{0, 0, 1, 0, 1}, []int{0, 0, 1, 1, -1}, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c)
	fmt.Printf("accuracy %.2f, balanced %.2f, macro F1 %.3f\n", c.Accuracy(), c.BalancedAccuracy(), c.MacroF1())
	// Output:
	// [[2 0] [1 1]]
	// accuracy 0.75, balanced 0.75, macro F1 0.733
}

// Of the four pairs of a 1 and a 0 three are in order.
func ExampleAUC() {
	fmt.Println(classify.AUC([]float64{.1, .4, .35, .8}, []int{0, 0, 1, 1}))
	// Output: 0.75 <nil>
}
