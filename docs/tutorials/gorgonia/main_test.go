package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The two ways give the same losses.
func Example() {
	if err := run(os.Stdout, 200); err != nil {
		fmt.Println(err)
	}
	// Output:
	// step  Trainer  Gorgonia
	//    0    3.267     3.267
	//   40    0.531     0.531
	//   80   -0.099    -0.099
	//  120   -0.203    -0.203
	//  160   -0.223    -0.223
}

// Step for step the losses are equal but for the order of sums in Gorgonia's
// own operations, and training works.
func TestEqualLosses(t *testing.T) {
	const steps = 60
	ours, err := byTrainer(steps)
	require.NoError(t, err)
	theirs, err := byGorgonia(steps)
	require.NoError(t, err)
	require.Len(t, ours, steps)
	same := 0
	for s := range ours {
		assert.InDelta(t, theirs[s], ours[s], 1e-9, "step %d", s)
		if theirs[s] == ours[s] {
			same++
		}
	}
	t.Logf("%d of %d losses are equal to the bit", same, steps)
	assert.Less(t, ours[steps-1], ours[0]/2)
}
