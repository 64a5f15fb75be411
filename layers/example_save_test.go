package layers_test

import (
	"fmt"
	"os"
	"path/filepath"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Two convolutions that score nodes for a pooling layer.
func ExampleStack() {
	sc, in := path(1, 2, 3, 4)
	hidden, score := layers.NewGraphConv(2), layers.NewGraphConv(1)
	for _, conv := range []*layers.GraphConv{hidden, score} {
		conv.Kernel.Init, conv.Root.Init = param.Ones{}, param.Ones{}
	}
	pool := layers.NewSAGPool(0.5)
	pool.GNN = layers.NewStack(hidden, score)
	out, err := pool.Apply(sc, in)
	check(err)
	show(out.Selection.Score)
	// Output: [18.000 36.000 44.000 32.000]
}

func ExampleMarshal() {
	pool := layers.NewTopKPool(0.5)
	pool.Kernel = param.Spec{Init: param.HeNormal{}, Constraint: param.UnitNorm{}}
	config, err := layers.Marshal(pool)
	check(err)
	fmt.Println(string(config))
	// Output: {"class":"topkpool","ratio":0.5,"k":0,"min_score":null,"multiplier":1,"gate":"tanh","descending":false,"rank_gated":false,"nearest":false,"inverse_lift":false,"kernel":{"initializer":{"class":"he_normal"},"constraint":{"class":"unit_norm","axis":0}},"bias":{},"no_bias":false,"activity":null}
}

// What the configuration leaves out has the constructor's defaults.
func ExampleUnmarshal() {
	pool, err := layers.Unmarshal([]byte(`{"class": "dmon_pool", "k": 16, "coarse": "raw"}`))
	check(err)
	p := pool.(*layers.DMoNPool)
	fmt.Println(p.K, p.Coarse, p.Activation, p.ClusterWeight)
	// Output: 16 unnormalized selu 1
}

// A model and its weights in one file, applied to a graph of another size.
func ExampleSave() {
	model := []layers.Layer{layers.NewGCNConv(3), layers.NewMinCutPool(2), layers.NewGlobalSumPool()}
	sc, in := path(1, 2, 3, 4)
	_, err := layers.Sequence(sc, in, model...)
	check(err)
	dir, err := os.MkdirTemp("", "")
	check(err)
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "model.safetensors")
	check(layers.Save(file, sc.Store(), model...))

	store, loaded, err := layers.Load(file)
	check(err)
	ring := chain(100, true)
	ring.X = tensor.New(tensor.WithShape(100, 1), tensor.Of(tensor.Float64))
	g := G.NewGraph()
	in, err = modes.NewSingle(g, "ring", ring, tensor.Float64)
	check(err)
	out, err := layers.Sequence(store.Scope(g, false), in, loaded...)
	check(err)
	fmt.Println(len(loaded), out.X.Dense.Shape())
	// Output: 3 (1, 3)
}
