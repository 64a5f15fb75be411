package shard_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

func ExampleWrite() {
	parent, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(parent) }()

	g, err := graphfile.ReadEdgeList(strings.NewReader("0 1\n1 2\n"), "a path")
	if err != nil {
		log.Fatal(err)
	}
	g.Features = &graphfile.Features{Rows: 3, Cols: 1, Dense: []float32{1, 1, 1}}
	dir := filepath.Join(parent, "path")
	if err := shard.Write(context.Background(), dir, shard.FromGraph(g), shard.Options{Block: 2, Hops: 1}); err != nil {
		log.Fatal(err)
	}
	s, err := shard.Open(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for b := range s.Blocks() {
		lo, hi := s.Rows(b)
		x, err := s.Features(1, b, nil) // ÂX
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("rows", lo, "to", hi, x)
	}
	// Output:
	// rows 0 to 2 [0.9082483 1.1498299]
	// rows 2 to 3 [0.9082483]
}
