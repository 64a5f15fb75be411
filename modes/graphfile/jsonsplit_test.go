package graphfile

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSplitObjectAgreesWithPackageJSON(t *testing.T) {
	value := rapid.OneOf(rapid.Just[any](nil), rapid.Map(rapid.Bool(), toAny[bool]), rapid.Map(rapid.String(), toAny[string]),
		rapid.Map(rapid.Float64(), toAny[float64]), rapid.Map(rapid.SliceOf(rapid.String()), toAny[[]string]),
		rapid.Map(rapid.MapOf(rapid.String(), rapid.SliceOf(rapid.Int())), toAny[map[string][]int]))
	rapid.Check(t, func(t *rapid.T) {
		object := rapid.MapOf(rapid.String(), value).Draw(t, "object")
		raw, err := json.Marshal(object)
		require.NoError(t, err)
		if rapid.Bool().Draw(t, "indented") {
			raw, err = json.MarshalIndent(object, "", "\t")
			require.NoError(t, err)
		}
		want := make(map[string]json.RawMessage)
		require.NoError(t, json.Unmarshal(raw, &want))
		got := make(map[string]json.RawMessage)
		for _, p := range splitObject(nil, raw) {
			got[p.key] = p.value
		}
		require.Equal(t, want, got)
	})
}

func toAny[T any](v T) any { return v }
