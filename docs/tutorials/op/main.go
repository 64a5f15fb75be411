// Command op lays out a ring of nodes in the plane, by an operation that is
// written here, edgeSquares:
//
//	go run ./docs/tutorials/op
//
// docs/tutorials has the steps in words.
package main

import (
	"fmt"
	"io"
	"math"
	"os"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/ops"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "op:", err)
		os.Exit(1)
	}
}

// edgeSquares is the squared distance of the two ends of each entry of a sparse
// matrix:
//
//	y_e = Σ_c (x_ic − x_jc)²,  e = (i, j)
//
// Shapes: x Rows×n; the result is a vector of the matrix's capacity, 0 beyond its
// entries.
// Gradient: to x, by edgeSquaresGrad.
func edgeSquares(m ops.Sparse, x *G.Node) (*G.Node, error) {
	return ops.Custom{
		Name: "tutorial.EdgeSquares", Attrs: fmt.Sprint(m.Capacity), Inputs: "pf",
		Shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if in[1].Dims() != 2 || in[1][0] != m.Rows {
				return nil, fmt.Errorf("x has shape %v, want (%d, n)", in[1], m.Rows)
			}
			return tensor.Shape{m.Capacity}, nil
		},
		F32: squares[float32], F64: squares[float64],
		Diff: func(in G.Nodes, _, g *G.Node) (G.Nodes, error) {
			dx, err := edgeSquaresGrad(in[0], in[1], g)
			return G.Nodes{nil, dx}, err // none to the pattern
		},
	}.Apply(m.Pattern, x)
}

func squares[T ops.Float](r *ops.Run[T]) error {
	x, rows, n := r.Floats(1), r.Shape(1)[0], r.Shape(1)[1]
	p := r.Pattern(0, rows, rows)
	if p.NNZ() > len(r.Out) {
		return fmt.Errorf("the pattern has %d entries, want at most %d", p.NNZ(), len(r.Out))
	}
	eachEntry(p, func(e, i, j int) {
		for c := range n {
			d := x[i*n+c] - x[j*n+c]
			r.Out[e] += d * d // Out is 0 before
		}
	})
	return nil
}

// edgeSquaresGrad is the gradient of edgeSquares to x, for a gradient g of its
// result: an operation as well, without a derivative.
func edgeSquaresGrad(pattern, x, g *G.Node) (*G.Node, error) {
	return ops.Custom{
		Name: "tutorial.EdgeSquaresGrad", Inputs: "pcc",
		Shape: func(in []tensor.Shape) (tensor.Shape, error) { return in[1].Clone(), nil },
		F32:   squaresGrad[float32], F64: squaresGrad[float64],
	}.Apply(pattern, x, g)
}

func squaresGrad[T ops.Float](r *ops.Run[T]) error {
	x, g, rows, n := r.Floats(1), r.Floats(2), r.Shape(1)[0], r.Shape(1)[1]
	eachEntry(r.Pattern(0, rows, rows), func(e, i, j int) {
		for c := range n {
			d := 2 * g[e] * (x[i*n+c] - x[j*n+c])
			r.Out[i*n+c] += d
			r.Out[j*n+c] -= d
		}
	})
	return nil
}

// eachEntry calls f for each entry e = (i, j).
func eachEntry(p *ops.Pattern, f func(e, i, j int)) {
	for i := range p.Rows() {
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			f(int(e), i, int(p.Col()[e]))
		}
	}
}

// stress is how far the squared distances of the edges are from 1, on average.
func stress(m ops.Sparse, x *G.Node) (*G.Node, error) {
	d, err := edgeSquares(m, x)
	if err != nil {
		return nil, err
	}
	if d, err = ops.Affine(d, 1, -1); err != nil {
		return nil, err
	}
	if d, err = G.Square(d); err != nil {
		return nil, err
	}
	return G.Mean(d)
}

// ring is so many nodes, each joined to the next.
func ring(nodes int) (*ops.Pattern, error) {
	var row, col []int
	for i := range nodes {
		row, col = append(row, i), append(col, (i+1)%nodes)
	}
	p, _, err := ops.PatternFromCOO(nodes, nodes, row, col)
	return p, err
}

func run(w io.Writer) error {
	const nodes = 6
	pattern, err := ring(nodes)
	if err != nil {
		return err
	}
	store, err := param.NewStore(tensor.Float64, 1)
	if err != nil {
		return err
	}
	g := G.NewGraph()
	p, err := ops.NewPatternNode(g, "ring", pattern)
	if err != nil {
		return err
	}
	sc := store.Scope(g, true)
	x, err := sc.Param("places", param.GlorotUniform{}, param.Spec{}, nodes, 2)
	if err != nil {
		return err
	}
	loss, err := stress(ops.Sparse{Pattern: p, Rows: nodes, Cols: nodes, Capacity: pattern.NNZ()}, x)
	if err != nil {
		return err
	}
	t, err := train.New(sc, loss, train.NewAdam(.05), train.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = t.Close() }()
	for s := range 101 {
		v, err := t.Step()
		if err != nil {
			return err
		}
		if s%50 == 0 {
			fmt.Fprintf(w, "step %d: stress %.3f\n", s, v)
		}
	}
	for q := range store.All() {
		at := q.Tensor.Data().([]float64)
		fmt.Fprintf(w, "the first edge is %.2f long\n", math.Hypot(at[0]-at[2], at[1]-at[3]))
	}
	return nil
}
