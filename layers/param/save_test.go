package param

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/nlpodyssey/safetensors"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// saved is a store of two weights, in an order that is not that of names,
// with bit patterns that only an exact copy keeps.
func saved(t testing.TB, dt tensor.Dtype) *Store {
	t.Helper()
	s := newStore(t, dt, 1<<63+5)
	sc := s.Scope(G.NewGraph(), true)
	_, err := sc.Sub("z").Param("kernel", GlorotUniform{}, Spec{}, 3, 4)
	require.NoError(t, err)
	_, err = sc.Sub("a").Param("bias", Constant{math.Copysign(0, -1)}, Spec{}, 5)
	require.NoError(t, err)
	switch d := s.Get("a/bias").Tensor.Data().(type) {
	case []float64:
		d[1], d[2], d[3] = math.NaN(), math.Inf(-1), 5e-324
	case []float32:
		d[1], d[2], d[3] = float32(math.NaN()), float32(math.Inf(-1)), 1e-45
	}
	return s
}

func save(t testing.TB, s *Store, config string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "weights.safetensors")
	var c json.RawMessage
	if config != "" {
		c = json.RawMessage(config)
	}
	require.NoError(t, s.Save(file, c))
	return file
}

func TestSaveIsAFileOfSafetensors(t *testing.T) {
	s := saved(t, tensor.Float32)
	data, err := os.ReadFile(save(t, s, `{"k":16}`))
	require.NoError(t, err)
	st, err := safetensors.Deserialize(data)
	require.NoError(t, err)
	view, ok := st.Tensor("z/kernel")
	require.True(t, ok)
	assert.Equal(t, safetensors.F32, view.DType())
	assert.Equal(t, []uint64{3, 4}, view.Shape())
	assert.Equal(t, 2, st.Len())
}

func TestSaveTwiceWritesTheSameBytes(t *testing.T) {
	a, err := os.ReadFile(save(t, saved(t, tensor.Float64), `{"k":16}`))
	require.NoError(t, err)
	b, err := os.ReadFile(save(t, saved(t, tensor.Float64), `{"k":16}`))
	require.NoError(t, err)
	assert.Equal(t, a, b)
}

func TestSaveReplacesWholeOrNotAtAll(t *testing.T) {
	s := saved(t, tensor.Float32)
	file := save(t, s, "")
	before, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.ErrorContains(t, s.Save(file, json.RawMessage(`{`)), "config is not JSON")
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, before, after)

	require.NoError(t, s.Save(file, json.RawMessage(`[1]`)))
	entries, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "no temporary file is left")

	dir := filepath.Join(t.TempDir(), "taken")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "full"), 0o755))
	assert.Error(t, s.Save(dir, nil), "a directory that is not empty cannot be replaced")
	entries, err = os.ReadDir(filepath.Dir(dir))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "no temporary file is left after a failure")
	assert.ErrorContains(t, s.Save(filepath.Join(dir, "none", "w"), nil), "param: save ")
}
