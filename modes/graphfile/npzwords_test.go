package graphfile

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNPZKeepsWords(t *testing.T) {
	g := sample()
	g.LabelNames = []string{"a", "b c", "Zoë", "d", "e"}
	g.FeatureNames = []string{"age", "größe"}
	var out bytes.Buffer
	require.NoError(t, writeNPZ(&out, g))
	got, err := ReadNPZ(bytes.NewReader(out.Bytes()), int64(out.Len()), "g")
	require.NoError(t, err)
	assert.Equal(t, g.LabelNames, got.LabelNames)
	assert.Equal(t, g.FeatureNames, got.FeatureNames)

	few := path3().with(i8("labels", 0, 1, 2), raw{"class_names", "<U1", []int{2}, utf32(1, "a", "b")})
	assert.Nil(t, few.mustRead(t).LabelNames, "fewer words than labels")
	odd := path3().with(i8("labels", 0, 1, 2), i4("class_names", 1, 2, 3))
	assert.Nil(t, odd.mustRead(t).LabelNames, "numbers are no words")
}
