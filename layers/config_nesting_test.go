package layers_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graphpool/graphpool/layers"
)

func nested(depth int) []byte {
	return []byte(strings.Repeat(`{"class":"stack","layers":[`, depth) + strings.Repeat(`]}`, depth))
}

func TestLayersNestAHundredDeep(t *testing.T) {
	_, err := layers.Unmarshal(nested(100))
	assert.NoError(t, err)
	for _, depth := range []int{102, 100_000} {
		_, err := layers.Unmarshal(nested(depth))
		assert.EqualError(t, err, "layers: configuration: layers nest too deep, want at most 100 in each other")
		_, err = layers.UnmarshalModel([]byte("[" + string(nested(depth)) + "]"))
		assert.ErrorContains(t, err, "nest too deep")
	}
	_, err = layers.Unmarshal([]byte(`{"class":"` + strings.Repeat(`[\"`, 300) + `"}`))
	assert.ErrorContains(t, err, "unknown class", "brackets in a text do not nest")
}
