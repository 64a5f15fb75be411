package cluster

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/ops/host"
)

// propagated is h with the features ÂʰX in place of X, h a number of hops, and Â
// that of modes.GCN: what a store keeps of it, as Streamed.Hops reads it.
func propagated(h *modes.Host, hops int) (*modes.Host, error) {
	if hops == 0 {
		return h, nil
	}
	if h.X == nil && h.SparseX == nil {
		return nil, errors.New("cluster: a graph without features, want those that the model was trained on")
	}
	x, err := embed.Of(h)
	if err != nil {
		return nil, err
	}
	n, err := h.Normalized(modes.GCN())
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	p, weights, err := n.Entries()
	if err != nil {
		return nil, fmt.Errorf("cluster: %w", err)
	}
	narrow := make([]float32, p.NNZ())
	for i := range narrow {
		narrow[i] = 1
		if weights != nil {
			narrow[i] = float32(weights[i])
		}
	}
	a, now := host.NewSparse(p, narrow), whole(x)
	for range hops {
		next := make([]float32, len(now))
		a.Mul(next, now, x.Cols)
		now = next
	}
	out := *h
	out.SparseX, out.X = nil, tensor.New(tensor.WithShape(x.Rows, x.Cols), tensor.WithBacking(now))
	return &out, nil
}

// whole is a matrix, dense.
func whole(x embed.Matrix) []float32 {
	if x.Pattern == nil {
		return x.Dense
	}
	out := make([]float32, x.Rows*x.Cols)
	ptr, col := x.Pattern.Ptr(), x.Pattern.Col()
	for i := range x.Rows {
		for p := ptr[i]; p < ptr[i+1]; p++ {
			out[i*x.Cols+int(col[p])] += x.Values[p]
		}
	}
	return out
}
