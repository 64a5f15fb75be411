package embed

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/host"
)

const (
	hopsFactor = 2.75
	minHops    = 2
	maxHops    = 32
)

// Hops is the number of steps T of a walk that suits a graph of n nodes and so
// many stored entries, two an edge:
//
//	T = round(2.75 · ln n / ln(entries/n)), between 2 and 32
//
// ln n / ln d is about the distance of two nodes in a random graph of degree d.
// Where the mean degree is at most 1 it is 32.
func Hops(n, entries int) int {
	if n < 2 {
		return minHops
	}
	degree := float64(entries) / float64(n)
	if degree <= 1 {
		return maxHops
	}
	t := math.Round(hopsFactor * math.Log(float64(n)) / math.Log(degree))
	return int(min(max(t, minHops), maxHops))
}

// Smooth is the mean of a dense x over walks of 0 to hops steps,
//
//	Z = 1/(T+1) · Σ_{t=0..T} Âᵗ·x,  Â = D^-½(A + wI)D^-½,
//
// with D the row sums of A + wI and w the mean of the stored weights, 1 where
// the graph has none: the result is the same for A and c·A. A node without
// edges keeps its row.
//
// It errs where x is sparse or has another number of rows, where hops < 0, and
// where a weight is negative. A is taken as symmetric.
func Smooth(h *modes.Host, x Matrix, hops int) (Matrix, error) {
	switch {
	case x.Pattern != nil:
		return Matrix{}, fmt.Errorf("embed: smoothing of a sparse matrix, want a dense one")
	case x.Rows != h.Nodes:
		return Matrix{}, fmt.Errorf("embed: smoothing of %d rows, want %d, one a node", x.Rows, h.Nodes)
	case hops < 0:
		return Matrix{}, fmt.Errorf("embed: hops = %d, want at least 0", hops)
	}
	if x.Rows*x.Cols == 0 {
		return x, nil
	}
	a, err := adjacency(h)
	if err != nil {
		return Matrix{}, err
	}
	return x.with(a.walk(x, hops)), nil
}

// walk is the mean over the walks of x.
func (a graph) walk(x Matrix, hops int) []float32 {
	n, c := x.Rows, x.Cols
	root := a.roots()
	sum := append([]float32(nil), x.Dense...)
	now, next := make([]float32, n*c), make([]float32, n*c) // D^-½Âᵗx, and A times it
	scaleRows(now, x.Dense, root, c)
	for range hops {
		a.m.Mul(next, now, c)
		host.Rows(n, func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				step(sum[i*c:(i+1)*c], now[i*c:(i+1)*c], next[i*c:(i+1)*c], root[i], a.loop)
			}
		})
	}
	f := 1 / float32(hops+1)
	host.Rows(n, func(_, lo, hi int) {
		for i := lo * c; i < hi*c; i++ {
			sum[i] *= f
		}
	})
	return sum
}

// step takes one row a step on: now becomes D^-½ of the new row, which is added
// to sum.
func step(sum, now, next []float32, root, loop float32) {
	for j, v := range next {
		y := root * (v + loop*now[j])
		sum[j] += y
		now[j] = root * y
	}
}

func scaleRows(out, x, f []float32, c int) {
	host.Rows(len(f), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for j, v := range x[i*c : (i+1)*c] {
				out[i*c+j] = f[i] * v
			}
		}
	})
}

// graph is an adjacency as smoothing takes it.
type graph struct {
	pattern *ops.Pattern
	weights []float32 // nil: all 1
	loop    float32   // what a node counts for itself
	m       host.Sparse[float32]
}

func (a graph) weight(e int32) float32 {
	if a.weights == nil {
		return 1
	}
	return a.weights[e]
}

// roots is 1/√ of the row sums with the loop.
func (a graph) roots() []float32 {
	ptr := a.pattern.Ptr()
	out := make([]float32, a.pattern.Rows())
	for i := range out {
		d := float64(a.loop)
		for e := ptr[i]; e < ptr[i+1]; e++ {
			d += float64(a.weight(e))
		}
		out[i] = float32(1 / math.Sqrt(d))
	}
	return out
}

// adjacency is that of h, which has nodes.
func adjacency(h *modes.Host) (graph, error) {
	p, weights, err := h.Entries()
	if err != nil {
		return graph{}, fmt.Errorf("embed: %w", err)
	}
	g := graph{pattern: p, loop: 1}
	if weights != nil {
		g.weights = make([]float32, len(weights))
		var sum float64
		for e, w := range weights {
			if w < 0 {
				return graph{}, fmt.Errorf("embed: weight %d = %v, want at least 0", e, w)
			}
			g.weights[e] = float32(w)
			sum += w
		}
		if sum > 0 {
			g.loop = float32(sum / float64(len(weights)))
		}
	}
	g.m = host.NewSparse(p, g.weights)
	return g, nil
}
