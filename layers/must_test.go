package layers_test

import (
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers/internal/source"
)

// The panic of must never leaves the package: no exported function names must,
// or what calls it, but in a formula that build runs.
func TestMustStaysInsideOfBuild(t *testing.T) {
	p, err := source.Read(".")
	require.NoError(t, err)
	raising := p.Raising()
	assert.Contains(t, raising, "weightedSum", "the test reads the formulas")
	for _, name := range raising {
		assert.False(t, token.IsExported(strings.TrimPrefix(name, ".")), "%s calls must, or what calls it, outside of build", name)
	}
}
