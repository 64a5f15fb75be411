package main

import (
	"context"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

const (
	paperEpochs = 1000
	paperRate   = 1e-3
)

// paper trains as the papers do: a graph convolution of 64 units with a skip
// connection on the features as they are, losses of weight 1.
func (s *subject) paper(ctx context.Context, method string, seed uint64) error {
	started := seconds()
	store, err := param.NewStore(tensor.Float32, seed)
	if err != nil {
		return err
	}
	sc := store.Scope(G.NewGraph(), true)
	in, err := modes.NewSingle(sc.Graph(), "graph", s.host, tensor.Float32)
	if err != nil {
		return err
	}
	out, err := layers.Sequence(sc, in, paperLayers(method, s.out.K)...)
	if err != nil {
		return err
	}
	loss, err := losses.Total(out.Losses)
	if err != nil {
		return err
	}
	share := out.Selection.Assignment
	t, err := train.New(sc, loss, train.NewAdam(paperRate), train.Options{Outputs: []*G.Node{share}})
	if err != nil {
		return err
	}
	defer func() { _ = t.Close() }() // nothing is lost with it
	for i := range paperEpochs + 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i == paperEpochs {
			if err := t.Fetch(share); err != nil {
				return err
			}
		}
		if _, err := t.Step(); err != nil {
			return err
		}
	}
	v, err := t.Value(share)
	if err != nil {
		return err
	}
	return s.add("paper, "+method, argmax(v.Data().([]float32), s.out.K), seconds()-started)
}

func paperLayers(method string, k int) []layers.Layer {
	if method == "mincut" {
		p := layers.NewMinCutPool(k)
		p.Kernel.Init = param.Orthogonal{}
		return []layers.Layer{skip(), p}
	}
	p := layers.NewDMoNPool(k)
	p.Kernel.Init = param.Orthogonal{}
	return []layers.Layer{skip(), p}
}

func skip() layers.Layer {
	l := layers.NewGCNSkipConv(64)
	l.Activation = ops.SELU
	return l
}

func argmax(shares []float32, k int) []int {
	out := make([]int, len(shares)/k)
	for i := range out {
		for c := range k {
			if shares[i*k+c] > shares[i*k+out[i]] {
				out[i] = c
			}
		}
	}
	return out
}
