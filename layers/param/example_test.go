package param_test

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/graphpool/graphpool/layers/param"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Weights drawn for one graph, saved, and used in another.
func Example() {
	build := func(store *param.Store, rows int) *G.Node {
		g := G.NewGraph()
		sc := store.Scope(g, true).Sub("dense")
		x := G.NewMatrix(g, tensor.Float32, G.WithName("x"), G.WithShape(rows, 3))
		w, err := sc.Param("kernel", param.GlorotUniform{}, param.Spec{Regularizer: param.L2{Factor: 0.01}}, 3, 2)
		if err != nil {
			log.Fatal(err)
		}
		return G.Must(G.Mul(x, w))
	}
	store, err := param.NewStore(tensor.Float32, 42)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(build(store, 10).Shape())

	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "weights.safetensors")
	if err := store.Save(file, json.RawMessage(`{"units":2}`)); err != nil {
		log.Fatal(err)
	}
	again, info, err := param.Open(file)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(info.Config), info.Tensors)
	fmt.Println(build(again, 1000).Shape())
	// Output:
	// (10, 2)
	// {"units":2} [{dense/kernel [3 2]}]
	// (1000, 2)
}

func ExampleSpec() {
	spec := param.Spec{Init: param.HeNormal{}, Constraint: param.MaxNorm{Max: 3, Axis: 1}}
	data, err := json.Marshal(spec)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(data))
	var back param.Spec
	if err := json.Unmarshal(data, &back); err != nil {
		log.Fatal(err)
	}
	fmt.Println(back == spec)
	// Output:
	// {"initializer":{"class":"he_normal"},"constraint":{"class":"max_norm","max_value":3,"axis":1}}
	// true
}
