package losses

import (
	"errors"
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// count is which values of a loss of predictions count.
type count struct {
	mask *G.Node // 1 for those that count, in their shape
	all  bool
}

func countOf(x, where *G.Node) count { return count{counted(x, where), where == nil} }

// only is x with 0 at the values that do not count, so that whatever stands there
// reaches neither the loss nor a gradient: 0 times NaN is NaN.
func (c count) only(x *G.Node) *G.Node {
	if c.all {
		return x
	}
	return must(ops.Where(x, c.mask))
}

// mean is the mean of the values that count.
func (c count) mean(x *G.Node) *G.Node { return must(ops.MeanWhere(x, c.mask)) }

// nodeRows is the number of rows of the nodes of a graph, of which ids, features or
// A tell, for a loss that reads none of them.
func nodeRows(g modes.Graph) (int, error) {
	switch {
	case g.Graphs < 1:
		return 0, fmt.Errorf("there are %d graphs, want at least 1", g.Graphs)
	case g.IDs != nil:
		return g.IDs.Shape().TotalSize(), nil
	case g.Graphs > 1:
		return 0, fmt.Errorf("%d graphs without ids, want the graph of each row", g.Graphs)
	case g.Rows() > 0:
		return g.Rows(), nil
	case g.A != nil && knownAdj(g.A):
		return g.A.Rows(), nil
	}
	return 0, errors.New("the graph has no ids, features or adjacency, want one that tells how many nodes there are")
}

// rowsOf is the number of rows of x.
func rowsOf(x *G.Node) int {
	s := x.Shape()
	if s.Dims() == 0 {
		return 1
	}
	return s.TotalSize() / s[s.Dims()-1]
}

// counted is 1, or another number that is not 0, for each element of x, a
// vector or a matrix, that counts, and 0 for others. where is nil: all count;
// one number a row, ids with −1 or floats with 0 for rows that do not count; or
// floats in the shape of x. It is part of a formula.
func counted(x, where *G.Node) *G.Node {
	shape := x.Shape().Clone()
	all := must(ops.Full(x, 1, shape...))
	if where == nil {
		return all
	}
	n := where.Shape().TotalSize()
	if where.Dtype() == tensor.Int {
		where = must(ops.IDMask(where, x, n))
	}
	switch {
	case where.Dtype() != x.Dtype():
		return must[*G.Node](nil, fmt.Errorf("where is of dtype %v, want ids of int or %v", where.Dtype(), x.Dtype()))
	case n == shape.TotalSize():
		return must(ops.Reshape(where, shape...))
	case n == shape[0]:
		return must(ops.RowScale(all, must(ops.Reshape(where, n))))
	}
	return must[*G.Node](nil, fmt.Errorf("where has %d elements, want one a row (%d), or one for each of the %d values", n, shape[0], shape.TotalSize()))
}

// constantOf is numbers as a constant of the graph and dtype of like. Constants
// of one name are one, so the name says the numbers.
func constantOf(like *G.Node, x []float64, shape ...int) *G.Node {
	var backing any = append([]float64{}, x...)
	if like.Dtype() == tensor.Float32 {
		narrow := make([]float32, len(x))
		for i, v := range x {
			narrow[i] = float32(v)
		}
		backing = narrow
	}
	value := tensor.New(tensor.WithShape(shape...), tensor.WithBacking(backing))
	return G.NewConstant(value, G.In(like.Graph()), G.WithName(fmt.Sprintf("numbers %v %v %v", like.Dtype(), shape, x)))
}

// sameLabels is n times the label l, as a constant of the graph of like.
func sameLabels(like *G.Node, n, l int) *G.Node {
	x := make([]int, n)
	for i := range x {
		x[i] = l
	}
	value := tensor.New(tensor.WithShape(n), tensor.WithBacking(x))
	return G.NewConstant(value, G.In(like.Graph()), G.WithName(fmt.Sprintf("%d times label %d", n, l)))
}

// checkWeights errs unless there are n weights of at least 0, one above.
func checkWeights(what string, w []float64, n int) error {
	if len(w) != n {
		return fmt.Errorf("%s: %d weights, want %d, one a class", what, len(w), n)
	}
	most := 0.
	for i, v := range w {
		if !(v >= 0) || math.IsInf(v, 0) {
			return fmt.Errorf("%s[%d] = %v, want a finite number of at least 0", what, i, v)
		}
		most = max(most, v)
	}
	if most == 0 {
		return fmt.Errorf("%s: all weights are 0, want one above", what)
	}
	return nil
}
