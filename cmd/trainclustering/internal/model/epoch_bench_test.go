package model

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/sbm"
)

// BenchmarkEpoch is one epoch of training, at the sizes of graphs that others
// publish figures for: nodes, edges, features, stored share of the features,
// clusters. With GRAPHPOOL_BENCH naming a graph file it is that graph's.
func BenchmarkEpoch(b *testing.B) {
	for _, method := range []string{"dmon", "mincut"} {
		for _, s := range []struct {
			name                 string
			nodes, degree, width int
			density              float64
			k                    int
		}{
			{"cora", 2708, 4, 1433, .0127, 16},
			{"pubmed", 19717, 4, 500, .1, 16},
			{"computers", 13752, 36, 767, .35, 16},
			{"arxiv", 169343, 14, 128, 1, 40},
		} {
			b.Run(fmt.Sprintf("%s/%s", method, s.name), func(b *testing.B) {
				g, err := benchGraph(s.nodes, s.degree, s.width, s.density)
				if err != nil {
					b.Fatal(err)
				}
				benchEpoch(b, g, method, s.k)
			})
		}
		if path := os.Getenv("GRAPHPOOL_BENCH"); path != "" {
			b.Run(method+"/file", func(b *testing.B) {
				g, err := graphfile.Read(path)
				if err != nil {
					b.Fatal(err)
				}
				benchEpoch(b, g, method, 16)
			})
		}
	}
}

func benchEpoch(b *testing.B, g *graphfile.Graph, method string, k int) {
	host, err := g.Host()
	if err != nil {
		b.Fatal(err)
	}
	row, err := Lookup(method)
	if err != nil {
		b.Fatal(err)
	}
	cfg := Default()
	cfg.Method, cfg.LossWeights, cfg.K, cfg.Epochs, cfg.Anneal = method, row.Losses, k, 1<<20, AnnealNone
	m, err := newModel(host, cfg)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := m.step(1); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for epoch := 2; b.Loop(); epoch++ {
		if _, err := m.step(epoch); err != nil {
			b.Fatal(err)
		}
	}
}

// benchGraph is a block model with random features, of which a share is stored.
func benchGraph(nodes, degree, width int, density float64) (*graphfile.Graph, error) {
	c := sbm.NewConfig()
	c.Nodes, c.AvgDegree, c.OutDegree, c.FeatureDim = nodes, float64(degree), 1, 0
	g, err := sbm.Generate(c)
	if err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	f := &graphfile.Features{Rows: nodes, Cols: width, RowPtr: make([]int32, nodes+1)}
	for i := range nodes {
		for j := range width {
			switch {
			case density >= .3 && rng.Float64() < density:
				f.Dense = append(f.Dense, float32(rng.NormFloat64()))
			case density >= .3:
				f.Dense = append(f.Dense, 0)
			case rng.Float64() < density:
				f.Col, f.Values = append(f.Col, int32(j)), append(f.Values, 1)
			}
		}
		f.RowPtr[i+1] = int32(len(f.Col))
	}
	if f.Dense != nil {
		f.RowPtr = nil
	}
	g.Features = f
	return g, nil
}
