package cluster

import (
	"context"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/kmeans"
)

// learnRows is Learn on a graph that is read block by block: some rows of its
// features, as the encoder reads them, and their clusters by k-means. Those of
// the most hops are clustered.
func (tr *Training) learnRows(ctx context.Context, s Streamed, each func(step int, loss float64) error) error {
	of, err := layers.HopsOf(tr.model.layers...)
	if err != nil {
		return err
	}
	hops := make([]int, len(of))
	for i, h := range of {
		hops[i] = s.Hops + h
	}
	rows, err := s.draw(ctx, hops, tr.o.Seed)
	if err != nil {
		return err
	}
	width := s.Source.Meta().Features
	n := len(rows[0]) / width
	far := slices.Index(hops, slices.Max(hops))
	clusters, err := kmeans.Cluster(rows[far], n, width, kmeans.Options{K: tr.o.K, Seed: tr.o.Seed})
	if err != nil {
		return err
	}
	sc := tr.model.store.Scope(G.NewGraph(), true)
	in := make([]modes.Graph, len(rows))
	for i, x := range rows {
		h := &modes.Host{Nodes: n, X: tensor.New(tensor.WithShape(n, width), tensor.WithBacking(x))}
		if in[i], err = modes.NewSingle(sc.Graph(), fmt.Sprintf("hop %d", hops[i]), h, sc.Dtype()); err != nil {
			return err
		}
	}
	sel, err := layers.ApplyRows(sc, in, tr.model.layers...)
	if err != nil {
		return err
	}
	return tr.model.learn(sc, sel.Logits, clusters.Labels, tr.o.StartSteps, tr.o.startRate(), each)
}

// draw is the features over each of these hops of StartRows nodes, drawn without
// repetition, or of all where there are no more.
func (s Streamed) draw(ctx context.Context, hops []int, seed uint64) ([][]float32, error) {
	n, width := s.Source.Meta().Nodes, s.Source.Meta().Features
	out := make([][]float32, len(hops))
	for i := range out {
		out[i] = make([]float32, 0, min(n, StartRows)*int64(width))
	}
	drawn := drawing(n, seed)
	var x []float32
	for b := range s.Source.Blocks() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		lo, hi := s.Source.Rows(b)
		var some []int // of the rows of the block
		for i := range int(hi - lo) {
			if drawn() {
				some = append(some, i)
			}
		}
		for i, hop := range hops {
			if len(some) == 0 {
				continue
			}
			var err error
			if x, err = s.Source.Features(hop, b, x); err != nil {
				return nil, err
			}
			if len(x) != int(hi-lo)*width {
				return nil, fmt.Errorf("cluster: block %d has %d numbers of features, want %d×%d", b, len(x), hi-lo, width)
			}
			for _, row := range some {
				out[i] = append(out[i], x[row*width:(row+1)*width]...)
			}
		}
	}
	return out, nil
}
