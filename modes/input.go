package modes

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// wantDtype errs unless dt is a float dtype that the ops know.
func wantDtype(dt tensor.Dtype) error {
	if dt != tensor.Float32 && dt != tensor.Float64 {
		return fmt.Errorf("modes: dtype = %v, want float32 or float64", dt)
	}
	return nil
}

// denseValue is t in the dtype dt, copied only where the dtype differs.
func denseValue(t *tensor.Dense, dt tensor.Dtype) *tensor.Dense {
	if t.Dtype() == dt && !t.RequiresIterator() && !t.DataOrder().IsColMajor() {
		return t
	}
	if t.RequiresIterator() || t.DataOrder().IsColMajor() {
		t = t.Materialize().(*tensor.Dense)
	}
	shape := tensor.WithShape(t.Shape().Clone()...)
	switch x := t.Data().(type) {
	case []float64:
		if dt == tensor.Float64 {
			return t
		}
		return tensor.New(shape, tensor.WithBacking(convert[float64, float32](x)))
	case []float32:
		if dt == tensor.Float32 {
			return t
		}
		return tensor.New(shape, tensor.WithBacking(convert[float32, float64](x)))
	}
	return t
}

func convert[A, B float32 | float64](x []A) []B {
	y := make([]B, len(x))
	for i, v := range x {
		y[i] = B(v)
	}
	return y
}

// vectorValue is values followed by zeros up to size, in the dtype dt; nil
// values are ones.
func vectorValue(values []float64, count, size int, dt tensor.Dtype) *tensor.Dense {
	if dt == tensor.Float32 {
		return tensor.New(tensor.WithShape(size), tensor.WithBacking(padded[float32](values, count, size)))
	}
	return tensor.New(tensor.WithShape(size), tensor.WithBacking(padded[float64](values, count, size)))
}

func padded[T float32 | float64](values []float64, count, size int) []T {
	x := make([]T, size)
	for i := range count {
		x[i] = 1
		if values != nil {
			x[i] = T(values[i])
		}
	}
	return x
}

// sparseInput makes the nodes of a sparse matrix. Without values the matrix
// has no weights unless weighted asks for them.
func sparseInput(g *G.ExprGraph, name string, p *ops.Pattern, values []float64, weighted bool, capacity int, dt tensor.Dtype) (ops.Sparse, error) {
	capacity = max(1, capacity, p.NNZ())
	node, err := ops.NewPatternNode(g, name+"/pattern", p)
	if err != nil {
		return ops.Sparse{}, err
	}
	m := ops.Sparse{Pattern: node, Rows: p.Rows(), Cols: p.Cols(), Capacity: capacity}
	if values != nil || weighted {
		m.Weights = G.NewVector(g, dt, G.WithShape(capacity), G.WithName(name+"/weights"),
			G.WithValue(vectorValue(values, p.NNZ(), capacity, dt)))
	}
	return m, nil
}

// letSparse swaps another matrix into m.
func letSparse(what string, m ops.Sparse, p *ops.Pattern, values []float64) error {
	if p.Rows() != m.Rows || p.Cols() != m.Cols || p.NNZ() > m.Capacity {
		return fmt.Errorf("modes: %s: %d×%d with %d entries, want %d×%d with at most %d",
			what, p.Rows(), p.Cols(), p.NNZ(), m.Rows, m.Cols, m.Capacity)
	}
	if values != nil && m.Weights == nil {
		return fmt.Errorf("modes: %s: weighted, want none: the graph was built without weights", what)
	}
	if err := G.Let(m.Pattern, p); err != nil {
		return fmt.Errorf("modes: %s: %w", what, err)
	}
	if m.Weights == nil {
		return nil
	}
	return G.Let(m.Weights, vectorValue(values, p.NNZ(), m.Capacity, m.Weights.Dtype()))
}

// denseInput makes the node of a dense tensor.
func denseInput(g *G.ExprGraph, name string, t *tensor.Dense, dt tensor.Dtype) *G.Node {
	v := denseValue(t, dt)
	return G.NewTensor(g, dt, v.Dims(), G.WithShape(v.Shape()...), G.WithName(name), G.WithValue(v))
}
