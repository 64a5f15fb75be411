package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// GatherEdges takes the attributes of a sparse matrix's entries over to a
// matrix that was derived from it, by Induce, InduceShared or SelfLoops:
//
//	y_e = x_{source(e)}, and 0 for an entry that is new
//
// Shapes: x rows×n, or a vector of rows, a row an entry of the matrix that m
// came from; the result has m's capacity as rows. Rows beyond the entries
// count for nothing and are 0.
// Gradient: to x, each row from the entries that took it.
// Errors: a pattern that was not derived, or fewer rows than it had entries,
// when run.
func GatherEdges(m Sparse, x *G.Node) (*G.Node, error) {
	if err := m.checkRoom(); err != nil {
		return nil, fmt.Errorf("ops: GatherEdges: %w", err)
	}
	if x == nil || x.Dims() < 1 || x.Dims() > 2 {
		return nil, fmt.Errorf("ops: GatherEdges: x is %v, want a vector or a matrix", x)
	}
	return apply(gatherEdgesOp(withRows(x.Shape(), m.room())), m.Pattern, x)
}

func gatherEdgesOp(out tensor.Shape) *op {
	return &op{
		name: "GatherEdges", attrs: fmt.Sprint(out), kinds: "p", wrt: []bool{false, true},
		shape: fixed(out), f32: gatherEdges[float32], f64: gatherEdges[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(scatterEdgesOp(in[1].shape()), in[0], g)}
		},
	}
}

// scatterEdgesOp adds rows up at the entries that they came from.
func scatterEdgesOp(out tensor.Shape) *op {
	return &op{
		name: "ScatterEdges", attrs: fmt.Sprint(out), kinds: "p", wrt: []bool{false, true},
		shape: fixed(out), f32: scatterEdges[float32], f64: scatterEdges[float64],
		diff: func(d *derivation, in []ref, _, g ref) []ref {
			return []ref{{}, d.apply(gatherEdgesOp(in[1].shape()), in[0], g)}
		},
	}
}

func gatherEdges[T Float](c *call[T]) error {
	x := c.float(1)
	clear(c.out)
	return c.sources(c.shape, c.in[1].Shape(), func(e, from, n int) {
		copy(c.out[e*n:(e+1)*n], x[from*n:])
	})
}

func scatterEdges[T Float](c *call[T]) error {
	g := c.float(1)
	clear(c.out)
	return c.sources(c.in[1].Shape(), c.shape, func(e, from, n int) {
		for i, v := range g[e*n : (e+1)*n] {
			c.out[from*n+i] += v
		}
	})
}

// sources calls f for each entry of the derived pattern in input 0 and the
// entry it came from, which have rows of n in tensors of shapes to and of.
func (c *call[T]) sources(to, of tensor.Shape, f func(e, from, n int)) error {
	p, err := patternOf(c.in[0])
	if err != nil {
		return err
	}
	rows, n := split(of)
	room, _ := split(to)
	if p.source == nil && p.NNZ() > 0 {
		return fmt.Errorf("the pattern was not derived from another")
	}
	if p.NNZ() > room {
		return fmt.Errorf("the pattern has %d entries, want at most %d, the capacity", p.NNZ(), room)
	}
	for e, from := range p.source {
		if int(from) >= rows {
			return fmt.Errorf("%d rows of attributes, want at least %d, one an entry of the pattern", rows, from+1)
		}
		if from >= 0 {
			f(e, int(from), n)
		}
	}
	return nil
}
