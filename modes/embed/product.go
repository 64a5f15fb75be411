package embed

import "github.com/graphpool/graphpool/ops/host"

// product multiplies a matrix, and its transpose, by dense ones.
type product struct {
	Matrix
	m, t host.Sparse[float32]
}

func newProduct(m Matrix) product {
	p := product{Matrix: m}
	if m.Pattern != nil {
		p.m = host.NewSparse(m.Pattern, m.Values)
		p.t = p.m.Transpose()
	}
	return p
}

// mul sets out = m·v, with v Cols×l.
func (p product) mul(out, v []float32, l int) {
	if p.Pattern != nil {
		p.m.Mul(out, v, l)
		return
	}
	host.Mul(out, p.Dense, v, p.Rows, p.Cols, l)
}

// transMul sets out = mᵀ·y, with y Rows×l.
func (p product) transMul(out, y []float32, l int) {
	if p.Pattern != nil {
		p.t.Mul(out, y, l)
		return
	}
	host.TransMul(out, p.Dense, y, p.Rows, p.Cols, l)
}
