package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// PairSoftplus is the sum of log(1 + eˡ) over all pairs of rows of each
// segment, with l the dot product of two rows:
//
//	y_s = Σ_{i ∈ s} Σ_{j ∈ s} log(1 + exp(u_i · v_j))
//
// No matrix of pairs is formed: it takes n² time and no memory.
//
// With partners above 0 each row is paired with so many rows of its segment,
// drawn anew at each run, and the sum is an estimate of that of all pairs: each
// pair counts n/partners. The pairs of the n-th run are a function of seed and
// n, as in Dropout.
//
// Shapes: u and v rows×k; the result is a vector of Count.
// Gradient: to u, g_s Σ_j sigmoid(u_i·v_j) v_j; to v alike.
func PairSoftplus(u, v *G.Node, s Segments, partners int, seed uint64) (*G.Node, error) {
	p := &pairs{name: "PairSoftplus", segments: s.Count, partners: partners, seed: seed, runs: new(int)}
	return p.apply(s, u, v)
}

// PairSoftplusExcept is PairSoftplus without some pairs (i, j): those that are
// entries of a pattern, or not 0 in dense matrices. The others alone are added
// up, so that large terms of pairs left out take no digits from the rest.
//
//	y_s = Σ_{i, j ∈ s, (i, j) not in except} log(1 + exp(u_i · v_j))
//
// Shapes: except a pattern of rows×rows, or floats N×N or B×N×N with a row for
// each row of u; with fewer, they stand for each block of rows. Else as
// PairSoftplus. Gradient: to u and v, as PairSoftplus; none to except.
func PairSoftplusExcept(u, v, except *G.Node, s Segments, partners int, seed uint64) (*G.Node, error) {
	p := &pairs{name: "PairSoftplusExcept", segments: s.Count, partners: partners, seed: seed, runs: new(int), kind: "f"}
	if except != nil && except.Dtype() == tensor.Int {
		p.kind = "p"
	}
	return p.apply(s, u, v, except)
}

// apply takes u and v, and the pairs left out where there are any.
func (p *pairs) apply(s Segments, in ...*G.Node) (*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("ops: %s: %w", p.name, err)
	}
	if p.partners < 0 {
		return nil, fmt.Errorf("ops: %s: partners = %d, want at least 0", p.name, p.partners)
	}
	checks := []func([]tensor.Shape) error{wantIDs(len(in)), func(in []tensor.Shape) error {
		if in[0].Dims() < 2 {
			return fmt.Errorf("u has shape %v, want rank 2 or more", in[0])
		}
		return wantSame("v", in[0], in[1])
	}}
	if p.kind == "f" {
		checks = append(checks, wantExceptDense(2))
	}
	o := p.op("", "ff"+p.kind+"i", fixed(tensor.Shape{p.segments}, checks...))
	o.f32, o.f64 = pairTerms[float32](p), pairTerms[float64](p)
	o.wrt = []bool{true, true}
	if p.partners > 0 {
		o.runs = p.runs
	}
	o.diff = func(d *derivation, in []ref, _, g ref) []ref {
		slope := func(name string, of int) ref {
			o := p.op(name, "fff"+p.kind+"i", like(of))
			o.f32, o.f64 = pairSlopes[float32](p, of), pairSlopes[float64](p, of)
			return d.apply(o, append([]ref{in[0], in[1], g}, in[2:]...)...)
		}
		return []ref{slope("GradU", 0), slope("GradV", 1)}
	}
	return apply(o, s.with(in...)...)
}

// pairs is which rows are paired.
type pairs struct {
	name               string
	segments, partners int
	seed               uint64
	runs               *int
	kind               string // of the input with the pairs left out; "": none
}

func (p *pairs) op(part, kinds string, shape func(in []tensor.Shape) (tensor.Shape, error)) *op {
	return &op{name: p.name + part, attrs: fmt.Sprint(p.segments, p.partners, p.seed), kinds: kinds, shape: shape}
}

// others calls f for the partners of row i among m that skip, where there is one,
// does not leave out, and is what each counts.
func (p *pairs) others(i int, m []int, skip func(j int) bool, f func(j int)) (weight float64) {
	if skip != nil {
		all := f
		f = func(j int) {
			if !skip(j) {
				all(j)
			}
		}
	}
	if p.partners == 0 {
		for _, j := range m {
			f(j)
		}
		return 1
	}
	state := mixed(p.seed ^ mixed(uint64(*p.runs)) ^ mixed(uint64(i)<<1|1))
	for range p.partners {
		state += 0x9e3779b97f4a7c15
		f(m[mixed(state)%uint64(len(m))])
	}
	return float64(len(m)) / float64(p.partners)
}

// mixed is a number whose bits all depend on those of x (SplitMix64).
func mixed(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// members is the rows of each segment, from the ids in input at.
func (c *call[T]) members(at, rows, segments int) ([][]int, error) {
	ids, err := c.ids(at, rows, segments)
	if err != nil {
		return nil, err
	}
	m := make([][]int, segments)
	for i, s := range ids {
		if s >= 0 {
			m[s] = append(m[s], i)
		}
	}
	return m, nil
}

// pairTerms takes u, v and the ids. A run of its own counts.
func pairTerms[T Float](p *pairs) func(c *call[T]) error {
	return func(c *call[T]) error {
		*p.runs++
		u, v := c.float(0), c.float(1)
		rows, k := split(c.in[0].Shape())
		groups, left, err := c.paired(p, 2, rows, false)
		if err != nil {
			return err
		}
		for s, m := range groups {
			part := make([]float64, len(m))
			kernels.ForRows(len(m), p.cost(m, k), func(lo, hi int) {
				skips := left.each(p.partners > 0)
				for a := lo; a < hi; a++ {
					part[a] = p.rowTerms(m[a], m, skips(m[a]), func(j int) float64 { return float64(dot(u[m[a]*k:][:k], v[j*k:])) })
				}
			})
			total := 0.
			for _, x := range part {
				total += x
			}
			c.out[s] = T(total)
		}
		return nil
	}
}

// cost is what the pairs of a row take.
func (p *pairs) cost(m []int, k int) int {
	if p.partners > 0 {
		return p.partners * (k + callCost)
	}
	return len(m) * (k + callCost)
}

// paired is the rows of each segment, from the ids behind the pairs left out,
// which are input at where there are any.
func (c *call[T]) paired(p *pairs, at, rows int, turned bool) (groups [][]int, left except[T], err error) {
	if p.kind != "" {
		if left, err = c.except(at, rows, turned); err != nil {
			return nil, left, err
		}
		at++
	}
	groups, err = c.members(at, rows, p.segments)
	return groups, left, err
}

// rowTerms is Σ_j log(1 + exp(l_j)) over the partners j of row i. The product
// of 1 + exp(−|l|), at most 2 each, is taken of 512 before its logarithm; above
// is how far it is above 1, so that small terms lose no digits.
func (p *pairs) rowTerms(i int, m []int, skip func(j int) bool, logit func(j int) float64) float64 {
	sum, above, n := 0., 0., 0
	weight := p.others(i, m, skip, func(j int) {
		l := logit(j)
		if l > 0 {
			sum += l
			l = -l
		}
		above += math.Exp(l) * (1 + above)
		if n++; n == 512 {
			sum += math.Log1p(above)
			above, n = 0, 0
		}
	})
	return weight * (sum + math.Log1p(above))
}

func dot[T Float](a, b []T) (sum T) {
	b = b[:len(a)]
	for c, x := range a {
		sum += x * b[c]
	}
	return sum
}

// pairSlopes is the gradient to input of, 0 or 1, from u, v, the gradient and
// the ids.
func pairSlopes[T Float](p *pairs, of int) func(c *call[T]) error {
	return func(c *call[T]) error {
		u, v, g := c.float(0), c.float(1), c.float(2)
		rows, k := split(c.shape)
		sampled := p.partners > 0 && of == 1 // by the rows whose partners are drawn
		groups, left, err := c.paired(p, 3, rows, of == 1 && !sampled)
		if err != nil {
			return err
		}
		clear(c.out)
		for s, m := range groups {
			if sampled {
				p.scatter(m, left.each(true), func(i, j int, weight float64) {
					axpy(c.out[j*k:][:k], u[i*k:], g[s]*T(weight*sigmoid(float64(dot(u[i*k:][:k], v[j*k:])))))
				})
				continue
			}
			own, other := u, v
			if of == 1 {
				own, other = v, u
			}
			kernels.ForRows(len(m), p.cost(m, k), func(lo, hi int) {
				sum, skips := make([]float64, k), left.each(p.partners > 0)
				for a := lo; a < hi; a++ {
					clear(sum)
					weight := p.others(m[a], m, skips(m[a]), func(j int) {
						addScaled(sum, other[j*k:], sigmoid(float64(dot(own[m[a]*k:][:k], other[j*k:]))))
					})
					for f, v := range sum {
						c.out[m[a]*k+f] = T(float64(g[s]) * weight * v)
					}
				}
			})
		}
		return nil
	}
}

// scatter calls f for every pair, in order.
func (p *pairs) scatter(m []int, skips func(i int) func(j int) bool, f func(i, j int, weight float64)) {
	weight := float64(len(m)) / float64(max(1, p.partners))
	for _, i := range m {
		p.others(i, m, skips(i), func(j int) { f(i, j, weight) })
	}
}

// axpy is y += a·x.
func axpy[T Float](y, x []T, a T) {
	for f := range y {
		y[f] += a * x[f]
	}
}
