package ops

import (
	"math/rand/v2"

	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// The functions below make the values that tests read and write.

func vec(x ...float64) *tensor.Dense { return arr([]int{len(x)}, x...) }

func mat(rows, cols int, x ...float64) *tensor.Dense { return arr([]int{rows, cols}, x...) }

func arr(shape []int, x ...float64) *tensor.Dense {
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))
}

func idx(x ...int) *tensor.Dense { return tensor.New(tensor.WithShape(len(x)), tensor.WithBacking(x)) }

// random is of either sign, at least 0.2 and at most 1.2 in size: away from
// the kinks at 0.
func random(seed uint64, shape ...int) *tensor.Dense {
	r := rand.New(rand.NewPCG(seed, 17))
	x := make([]float64, tensor.Shape(shape).TotalSize())
	for i := range x {
		x[i] = 0.2 + r.Float64()
		if r.IntN(2) == 0 {
			x[i] = -x[i]
		}
	}
	return arr(shape, x...)
}

// positive is random without its signs.
func positive(seed uint64, shape ...int) *tensor.Dense {
	d := random(seed, shape...)
	for i, v := range d.Float64s() {
		d.Float64s()[i] = max(v, -v)
	}
	return d
}

// coo is a pattern of (row, column) pairs.
func coo(rows, cols int, entries ...[2]int) *Pattern {
	var r, c []int
	for _, e := range entries {
		r, c = append(r, e[0]), append(c, e[1])
	}
	p, _, err := PatternFromCOO(rows, cols, r, c)
	if err != nil {
		panic(err)
	}
	return p
}

func input(name string, v G.Value) gradcheck.Input { return gradcheck.Input{Name: name, Value: v} }

func constantInput(name string, v G.Value) gradcheck.Input {
	return gradcheck.Input{Name: name, Value: v, Fixed: true}
}

// nums is the elements of v, floats or Int, as float64.
func nums(v G.Value) []float64 {
	switch d := v.Data().(type) {
	case []float64:
		return append([]float64{}, d...)
	case []float32:
		return toFloat64(d)
	case []int:
		return toFloat64(d)
	case float64:
		return []float64{d}
	case float32:
		return []float64{float64(d)}
	}
	return nil
}

func toFloat64[T float32 | int](x []T) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// whole is the elements of an index vector.
func whole(v G.Value) []int { return v.Data().([]int) }

// single is v in float32, where it is of float64.
func single(v G.Value) G.Value {
	switch d := v.(type) {
	case *G.F64:
		return G.NewF32(float32(*d))
	case *tensor.Dense:
		if d.Dtype() == tensor.Float64 {
			x := make([]float32, len(d.Float64s()))
			for i, f := range d.Float64s() {
				x[i] = float32(f)
			}
			return tensor.New(tensor.WithShape(d.Shape()...), tensor.WithBacking(x))
		}
	}
	return v
}

// eval runs the nodes' graph once, forward, and returns their values.
func eval(t require.TestingT, nodes ...*G.Node) []G.Value {
	vals := make([]G.Value, len(nodes))
	for i, n := range nodes {
		G.Read(n, &vals[i])
	}
	vm := G.NewTapeMachine(nodes[0].Graph().SubgraphRoots(nodes...))
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	return vals
}

// node makes an input of the graph.
func node(g *G.ExprGraph, name string, v G.Value) *G.Node {
	return G.NodeFromAny(g, v, G.WithName(name))
}

// must is n, of a call that cannot fail in the test at hand.
func must[N any](t require.TestingT) func(n N, err error) N {
	return func(n N, err error) N {
		require.NoError(t, err)
		return n
	}
}
