package main

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// blockValues is what a block gave: numbers whose sum depends on the order of
// adding.
func blockValues(b int) []float64 {
	r := rand.New(rand.NewPCG(3, uint64(b)))
	return []float64{r.NormFloat64() * 1e8, r.NormFloat64()}
}

// summed is the sum of n blocks that come in an order and in groups by chance.
func summed(t *testing.T, n int, seed uint64) []float64 {
	t.Helper()
	r := rand.New(rand.NewPCG(4, seed))
	groups := make([]Parts, 1+r.IntN(5))
	for _, b := range r.Perm(n) {
		require.NoError(t, groups[r.IntN(len(groups))].take(b, blockValues(b)))
	}
	total := (&Total{}).CreateAccumulator()
	for _, g := range groups {
		sent, err := decode(encode(g))
		require.NoError(t, err)
		total, err = (&Total{}).MergeAccumulators(total, sent)
		require.NoError(t, err)
	}
	sum, err := total.total(n)
	require.NoError(t, err)
	return sum
}

// Neither the partitions nor what comes first change a bit.
func TestSumsDoNotDependOnTheOrder(t *testing.T) {
	for _, n := range []int{1, 2, 7, 64, 100} {
		plain := make([]float64, 2)
		for b := range n {
			for i, v := range blockValues(b) {
				plain[i] += v
			}
		}
		first := summed(t, n, 0)
		assert.InDeltaSlice(t, plain, first, 1e-6, "%d blocks", n)
		for seed := range uint64(20) {
			assert.Equal(t, first, summed(t, n, seed+1), "%d blocks", n)
		}
	}
}

func TestRunsOfBlocksAreJoined(t *testing.T) {
	var p Parts
	for b := 3; b < 1000; b++ {
		require.NoError(t, p.take(b, []float64{1}))
	}
	assert.LessOrEqual(t, len(p.Runs), 20)
}

func TestSumsRefuse(t *testing.T) {
	var p Parts
	require.NoError(t, p.take(0, []float64{1}))
	require.NoError(t, p.take(1, []float64{2}))
	assert.EqualError(t, p.take(1, []float64{2}), "the blocks 1 to 1 came twice")
	assert.EqualError(t, p.take(0, []float64{2}), "the blocks 0 to 0 came twice")
	_, err := p.total(3)
	assert.EqualError(t, err, "the pass gave the sums of the blocks before 2, want those of 3")
	require.NoError(t, p.take(2, []float64{1}))
	assert.EqualError(t, p.take(3, []float64{1, 2}), "sums of 1 and of 2 numbers, want as many")
	for _, cut := range []int{1, 23, 30} {
		_, err := decode(encode(Parts{[]Run{{0, 1, []float64{1}}}})[:cut])
		assert.Error(t, err)
	}
}
