package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Attention is scaled dot-product attention inside segments, by heads: each
// query row takes a mean of the value rows of its segment,
//
//	y_i = Σ_{j ∈ s(i)} softmax_j(q_i · k_j / √d) v_j
//
// for each head by itself, which has the columns h·d to (h+1)·d of q, k and v, d
// their width over the heads. Rows of no segment, and of a segment without keys,
// get 0. No matrix of queries and keys is kept.
//
// Shapes: q rows×n; k and v others×n; n a multiple of heads. ofQ and ofK are the
// segments of their rows, as many of each; the result is shaped as q.
// Gradient: to q, k and v.
// Source: Vaswani et al., Attention Is All You Need, NeurIPS 2017, arXiv
// 1706.03762, eq. 1.
func Attention(q, k, v *G.Node, ofQ, ofK Segments, heads int) (*G.Node, error) {
	for _, s := range []Segments{ofQ, ofK} {
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("ops: Attention: %w", err)
		}
	}
	if ofQ.Count != ofK.Count || heads < 1 || ofQ.IDs == nil != (ofK.IDs == nil) {
		return nil, fmt.Errorf("ops: Attention: %d and %d segments and %d heads, want as many segments, ids of both or of neither, and at least 1 head", ofQ.Count, ofK.Count, heads)
	}
	in := []*G.Node{q, k, v}
	if ofQ.IDs != nil {
		in = append(in, ofQ.IDs, ofK.IDs)
	}
	a := attention{segments: ofQ.Count, heads: heads}
	return apply(&op{
		name: "Attention", attrs: fmt.Sprint(a), kinds: "fffii", wrt: []bool{true, true, true}, shape: a.shape,
		f32: func(c *call[float32]) error { return attend(c, a) },
		f64: func(c *call[float64]) error { return attend(c, a) },
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			slope := func(name string, of int) ref {
				return d.apply(&op{
					name: name, attrs: fmt.Sprint(a), kinds: "ffffii", shape: like(of),
					f32: func(c *call[float32]) error { return attendGrad(c, a, of) },
					f64: func(c *call[float64]) error { return attendGrad(c, a, of) },
				}, append([]ref{in[0], in[1], in[2], g}, in[3:]...)...)
			}
			return []ref{slope("AttentionGradQ", 0), slope("AttentionGradK", 1), slope("AttentionGradV", 2)}
		},
	}, in...)
}

type attention struct{ segments, heads int }

func (a attention) shape(in []tensor.Shape) (tensor.Shape, error) {
	q, k, v := in[0], in[1], in[2]
	if q.Dims() < 2 || k.Dims() < 2 || q[q.Dims()-1] != k[k.Dims()-1] || q[q.Dims()-1]%a.heads != 0 || !same(k, v) {
		return nil, fmt.Errorf("shapes %v, %v and %v for %d heads, want rows×n, others×n and others×n, n a multiple of the heads", q, k, v, a.heads)
	}
	if len(in) > 3 {
		if rows, _ := split(q); in[3].TotalSize() != rows {
			return nil, fmt.Errorf("%d segment ids of the queries, want %d, one a row", in[3].TotalSize(), rows)
		}
		if rows, _ := split(k); in[4].TotalSize() != rows {
			return nil, fmt.Errorf("%d segment ids of the keys, want %d, one a row", in[4].TotalSize(), rows)
		}
	}
	return q.Clone(), nil
}

// attended is the parts of a run: the rows of each segment, and a head's slices.
type attended[T Float] struct {
	q, k, v     []T
	queries     [][]int
	keys        [][]int
	n, d, heads int
	root        float64 // √d
}

// attended reads q, k, v, and the ids from input ids on.
func newAttended[T Float](c *call[T], a attention, ids int) (r attended[T], err error) {
	rows, n := split(c.in[0].Shape())
	others, _ := split(c.in[1].Shape())
	if r.queries, err = c.members(ids, rows, a.segments); err != nil {
		return r, err
	}
	if r.keys, err = c.members(ids+1, others, a.segments); err != nil {
		return r, err
	}
	r.q, r.k, r.v = c.float(0), c.float(1), c.float(2)
	r.n, r.d, r.heads = n, n/a.heads, a.heads
	r.root = math.Sqrt(float64(r.d))
	return r, nil
}

// of is row i of x, in head h.
func (r *attended[T]) of(x []T, i, h int) []T { return x[i*r.n+h*r.d:][:r.d] }

// shares is the softmax of query i over the keys, in head h.
func (r *attended[T]) shares(p []float64, i, h int, keys []int) {
	top := math.Inf(-1)
	for t, j := range keys {
		p[t] = float64(dot(r.of(r.q, i, h), r.of(r.k, j, h))) / r.root
		top = math.Max(top, p[t])
	}
	sum := 0.
	for t := range keys {
		p[t] = math.Exp(p[t] - top)
		sum += p[t]
	}
	for t := range keys {
		p[t] /= sum
	}
}

func attend[T Float](c *call[T], a attention) error {
	r, err := newAttended(c, a, 3)
	if err != nil {
		return err
	}
	clear(c.out)
	for s, queries := range r.queries {
		keys := r.keys[s]
		if len(keys) == 0 {
			continue
		}
		kernels.ForRows(len(queries), r.heads*len(keys)*(2*r.d+callCost), func(lo, hi int) {
			p, sum := make([]float64, len(keys)), make([]float64, r.d)
			for _, i := range queries[lo:hi] {
				for h := range r.heads {
					r.shares(p, i, h, keys)
					clear(sum)
					r.gather(sum, r.v, h, keys, p)
					narrowTo(r.of(c.out, i, h), sum)
				}
			}
		})
	}
	return nil
}

// attendGrad is the gradient to input of: q, k, v, then the gradient, then the
// ids are its inputs. With dp_j = g·v_j and ds_j = p_j (dp_j − Σ p dp), it is Σ ds_j
// k_j/√d to q, ds_j q_i/√d to k_j and p_j g_i to v_j. Heads are apart, so that each
// has a goroutine.
func attendGrad[T Float](c *call[T], a attention, of int) error {
	r, err := newAttended(c, a, 4)
	if err != nil {
		return err
	}
	g := c.float(3)
	clear(c.out)
	kernels.Blocks(r.heads, func(h int) {
		for s, queries := range r.queries {
			keys := r.keys[s]
			if len(keys) == 0 {
				continue
			}
			p, ds := make([]float64, len(keys)), make([]float64, len(keys))
			rows := keys
			if of == 0 {
				rows = queries
			}
			sums := make([]float64, len(rows)*r.d)
			for a, i := range queries {
				r.shares(p, i, h, keys)
				r.slopes(ds, p, r.of(g, i, h), h, keys)
				switch of {
				case 0:
					r.gather(sums[a*r.d:][:r.d], r.k, h, keys, ds)
				case 1:
					r.spread(sums, r.of(r.q, i, h), ds)
				case 2:
					r.spread(sums, r.of(g, i, h), p)
				}
			}
			for a, i := range rows {
				narrowTo(r.of(c.out, i, h), sums[a*r.d:][:r.d])
			}
		}
	})
	return nil
}

// slopes is the gradient of the softmax's arguments, over √d.
func (r *attended[T]) slopes(ds, p []float64, g []T, h int, keys []int) {
	mean := 0.
	for t, j := range keys {
		ds[t] = float64(dot(g, r.of(r.v, j, h)))
		mean += p[t] * ds[t]
	}
	for t := range keys {
		ds[t] = p[t] * (ds[t] - mean) / r.root
	}
}

// gather adds up the keys' rows of x, in head h, by their weights.
func (r *attended[T]) gather(sum []float64, x []T, h int, keys []int, weights []float64) {
	for t, j := range keys {
		addScaled(sum, r.of(x, j, h), weights[t])
	}
}

// spread adds x to each key's sum by its weight.
func (r *attended[T]) spread(sums []float64, x []T, weights []float64) {
	for t, w := range weights {
		addScaled(sums[t*r.d:][:r.d], x, w)
	}
}
