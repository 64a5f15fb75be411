package state

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// Features of ones have one digest, with the values and without, and not that of
// other values.
func TestDigestOfOnes(t *testing.T) {
	of := func(values []float32) string {
		return Digest(&graphfile.Graph{
			Nodes: 2, RowPtr: []int32{0, 1, 2}, Col: []int32{1, 0},
			Features: &graphfile.Features{Rows: 2, Cols: 9, RowPtr: []int32{0, 1, 2}, Col: []int32{3, 5}, Values: values},
		})
	}
	assert.Equal(t, of([]float32{1, 1}), of(nil))
	assert.NotEqual(t, of([]float32{1, 2}), of(nil))
}
