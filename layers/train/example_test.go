package train_test

import (
	"fmt"
	"log"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
)

// A line through three points, by least squares.
func Example() {
	store, err := param.NewStore(tensor.Float64, 1)
	if err != nil {
		log.Fatal(err)
	}
	g := G.NewGraph()
	sc := store.Scope(g, true)
	x := G.NewMatrix(g, tensor.Float64, G.WithName("x"), G.WithShape(3, 1),
		G.WithValue(tensor.New(tensor.WithShape(3, 1), tensor.WithBacking([]float64{0, 1, 2}))))
	y := G.NewMatrix(g, tensor.Float64, G.WithName("y"), G.WithShape(3, 1),
		G.WithValue(tensor.New(tensor.WithShape(3, 1), tensor.WithBacking([]float64{1, 3, 5}))))
	kernel, err := sc.Param("kernel", param.GlorotUniform{}, param.Spec{}, 1, 1)
	if err != nil {
		log.Fatal(err)
	}
	bias, err := sc.Param("bias", param.Zeros{}, param.Spec{}, 1)
	if err != nil {
		log.Fatal(err)
	}
	line := G.Must(G.BroadcastAdd(G.Must(G.Mul(x, kernel)), bias, nil, []byte{0}))
	loss := G.Must(G.Mean(G.Must(G.Square(G.Must(G.Sub(line, y))))))

	t, err := train.New(sc, loss, train.NewAdam(0.1), train.Options{
		Rate: train.Linear{From: 0.1, To: 0.001, Start: 200, End: 400},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer t.Close()
	for range 400 {
		if _, err := t.Step(); err != nil {
			log.Fatal(err)
		}
	}
	for p := range store.All() {
		fmt.Printf("%s %.2f\n", p.Path, p.Tensor.Data().([]float64)[0])
	}
	// Output:
	// kernel 2.00
	// bias 1.00
}
