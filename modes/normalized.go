package modes

import (
	"fmt"
	"math"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Normalized is h with its adjacency normalised once, in float64, for an
// adjacency that wants no gradient: the same as Adj.Normalize as a constant.
// Sparse stays sparse; dense becomes float64. A graph whose features are the
// rows of its adjacency, or a column of ones, keeps those as features. Self
// loops that are added have edge attributes of 0.
func (h *Host) Normalized(n Normalization) (*Host, error) {
	err := h.check()
	switch {
	case err != nil:
	case n.Kind < Symmetric || n.Kind > Unnormalized:
		err = fmt.Errorf("Normalization.Kind = %d, want Symmetric, RandomWalk or None", n.Kind)
	case !(n.Eps >= 0):
		err = fmt.Errorf("Normalization.Eps = %v, want at least 0", n.Eps)
	}
	if err != nil {
		return nil, fmt.Errorf("modes: %w", err)
	}
	out := *h
	switch {
	case h.Nodes == 0:
	case h.DenseA != nil:
		out.SparseX, out.X = h.features()
		x := append([]float64{}, elements[float64](h.DenseA)...)
		n.dense(x, h.Nodes)
		out.DenseA = denseOf(x, h.Nodes, h.Nodes)
	default:
		if out.SparseX, out.X = h.features(); out.SparseX == nil && out.X == nil {
			out.X = onesColumn(h.Nodes, tensor.Float64)
		}
		if err := out.normalize(n); err != nil {
			return nil, fmt.Errorf("modes: %w", err)
		}
	}
	return &out, nil
}

// normalize normalises h's sparse adjacency in place of what it was.
func (h *Host) normalize(n Normalization) error {
	p, err := h.pattern()
	if err != nil {
		return err
	}
	from := csr{values: h.Weights}
	if n.SelfLoops {
		p = p.WithSelfLoops()
	}
	w := make([]float64, p.NNZ())
	for e := range w {
		w[e] = 1
		switch {
		case !n.SelfLoops:
			w[e] = from.value(int32(e))
		case p.Source()[e] >= 0:
			w[e] = from.value(p.Source()[e])
		}
	}
	if h.E != nil && n.SelfLoops {
		h.E = sourceRows(h.E, p.Source())
	}
	weighted := h.Weights != nil || n.Kind != Unnormalized
	h.Pattern, h.Weights = p, nil
	if weighted {
		n.sparse(w, p)
		h.Weights = w
	}
	return nil
}

// sparse normalises the weights w of p's entries.
func (n Normalization) sparse(w []float64, p *ops.Pattern) {
	d, ptr := make([]float64, p.Rows()), p.Ptr()
	for i := range d {
		for _, v := range w[ptr[i]:ptr[i+1]] {
			d[i] += v
		}
		d[i] = n.factor(d[i])
	}
	for i := range d {
		for e := ptr[i]; e < ptr[i+1]; e++ {
			w[e] *= n.of(d, i, int(p.Col()[e]))
		}
	}
}

// dense normalises the matrix a, size×size.
func (n Normalization) dense(a []float64, size int) {
	d := make([]float64, size)
	for i := range d {
		if n.SelfLoops {
			a[i*size+i]++
		}
		for _, v := range a[i*size : (i+1)*size] {
			d[i] += v
		}
		d[i] = n.factor(d[i])
	}
	for i := range a {
		a[i] *= n.of(d, i/size, i%size)
	}
}

// of is what element (i, j) is multiplied by, d being the factors of the rows.
func (n Normalization) of(d []float64, i, j int) float64 {
	switch n.Kind {
	case Symmetric:
		return d[i] * d[j]
	case RandomWalk:
		return d[i]
	}
	return 1
}

// factor is what a row of sum d is multiplied by, 0 where d ≤ 0.
func (n Normalization) factor(d float64) float64 {
	if !(d > 0) {
		return 0
	}
	if n.Kind == Symmetric {
		d = math.Sqrt(d)
	}
	return 1 / (d + n.Eps)
}
