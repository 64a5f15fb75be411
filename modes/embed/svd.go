package embed

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/graphpool/graphpool/ops/host"
)

const (
	oversampling = 40 // directions beyond those asked for, which make the others exact
	powers       = 4  // power iterations
)

// SVD is the first cols columns of U·s, where m = U·s·Vᵀ is the singular value
// decomposition: the rows of m, seen along the directions in which they differ
// most. At most as many columns as m has rows or columns.
//
// The directions are found by subspace iteration from seeded random ones: V ←
// orth(mᵀ·m·V), four times, with ten directions more than are asked for; then
// those of m·V are exact. Columns stand in the order of their singular values;
// the sign of each is such that its largest coefficient in V is positive.
// A rank below cols leaves columns of zeros.
func SVD(m Matrix, cols int, seed uint64) Matrix {
	us, _ := decompose(m, cols, seed)
	return us
}

// Directions are what a matrix is seen along: V = Basis·Turn, so that m·V is
// U·s.
type Directions struct {
	Basis []float32 // Cols×Wide, orthonormal
	Turn  []float32 // Wide×Narrow

	Cols, Wide, Narrow int
}

// decompose is SVD, with the directions.
func decompose(m Matrix, cols int, seed uint64) (us Matrix, d Directions) {
	d = Directions{Cols: m.Cols, Narrow: min(cols, m.Rows, m.Cols)}
	if d.Narrow < 1 {
		return Matrix{Rows: m.Rows, Dense: []float32{}}, Directions{Cols: m.Cols}
	}
	d.Wide = min(d.Narrow+oversampling, m.Cols)
	var b []float32
	d.Basis, b = basis(m, d.Wide, seed)
	d.Turn = turn(gram(b, m.Rows, d.Wide), d.Basis, m.Cols, d.Wide, d.Narrow)
	return d.turned(b, m.Rows), d
}

// of is m·V, with the bits that decompose has for its matrix.
func (d Directions) of(m Matrix) Matrix {
	if d.Narrow == 0 || m.Rows == 0 {
		return Matrix{Rows: m.Rows, Dense: []float32{}}
	}
	b := make([]float32, m.Rows*d.Wide)
	newProduct(m).mul(b, d.Basis, d.Wide)
	return d.turned(b, m.Rows)
}

func (d Directions) turned(b []float32, rows int) Matrix {
	out := make([]float32, rows*d.Narrow)
	host.Mul(out, b, d.Turn, rows, d.Wide, d.Narrow)
	return Matrix{Rows: rows, Cols: d.Narrow, Dense: out}
}

// basis is l orthonormal directions v, Cols×l, and b = m·v.
func basis(m Matrix, l int, seed uint64) (v, b []float32) {
	x := newProduct(m)
	v, b = make([]float32, m.Cols*l), make([]float32, m.Rows*l)
	if l == m.Cols { // every direction there is
		for j := range l {
			v[j*l+j] = 1
		}
		x.mul(b, v, l)
		return v, b
	}
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	for range powers {
		x.mul(b, v, l)
		x.transMul(v, b, l)
		v = orthonormal(v, m.Cols, l)
	}
	x.mul(b, v, l)
	return v, b
}

// orthonormal is v, rows×l, with columns turned and stretched so that vᵀv = I;
// directions that are lost in rounding become columns of zeros.
func orthonormal(v []float32, rows, l int) []float32 {
	values, vectors := eigen(gram(v, rows, l))
	w := make([]float32, l*l)
	for j, d := range values {
		if !(d > 1e-12*values[0]) {
			break
		}
		for i := range l {
			w[i*l+j] = float32(vectors.At(i, j) / math.Sqrt(d))
		}
	}
	out := make([]float32, len(v))
	host.Mul(out, v, w, rows, l, l)
	return out
}

// turn is the first r eigenvectors of g = (m·v)ᵀ(m·v), l×r: those by which m·v
// becomes U·s.
func turn(g *mat.SymDense, v []float32, rows, l, r int) []float32 {
	_, vectors := eigen(g)
	w := make([]float32, l*r)
	for j := range r {
		for i := range l {
			w[i*r+j] = float32(vectors.At(i, j))
		}
	}
	right := make([]float32, rows*r)
	host.Mul(right, v, w, rows, l, r)
	for j := range r {
		if negative(right[j:], r) {
			for i := range l {
				w[i*r+j] = -w[i*r+j]
			}
		}
	}
	return w
}

// negative tells whether the number furthest from 0 in a column is below it.
func negative(x []float32, step int) bool {
	var top float32
	for i := 0; i < len(x); i += step {
		if math.Abs(float64(x[i])) > math.Abs(float64(top)) {
			top = x[i]
		}
	}
	return top < 0
}

// eigen is the eigenvalues of g, falling, and their vectors as columns.
func eigen(g *mat.SymDense) ([]float64, *mat.Dense) {
	n := g.SymmetricDim()
	var e mat.EigenSym
	if !e.Factorize(g, true) { // does not happen for finite numbers
		return make([]float64, n), mat.NewDense(n, n, nil)
	}
	var up mat.Dense
	e.VectorsTo(&up)
	rising := e.Values(nil)
	values, down := make([]float64, n), mat.NewDense(n, n, nil)
	for j := range n {
		values[j] = rising[n-1-j]
		for i := range n {
			down.Set(i, j, up.At(i, n-1-j))
		}
	}
	return values, down
}

// gramRows is how many rows gram widens to float64 at a time.
const gramRows = 1 << 15

// gram is xᵀx of x, rows×l, in float64.
func gram(x []float32, rows, l int) *mat.SymDense {
	sum, part := make([]float64, l*l), make([]float64, l*l)
	wide := make([]float64, min(rows, gramRows)*l)
	for from := 0; from < rows; from += gramRows {
		n := min(gramRows, rows-from)
		some := wide[:n*l]
		host.Rows(n, func(_, lo, hi int) {
			for i, v := range x[(from+lo)*l : (from+hi)*l] {
				some[lo*l+i] = float64(v)
			}
		})
		host.TransMul(part, some, some, n, l, l)
		for i, v := range part {
			sum[i] += v
		}
	}
	return mat.NewSymDense(l, sum)
}
