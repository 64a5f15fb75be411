package edgelist

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRows(t *testing.T) {
	ptr, col := Rows(4, []Edge{New(2, 0), New(0, 1), New(3, 2)})
	assert.Equal(t, []int32{0, 2, 3, 5, 6}, ptr)
	assert.Equal(t, []int32{1, 2, 0, 0, 3, 2}, col)
	ptr, col = Rows(2, nil)
	assert.Equal(t, []int32{0, 0, 0}, ptr)
	assert.Empty(t, col)
}
