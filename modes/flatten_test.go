package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A flat adjacency is the same matrix, whatever it was.
func TestFlattenIsTheSameMatrix(t *testing.T) {
	for name, c := range adjacencies(t) {
		t.Run(name, func(t *testing.T) {
			flat := Graph{A: c.a}.flatten().A.(SparseAdj)
			require.Equal(t, len(c.rows), flat.Rows())
			assert.Zero(t, flat.Copies)
			assertMatrix(t, c.rows, flat)
		})
	}
}

func TestFlattenRefusesAGraphWithoutA(t *testing.T) {
	_, err := Graph{}.Flatten()
	assert.ErrorContains(t, err, "modes: flatten: ")
}
