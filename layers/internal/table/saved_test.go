package table_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

func TestSaveAndLoad(t *testing.T) {
	model := []layers.Layer{layers.NewGCNConv(4), layers.NewTopKPool(0.5), layers.NewSAGEConv(3), layers.NewMinCutPool(2), layers.NewGlobalSumPool()}
	lay := tableLayoutOf("disjoint")
	build := func(store *param.Store, ls []layers.Layer, graphs []*modes.Host) *tableRun {
		r, err := tableEvaluate(layers.NewStack(ls...), store, lay, graphs, false)
		require.NoError(t, err)
		return r
	}
	store, err := param.NewStore(tensor.Float32, 1)
	require.NoError(t, err)
	build(store, model, tableHosts()[:1])
	file := filepath.Join(t.TempDir(), "model.safetensors")
	require.NoError(t, layers.Save(file, store, model...))
	loaded, ls, err := layers.Load(file)
	require.NoError(t, err)
	assert.Equal(t, model, ls)
	assert.Equal(t, build(store, model, tableHosts()).raw(), build(loaded, ls, tableHosts()).raw())

	// The weights fit no other model.
	_, err = tableBuild(layers.NewStack(ls[:1]...), loaded, lay, tableHosts(), false)
	require.NoError(t, err)
	other := append([]layers.Layer{layers.NewGCNConv(4), layers.NewDense(4)}, model[1:]...)
	_, err = tableBuild(layers.NewStack(other...), loaded, lay, tableHosts(), false)
	assert.ErrorContains(t, err, "stack/dense/kernel: not among the")
	_, err = tableBuild(layers.NewStack(layers.NewGCNConv(5)), loaded, lay, tableHosts(), false)
	assert.ErrorContains(t, err, "stack/gcnconv/kernel: shape (3, 4) is stored, (3, 5) wanted")
}

func TestStack(t *testing.T) {
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	_, err = tableBuild(layers.NewStack(nil), store, tableLayoutOf("single"), tableHosts(), false)
	assert.EqualError(t, err, "layers: stack: Layers[0] is nil")
	r, err := tableEvaluate(layers.NewStack(), store, tableLayoutOf("single"), tableHosts(), false)
	require.NoError(t, err)
	assert.Equal(t, r.in, r.out.Graph)
	r, err = tableEvaluate(layers.NewStack(layers.NewMinCutPool(2), layers.NewDense(3)), store, tableLayoutOf("single"), tableHosts(), false)
	require.NoError(t, err)
	assert.Len(t, r.out.Losses, 2)
	assert.Equal(t, 3, r.out.X.Width())
}

// FuzzUnmarshal reads configurations of any origin: no panic, and what is read
// is written and read again as the same.
func FuzzUnmarshal(f *testing.F) {
	for _, row := range table() {
		data, err := layers.Marshal(row.layers[len(row.layers)-1])
		require.NoError(f, err)
		f.Add(string(data))
	}
	f.Add(`{"class":"stack","layers":[null]}`)
	f.Add(`{"class":"dense","kernel":{"initializer":{"class":"constant","value":1e400}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		l, err := layers.Unmarshal([]byte(text))
		if err != nil {
			assert.Nil(t, l)
			return
		}
		data, err := layers.Marshal(l)
		require.NoError(t, err)
		back, err := layers.Unmarshal(data)
		require.NoError(t, err)
		assert.Equal(t, l, back)
	})
}
