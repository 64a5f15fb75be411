package model

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	G "gorgonia.org/gorgonia"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/sbm"
)

// BenchmarkEpoch is one epoch of training, at the sizes of graphs that others
// publish figures for: nodes, edges, features, stored share of the features,
// whether these are ones, clusters. With GRAPHPOOL_BENCH naming a graph file it is that graph's.
func BenchmarkEpoch(b *testing.B) {
	for _, method := range []string{"dmon", "mincut"} {
		for _, s := range []struct {
			name                 string
			nodes, degree, width int
			density              float64
			ones                 bool
			k                    int
		}{
			{"cora", 2708, 4, 1433, .0127, true, 16},
			{"pubmed", 19717, 4, 500, .1, false, 16},
			{"computers", 13752, 36, 767, .35, true, 16},
			{"arxiv", 169343, 14, 128, 1, false, 40},
		} {
			b.Run(fmt.Sprintf("%s/%s", method, s.name), func(b *testing.B) {
				g, err := benchGraph(s.nodes, s.degree, s.width, s.density, s.ones)
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
	step, err := paperTraining(g, method, k)
	if err != nil {
		b.Fatal(err)
	}
	if err := step(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := step(); err != nil {
			b.Fatal(err)
		}
	}
}

// paperTraining is the training of a paper, an epoch at each call: forward with
// the pooled features and adjacency, losses, gradients, and a step of Adam.
func paperTraining(g *graphfile.Graph, method string, k int) (epoch func() error, err error) {
	host, err := g.Host()
	if err != nil {
		return nil, err
	}
	row, err := Lookup(method)
	if err != nil {
		return nil, err
	}
	cfg, err := FromPreset(PresetPaper)
	if err != nil {
		return nil, err
	}
	encoder, err := cfg.encoder()
	if err != nil {
		return nil, err
	}
	store, err := param.NewStore(tensor.Float32, 0)
	if err != nil {
		return nil, err
	}
	sc := store.Scope(G.NewGraph(), true)
	in, err := modes.NewSingle(sc.Graph(), "graph", host, tensor.Float32)
	if err != nil {
		return nil, err
	}
	out, err := layers.Sequence(sc, in, append(encoder(), row.Pooler(k, 0))...)
	if err != nil {
		return nil, err
	}
	total, err := losses.Total(out.Losses)
	if err != nil {
		return nil, err
	}
	outputs := []*G.Node{out.Selection.Assignment, out.X.Dense, out.A.(modes.DenseAdj).Node}
	t, err := train.New(sc, total, train.NewAdam(cfg.LR), train.Options{Outputs: outputs})
	return func() error {
		_, err := t.Step()
		return err
	}, err
}

// benchGraph is a block model with random features, of which a share is not 0
// and, where that is not all, is stored; ones tells whether these are all 1.
func benchGraph(nodes, degree, width int, density float64, ones bool) (*graphfile.Graph, error) {
	c := sbm.NewConfig()
	c.Nodes, c.AvgDegree, c.OutDegree, c.FeatureDim = nodes, float64(degree), 1, 0
	g, err := sbm.Generate(c)
	if err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	f := &graphfile.Features{Rows: nodes, Cols: width}
	g.Features = f
	if density == 1 {
		for range nodes * width {
			f.Dense = append(f.Dense, float32(rng.NormFloat64()))
		}
		return g, nil
	}
	f.RowPtr = make([]int32, nodes+1)
	for i := range nodes {
		for j := range width {
			if rng.Float64() >= density {
				continue
			}
			if f.Col = append(f.Col, int32(j)); !ones {
				f.Values = append(f.Values, float32(rng.NormFloat64()))
			}
		}
		f.RowPtr[i+1] = int32(len(f.Col))
	}
	return g, nil
}
