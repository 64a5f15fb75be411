package modes

import (
	"fmt"
	"math"

	"gorgonia.org/tensor"
)

// Scaled is h with the weights of its adjacency divided by their mean size,
//
//	a_ij / ( Σ |a| / E ),  E the number of places where A is not 0
//
// so that all weights may be multiplied by any number above 0 and give the
// same graph. Weights near the ends of float64 come within those of float32.
// A graph whose mean is 1, as one without weights is, or that has no edges,
// stays as it is. The edge attributes and features stay.
//
// Errors: those of Check.
func (h *Host) Scaled() (*Host, error) {
	if err := h.Check(); err != nil {
		return nil, err
	}
	out := *h
	switch {
	case h.DenseA != nil:
		out.DenseA = scaledDense(h.DenseA)
	case h.Pattern != nil:
		out.Weights = h.adjacency().scaled()
	}
	return &out, nil
}

// scaled is m's values over their mean size; nil where they stand for ones
// and that is 1.
func (m csr) scaled() []float64 {
	over := m.meanSize()
	if over == (quotient{1, 1}) {
		return m.values
	}
	out := make([]float64, len(m.col))
	for e := range out {
		out[e] = over.of(m.value(int32(e)))
	}
	return out
}

// quotient divides by a·b, which may be more or less than float64 holds.
type quotient struct{ a, b float64 }

func (q quotient) of(v float64) float64 { return v / q.a / q.b }

// meanSize is the mean |value| over the places where there is one that is not
// 0; 1 where there is none.
func (m csr) meanSize() quotient {
	largest := 0.
	for e := range m.col {
		largest = math.Max(largest, math.Abs(m.value(int32(e))))
	}
	if largest == 0 {
		return quotient{1, 1}
	}
	_, exp := math.Frexp(largest)
	unit := math.Ldexp(1, exp-1) // a power of two, by which dividing is exact
	sum, places := 0., 0
	seen := make([]int, m.cols) // 1 + the last row with an entry there
	for i := range m.rows {
		for e := m.ptr[i]; e < m.ptr[i+1]; e++ {
			v := m.value(e)
			sum += math.Abs(v) / unit
			if v != 0 && seen[m.col[e]] != i+1 {
				seen[m.col[e]] = i + 1
				places++
			}
		}
	}
	mean := sum / float64(places)
	if whole := unit * mean; whole > 0x1p-1000 && whole < 0x1p1000 {
		return quotient{whole, 1}
	}
	return quotient{unit, mean}
}

// scaledDense is a over the mean size of its elements that are not 0: a
// itself where that is 1.
func scaledDense(a *tensor.Dense) *tensor.Dense {
	n := a.Shape()[0]
	over := (&Host{Nodes: n, DenseA: a}).adjacency().meanSize()
	if over == (quotient{1, 1}) {
		return a
	}
	out := make([]float64, n*n)
	for i, v := range elements[float64](a) {
		out[i] = over.of(v)
	}
	return denseOf(out, n, n)
}

// standIn is what serves as features where h has none: the rows of its
// adjacency, scaled, sparse or dense as that is, or a column of ones where it
// has no edges.
func (h *Host) standIn() (*HostSparse, *tensor.Dense) {
	switch {
	case h.DenseA != nil:
		return nil, scaledDense(h.DenseA)
	case h.Pattern == nil || h.Pattern.NNZ() == 0:
		return nil, nil
	}
	return &HostSparse{Pattern: h.Pattern, Values: h.adjacency().scaled()}, nil
}

// checkRange errs where a value that is bound does not fit float32, as which
// it is finite elsewhere: too large, or an adjacency whose degrees would be.
func checkRange(what string, v any) error {
	t, ok := v.(*tensor.Dense)
	if !ok || t.Dtype() != tensor.Float32 {
		return nil
	}
	x, ok := t.Data().([]float32)
	if !ok {
		return nil
	}
	sum, largest := sizes(x)
	if sum-sum != 0 { // one is infinite or NaN
		for i, f := range x {
			if math.IsInf(float64(f), 0) {
				return fmt.Errorf("%s: value %d is more than float32 holds, want at most %.4g, or float64; Host.Scaled scales the weights of a graph", what, i, math.MaxFloat32)
			}
		}
	}
	if what != "adjacency" {
		return nil
	}
	if sum > math.MaxFloat32 {
		return fmt.Errorf("adjacency: the weights add up to %.4g, more than float32 holds (%.4g), want Host.Scaled, or float64", sum, math.MaxFloat32)
	}
	if largest > 0 && largest < 0x1p-126 {
		return fmt.Errorf("adjacency: the largest weight is %.4g, of which float32 holds no inverse, want Host.Scaled, or float64", largest)
	}
	return nil
}

// sizes is the sum of the absolute values and the largest, NaN aside: sums
// side by side, for a dense adjacency is looked through at every batch.
func sizes(x []float32) (sum, largest float64) {
	var s, most [4]float64
	for ; len(x) >= 4; x = x[4:] {
		for lane, f := range x[:4] {
			size := math.Abs(float64(f))
			s[lane] += size
			if size > most[lane] {
				most[lane] = size
			}
		}
	}
	for _, f := range x {
		size := math.Abs(float64(f))
		s[0] += size
		if size > most[0] {
			most[0] = size
		}
	}
	return s[0] + s[1] + s[2] + s[3], max(most[0], most[1], most[2], most[3])
}
