package stream_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/shard"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Two triangles that an edge joins, from a store of three blocks.
func ExampleNewTrainer() {
	dir, err := os.MkdirTemp("", "example")
	check(err)
	defer func() { _ = os.RemoveAll(dir) }()
	h, err := modes.FromCOO(6,
		[]int{0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5},
		[]int{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4}, nil)
	check(err)
	h.X = tensor.New(tensor.WithShape(6, 2), tensor.WithBacking([]float32{1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1}))
	source, err := shard.FromHost(h)
	check(err)
	check(shard.Write(context.Background(), filepath.Join(dir, "store"), source, shard.Options{Block: 2, Hops: 1}))
	store, err := shard.Open(filepath.Join(dir, "store"))
	check(err)
	defer func() { _ = store.Close() }()

	weights, err := param.NewStore(tensor.Float32, 1)
	check(err)
	model := []layers.Layer{layers.NewGCNConv(4), layers.NewDMoNPool(2)}
	t, err := stream.NewTrainer(weights, model, store, train.NewAdam(.1), stream.Options{})
	check(err)
	defer func() { _ = t.Close() }()
	for range 100 {
		_, err := t.Step()
		check(err)
	}
	s, err := t.Shares()
	check(err)
	for i := range 6 {
		fmt.Print(s.F32[2*i] > .5, " ")
	}
	// Output: false false false true true true
}
