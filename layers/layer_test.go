package layers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/layers"
)

func TestSequenceRefusesANilLayer(t *testing.T) {
	sc, in := path(1, 2, 3, 4)
	_, err := layers.Sequence(sc, in, layers.NewGCNConv(2), nil)
	assert.EqualError(t, err, "layers: layer 1 of the sequence is nil")
}
