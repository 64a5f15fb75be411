package host_test

import (
	"cmp"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/ops/host"
)

// Two components: a star of 1 with 0, 2, 4 and 4–5 behind it, and 3 alone. The
// neighbours of 1 come by their degrees, 4 after 0 and 2.
func TestBreadthFirst(t *testing.T) {
	rows := [][]int32{{1}, {4, 2, 0}, {1}, {}, {1, 5}, {4}}
	row := func(i int32) ([]int32, error) { return rows[i], nil }
	byDegree := func(i, j int32) int { return cmp.Or(cmp.Compare(len(rows[i]), len(rows[j])), cmp.Compare(i, j)) }
	order, err := host.BreadthFirst(6, []int32{3, 1, 0, 2, 4, 5}, row, byDegree)
	require.NoError(t, err)
	assert.Equal(t, []int32{3, 1, 0, 2, 4, 5}, order)
	order, err = host.BreadthFirst(6, []int32{5, 3}, row, byDegree)
	require.NoError(t, err)
	assert.Equal(t, []int32{5, 4, 1, 0, 2, 3}, order)
	_, err = host.BreadthFirst(6, []int32{0}, func(int32) ([]int32, error) { return nil, errors.New("no row") }, byDegree)
	assert.EqualError(t, err, "no row")
}
