package layers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

func TestMarshal(t *testing.T) {
	l := layers.NewGCNConv(8)
	l.Activation = ops.SELU
	l.Kernel = param.Spec{Init: param.HeNormal{}, Regularizer: param.L2{Factor: 0.5}}
	data, err := layers.Marshal(l)
	require.NoError(t, err)
	assert.Equal(t, `{"class":"gcnconv","units":8,"activation":"selu",`+
		`"normalization":{"self_loops":true,"kind":"symmetric","eps":0},`+
		`"kernel":{"initializer":{"class":"he_normal"},"regularizer":{"class":"l2","l2":0.5}},`+
		`"bias":{},"no_bias":false,"activity":null}`, string(data))
}

func TestMarshalWhatHasNoJSON(t *testing.T) {
	type own struct{ layers.Dense }
	identity := func(y *G.Node) (*G.Node, error) { return y, nil }
	for want, l := range map[string]layers.Layer{
		"layers: a nil layer":                                   nil,
		"layers: a nil layer has":                               (*layers.Dense)(nil),
		"layers: *layers_test.own is":                           &own{},
		"layers: layers.precomputed is":                         layers.Precomputed(nil),
		"activation_func: a function":                           layertest.Literal(&layers.Dense{Trainable: layers.Trainable{ActivationFunc: identity}}),
		"dense: kernel: param: ":                                layertest.Literal(&layers.Dense{Trainable: layers.Trainable{Kernel: param.Spec{Init: ownInit{}}}}),
		"activity: param: layers_test.ownInit has no JSON form": layertest.Literal(&layers.Dense{Trainable: layers.Trainable{Activity: ownInit{}}}),
		`dense: activation: ops: activation = "gelu"`:           layertest.Literal(&layers.Dense{Activation: "gelu"}),
		"coarse: Coarse = 7, want Normalized":                   layertest.Literal(&layers.DMoNPool{Soft: layers.Soft{Clusters: layers.Clusters{Coarse: 7}}}),
		"layer 1: layers: a nil":                                layers.NewStack(layers.NewDense(1), nil),
		"gnn: layers: dense: activ":                             layertest.Literal(&layers.SAGPool{GNN: layertest.Literal(&layers.Dense{Activation: "gelu"})}),
	} {
		_, err := layers.Marshal(l)
		assert.ErrorContains(t, err, want)
	}
}

// ownInit is an initialiser and a regulariser that are not package param's.
type ownInit struct{ param.Zeros }

func (ownInit) Node(w *G.Node) (*G.Node, error) { return w, nil }

func TestUnmarshalDefaults(t *testing.T) {
	for text, want := range map[string]layers.Layer{
		`{"class":"mincut_pool","k":4}`:                       layers.NewMinCutPool(4),
		`{"class":"dmon_pool","k":4}`:                         layers.NewDMoNPool(4),
		`{"class":"topk_pool","ratio":0.5}`:                   layers.NewTopKPool(0.5),
		`{"class":"dense","units":2,"activation":"Linear"}`:   layers.NewDense(2),
		`{"class":"gin_conv","units":2,"hidden":[3]}`:         layers.NewGINConv(3, 2),
		`{"class":"stack","layers":[{"class":"batch_norm"}]}`: layers.NewStack(layers.NewBatchNorm()),
		`{"class":"sag_pool","gnn":null,"ratio":1}`:           layers.NewSAGPool(1),
		`{"class":"dense","kernel":{"initializer":"ones"}}`:   layertest.Literal(&layers.Dense{Trainable: layers.Trainable{Kernel: param.Spec{Init: param.Ones{}}}}),
		`{"class":"dense","activity":"l2"}`:                   layertest.Literal(&layers.Dense{Trainable: layers.Trainable{Activity: param.L2{Factor: 0.01}}}),
	} {
		l, err := layers.Unmarshal([]byte(text))
		require.NoError(t, err, text)
		assert.Equal(t, want, l, text)
	}
}

func TestUnmarshalErrors(t *testing.T) {
	for text, want := range map[string]string{
		``:                                      "layers: configuration: want an object with a class, got ",
		`null`:                                  "layers: configuration: want an object with a class, got null",
		`[1]`:                                   "layers: configuration: want an object with a class, got [1]",
		`{}`:                                    `layers: configuration: want "class" to be a name, got `,
		`{"class":1}`:                           `layers: configuration: want "class" to be a name, got 1`,
		`{"class":"none_pool"}`:                 `layers: configuration: unknown class "none_pool"`,
		`{"class":"dense","unit":1}`:            `layers: dense: unknown field "unit"`,
		`{"class":"dense","Units":1}`:           `layers: dense: unknown field "Units"`,
		`{"class":"dense","units":"x"}`:         "layers: dense: units: json: cannot unmarshal string",
		`{"class":"dense","units":1.5}`:         "layers: dense: units: json: cannot unmarshal number",
		`{"class":"dense","activation":"g"}`:    `layers: dense: activation: ops: activation = "g"`,
		`{"class":"dense","activation":1}`:      "layers: dense: activation: json",
		`{"class":"dense","activation_func":1}`: `layers: dense: unknown field "activation_func"`,
		`{"class":"dense","kernel":{"init":"ones"}}`:         `layers: dense: kernel: param: spec: json: unknown field "init"`,
		`{"class":"dense","activity":"l3"}`:                  `layers: dense: activity: param: unknown penalty "l3"`,
		`{"class":"gcn_conv","normalization":{"k":1}}`:       `layers: gcnconv: normalization: unknown field "k"`,
		`{"class":"gcn_conv","normalization":[]}`:            "layers: gcnconv: normalization: json",
		`{"class":"gcn_conv","normalization":{"kind":"so"}}`: `layers: gcnconv: normalization: kind: modes: normalization = "so"`,
		`{"class":"dmon_pool","normalizer":"m"}`:             `layers: dmonpool: normalizer: losses: Normalizer = "m"`,
		`{"class":"dmon_pool","coarse":"fine"}`:              `layers: dmonpool: coarse: Coarse = "fine", want normalized, zero_diagonal or unnormalized`,
		`{"class":"sag_pool","gnn":{"class":"x"}}`:           `layers: sagpool: gnn: layers: configuration: unknown class "x"`,
		`{"class":"stack","layers":[{}]}`:                    "layers: stack: layers: layer 0: layers: configuration",
		`{"class":"stack","layers":{}}`:                      "layers: stack: layers: layers: configuration: want an array of layers, got {}",
	} {
		_, err := layers.Unmarshal([]byte(text))
		assert.ErrorContains(t, err, want, text)
	}
	_, err := layers.UnmarshalModel([]byte("null"))
	assert.Error(t, err)
}

func TestSaveAndLoadErrors(t *testing.T) {
	store, err := param.NewStore(tensor.Float32, 1)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "model.safetensors")
	assert.ErrorContains(t, layers.Save(file, store, layers.Precomputed(nil)), "layer 0: layers: layers.precomputed is not a layer")
	assert.NoFileExists(t, file)
	_, _, err = layers.Load(file)
	assert.ErrorContains(t, err, "no such file")
	require.NoError(t, store.Save(file, nil))
	_, _, err = layers.Load(file)
	assert.ErrorContains(t, err, "no configuration of layers")
	require.NoError(t, store.Save(file, []byte(`[{"class":"x"}]`)))
	_, _, err = layers.Load(file)
	assert.ErrorContains(t, err, `unknown class "x"`)
}

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
