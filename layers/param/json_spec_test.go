package param

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSpecJSON(t *testing.T) {
	for text, spec := range map[string]Spec{
		`{}`:              {},
		`{"frozen":true}`: {Frozen: true},
		`{"initializer":{"class":"he_normal"},"regularizer":{"class":"l2","l2":0.5},"constraint":{"class":"non_neg"}}`: {
			Init: HeNormal{}, Regularizer: L2{0.5}, Constraint: NonNeg{},
		},
	} {
		data, err := json.Marshal(spec)
		require.NoError(t, err)
		assert.Equal(t, text, string(data))
		got := Spec{Constraint: UnitNorm{}}
		require.NoError(t, json.Unmarshal(data, &got))
		assert.Equal(t, spec, got)
	}
	var s Spec
	require.NoError(t, json.Unmarshal([]byte(`{"initializer":"ones","regularizer":null}`), &s))
	assert.Equal(t, Spec{Init: Ones{}}, s)
}

type ownInit struct{ X int }

func (ownInit) Draw(*rand.Rand, []int) ([]float64, error) { return nil, nil }

func TestSpecJSONErrors(t *testing.T) {
	var s Spec
	for text, want := range map[string]string{
		`{"init":"ones"}`:        `unknown field "init"`,
		`{"initializer":"one"}`:  `unknown initializer "one"`,
		`{"regularizer":"ones"}`: `unknown penalty "ones"`,
		`{"constraint":"ones"}`:  `unknown constraint "ones"`,
	} {
		assert.ErrorContains(t, json.Unmarshal([]byte(text), &s), want)
	}
	assert.Equal(t, Spec{}, s, "an error leaves the spec as it was")
	_, err := json.Marshal(Spec{Init: ownInit{}})
	assert.ErrorContains(t, err, "param.ownInit has no JSON form")
}
