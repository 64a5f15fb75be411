// Package factor factorizes sparse matrices of numbers of at least 0. It knows
// of no tensors.
package factor

import (
	"math"
	"math/rand/v2"
)

// Matrix is a square sparse matrix in compressed rows, of weights of at least 0.
type Matrix struct {
	Ptr, Col []int32
	Weight   []float64
}

// Rows is the number of rows, and of columns.
func (a Matrix) Rows() int { return len(a.Ptr) - 1 }

// Factors is A ≈ W·H with k columns of W and rows of H, as W and Hᵀ row by row:
// after a start of uniform numbers of the mean of A, drawn from the seed, so many
// multiplicative updates
//
//	H ← H ⊙ WᵀA / (WᵀW·H),  W ← W ⊙ A·Hᵀ / (W·H·Hᵀ),  0/0 = 0
//
// none of which raises ‖A − WH‖. At the end each column of W and its row of H
// have the same Euclidean norm; a product of 0 has W and H 0. Time: (entries +
// rows·k)·k an update.
//
// Source: Lee, Seung, Algorithms for Non-negative Matrix Factorization, NIPS 2000.
func Factors(a Matrix, k, updates int, seed uint64) (w, h []float64) {
	mean := a.Sum() / (float64(a.Rows()) * float64(a.Rows()))
	if mean == 0 {
		return make([]float64, a.Rows()*k), make([]float64, a.Rows()*k)
	}
	a = a.over(mean) // so that no product is too large
	f := start(a.Rows(), k, seed)
	for range updates {
		f.update(f.h, f.w, a.transMul)
		f.update(f.w, f.h, a.mul)
	}
	f.balance()
	for i := range f.w {
		f.w[i] *= math.Sqrt(mean)
		f.h[i] *= math.Sqrt(mean)
	}
	return f.w, f.h
}

// Sum is the sum of the weights, which Factors wants finite.
func (a Matrix) Sum() (sum float64) {
	for _, v := range a.Weight {
		sum += v
	}
	return sum
}

func (a Matrix) over(by float64) Matrix {
	w := make([]float64, len(a.Weight))
	for e, v := range a.Weight {
		w[e] = v / by
	}
	a.Weight = w
	return a
}

// factors is W and Hᵀ, and room for one of their size and for a k×k matrix.
type factors struct {
	k                   int
	w, h, product, gram []float64
}

func start(n, k int, seed uint64) *factors {
	f := &factors{k, make([]float64, n*k), make([]float64, n*k), make([]float64, n*k), make([]float64, k*k)}
	size := 2 / math.Sqrt(float64(k)) // the mean of W·H is 1, that of A
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range f.w {
		f.w[i], f.h[i] = size*rng.Float64(), size*rng.Float64()
	}
	return f
}

// update is x ← x ⊙ A·y / (x·yᵀy), for A or its transpose.
func (f *factors) update(x, y []float64, mul func(out, y []float64, k int)) {
	k := f.k
	mul(f.product, y, k)
	clear(f.gram)
	for at := 0; at < len(y); at += k {
		row := y[at : at+k]
		for i, v := range row {
			for j, u := range row {
				f.gram[i*k+j] += v * u
			}
		}
	}
	over := make([]float64, k)
	for at := 0; at < len(x); at += k {
		row := x[at : at+k]
		clear(over)
		for i, v := range row {
			for j := range over {
				over[j] += v * f.gram[i*k+j]
			}
		}
		for j := range row {
			if over[j] > 0 {
				row[j] *= f.product[at+j] / over[j]
			} else {
				row[j] = 0
			}
		}
	}
}

// balance gives each column of W and row of H one norm.
func (f *factors) balance() {
	for c := range f.k {
		w, h := f.norm(f.w, c), f.norm(f.h, c)
		up := 0.
		if w > 0 && h > 0 {
			up = math.Sqrt(w / h)
		}
		for i := c; i < len(f.h); i += f.k {
			f.h[i] *= up
			if up > 0 {
				f.w[i] /= up
			} else {
				f.w[i] = 0
			}
		}
	}
}

func (f *factors) norm(x []float64, c int) float64 {
	sum := 0.
	for i := c; i < len(x); i += f.k {
		sum += x[i] * x[i]
	}
	return math.Sqrt(sum)
}

// mul is A·y.
func (a Matrix) mul(out, y []float64, k int) {
	clear(out)
	for i := range a.Rows() {
		row := out[i*k : i*k+k]
		for e := a.Ptr[i]; e < a.Ptr[i+1]; e++ {
			addScaled(row, y[int(a.Col[e])*k:], a.Weight[e])
		}
	}
}

// transMul is Aᵀ·y.
func (a Matrix) transMul(out, y []float64, k int) {
	clear(out)
	for i := range a.Rows() {
		row := y[i*k : i*k+k]
		for e := a.Ptr[i]; e < a.Ptr[i+1]; e++ {
			addScaled(out[int(a.Col[e])*k:][:k], row, a.Weight[e])
		}
	}
}

func addScaled(out, x []float64, v float64) {
	for j := range out {
		out[j] += v * x[j]
	}
}
