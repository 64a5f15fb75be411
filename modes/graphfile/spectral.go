package graphfile

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Spectral is the eigenvectors u₂ … u_{dim+1} of M = D^-½·A·D^-½ of its largest
// eigenvalues, as the columns of an N×dim matrix, times √N. The first one,
// D^½·1, tells degrees alone and is left out; a graph of several components has
// others of the same eigenvalue 1, which tell components apart. The largest
// value of each column is positive. An isolated node has zeros.
//
// They are found by iterating a block of dim+8 vectors with (I+M)/2 from normal
// numbers of the seed, until no eigenvalue moves by 1e-6 or 300 times: vectors
// of nearly the same eigenvalue may then still be mixed with each other. Time is
// in proportion to edges·(dim+8), memory to N·(dim+8).
//
// It errs where dim is less than 1 or more than N.
func (g *Graph) Spectral(dim int, seed uint64) (*Features, error) {
	if dim < 1 || dim > g.Nodes {
		return nil, fmt.Errorf("dim = %d, want 1 to %d, the number of nodes", dim, g.Nodes)
	}
	s := newSpectral(g, min(dim+8, g.Nodes), seed)
	s.iterate(dim)
	f := &Features{Rows: g.Nodes, Cols: dim, Dense: make([]float32, g.Nodes*dim)}
	for c := range dim {
		scale := math.Sqrt(float64(g.Nodes)) * s.sign(c)
		for i := range g.Nodes {
			f.Dense[i*dim+c] = float32(scale * s.v[c][i])
		}
	}
	return f, nil
}

// spectral is a block of vectors while it is iterated.
type spectral struct {
	g     *Graph
	v, w  [][]float64
	root  []float64 // D^-½, 0 for an isolated node
	first []float64 // the eigenvector D^½·1, of length 1
}

func newSpectral(g *Graph, block int, seed uint64) *spectral {
	s := &spectral{g: g, root: make([]float64, g.Nodes), first: make([]float64, g.Nodes)}
	for i := range g.Nodes {
		d := 0.0
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			d += g.weight(p)
		}
		if d > 0 {
			s.root[i], s.first[i] = 1/math.Sqrt(d), math.Sqrt(d)
		}
	}
	normalize(s.first)
	r := rand.New(rand.NewPCG(seed, 0x2545f4914f6cdd1d))
	for range block {
		v := make([]float64, g.Nodes)
		for i := range v {
			if x := r.NormFloat64(); s.root[i] > 0 {
				v[i] = x
			}
		}
		s.v, s.w = append(s.v, v), append(s.w, make([]float64, g.Nodes))
	}
	return s
}

func (g *Graph) weight(p int32) float64 {
	if g.Weights == nil {
		return 1
	}
	return float64(g.Weights[p])
}

// iterate multiplies, makes orthonormal and turns to eigenvectors, until the
// first dim eigenvalues rest.
func (s *spectral) iterate(dim int) {
	s.orthonormal()
	var last []float64
	for range 30 {
		for range 10 {
			for c := range s.v {
				s.multiply(s.w[c], s.v[c])
			}
			s.v, s.w = s.w, s.v
			s.orthonormal()
		}
		values := s.turn()
		moved := 0.0
		for c := range min(dim, len(last)) {
			moved = max(moved, math.Abs(values[c]-last[c]))
		}
		if last != nil && moved < 1e-6 {
			return
		}
		last = values
	}
}

// multiply sets out to (I+M)·v/2.
func (s *spectral) multiply(out, v []float64) {
	for i := range out {
		sum := 0.0
		for p := s.g.RowPtr[i]; p < s.g.RowPtr[i+1]; p++ {
			j := s.g.Col[p]
			sum += s.g.weight(p) * s.root[j] * v[j]
		}
		out[i] = (v[i] + s.root[i]*sum) / 2
	}
}

// orthonormal takes the first eigenvector and the columns before out of each
// column, twice for exactness. A column that vanishes is 0.
func (s *spectral) orthonormal() {
	for c, v := range s.v {
		for range 2 {
			subtract(v, s.first)
			for _, u := range s.v[:c] {
				subtract(v, u)
			}
			normalize(v)
		}
	}
}

// turn turns the columns to the eigenvectors of M within their span, by falling
// eigenvalue, and returns these.
func (s *spectral) turn() []float64 {
	k := len(s.v)
	h := mat.NewSymDense(k, nil)
	for c := range k {
		s.multiply(s.w[c], s.v[c])
	}
	for a := range k {
		for b := a; b < k; b++ {
			h.SetSym(a, b, inner(s.v[a], s.w[b]))
		}
	}
	var e mat.EigenSym
	if !e.Factorize(h, true) {
		return make([]float64, k) // not for finite symmetric matrices
	}
	var q mat.Dense
	e.VectorsTo(&q)
	rising, values := e.Values(nil), make([]float64, k)
	for c := range k {
		clear(s.w[c])
		values[c] = rising[k-1-c]
		for a := range k {
			axpy(s.w[c], q.At(a, k-1-c), s.v[a])
		}
	}
	s.v, s.w = s.w, s.v
	return values
}

// sign is −1 where the largest value of a column is negative.
func (s *spectral) sign(c int) float64 {
	at := 0
	for i, x := range s.v[c] {
		if math.Abs(x) > math.Abs(s.v[c][at])*(1+1e-9) {
			at = i
		}
	}
	return math.Copysign(1, s.v[c][at])
}

func inner(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func axpy(to []float64, f float64, x []float64) {
	for i, v := range x {
		to[i] += f * v
	}
}

// subtract takes the part along u, of length 1 or 0, out of v.
func subtract(v, u []float64) { axpy(v, -inner(v, u), u) }

// normalize makes v of length 1, or 0 where it is next to nothing.
func normalize(v []float64) {
	n := math.Sqrt(inner(v, v))
	if n < 1e-12 {
		clear(v)
		return
	}
	for i := range v {
		v[i] /= n
	}
}
