package ops_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// engineOperands is two tensors of the same elements in both precisions, and
// views and orders of memory that are not contiguous.
func engineOperands(dt tensor.Dtype) map[string][2]*tensor.Dense {
	r := rand.New(rand.NewPCG(1, 2))
	dense := func(shape ...int) *tensor.Dense {
		x := normal(r, tensor.Shape(shape).TotalSize())
		if dt == tensor.Float32 {
			return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(narrow(x)))
		}
		return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))
	}
	turned := dense(5, 7)
	if err := turned.T(); err != nil {
		panic(err)
	}
	view, err := dense(9, 5).Slice(tensor.S(1, 8))
	if err != nil {
		panic(err)
	}
	columns, err := dense(7, 9).Slice(nil, tensor.S(2, 7))
	if err != nil {
		panic(err)
	}
	return map[string][2]*tensor.Dense{
		"small":      {dense(3), dense(3)},
		"large":      {dense(300, 250), dense(300, 250)},
		"transposed": {turned, dense(7, 5)},
		"rows":       {view.(*tensor.Dense), dense(7, 5)},
		"columns":    {dense(7, 5), columns.(*tensor.Dense)},
	}
}

// Every way in which Gorgonia asks for a sum or a product gives the bits of the
// standard engine.
func TestEngineProperty(t *testing.T) {
	type binary func(a, b any, opts ...tensor.FuncOpt) (tensor.Tensor, error)
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64} {
		for name, in := range engineOperands(dt) {
			for op, f := range map[string]binary{"add": tensor.Add, "mul": tensor.Mul} {
				for _, way := range []string{"safe", "unsafe", "reuse", "incr"} {
					t.Run(fmt.Sprint(name, dt, op, way), func(t *testing.T) {
						run := func(e tensor.Engine) any {
							a, b := in[0].Clone().(*tensor.Dense), in[1].Clone().(*tensor.Dense)
							into := tensor.New(tensor.Of(dt), tensor.WithShape(a.Shape()...))
							for _, x := range []*tensor.Dense{a, b, into} {
								tensor.WithEngine(e)(x)
							}
							var opts []tensor.FuncOpt
							switch way {
							case "unsafe":
								opts = append(opts, tensor.UseUnsafe())
							case "reuse":
								opts = append(opts, tensor.WithReuse(into))
							case "incr":
								opts = append(opts, tensor.WithIncr(into))
							}
							y, err := f(a, b, opts...)
							require.NoError(t, err)
							if way == "unsafe" {
								assert.Same(t, a, y)
							}
							return y.(*tensor.Dense).Materialize().Data()
						}
						assert.Equal(t, run(G.StandardEngine{}), run(ops.Engine{}))
					})
				}
			}
		}
	}
}

// What the standard engine refuses is refused.
func TestEngineRefuses(t *testing.T) {
	a := tensor.New(tensor.WithShape(2, 3), tensor.Of(tensor.Float32), tensor.WithEngine(ops.Engine{}))
	for _, b := range []*tensor.Dense{
		tensor.New(tensor.WithShape(3, 2), tensor.Of(tensor.Float32)),
		tensor.New(tensor.WithShape(2, 3), tensor.Of(tensor.Float64)),
	} {
		_, err := ops.Engine{}.Add(a, b)
		assert.Error(t, err)
		_, err = ops.Engine{}.Mul(a, b)
		assert.Error(t, err)
	}
}

// A model of Gorgonia's own operations runs on a machine with the engine as on
// one without.
func TestEngineServesGorgonia(t *testing.T) {
	loss, grads := builtInModel(t)
	got, gotGrads := builtInModel(t, G.WithEngine(ops.Engine{}))
	assert.Equal(t, loss, got)
	assert.Equal(t, grads, gotGrads)
}

// Gradients are added up by the kernels.
func ExampleEngine() {
	g := G.NewGraph()
	x := G.NewVector(g, tensor.Float32, G.WithName("x"), G.WithValue(tensor.New(tensor.WithBacking([]float32{1, 2, 3}))))
	y, err := G.Add(x, x)
	if err != nil {
		fmt.Println(err)
		return
	}
	vm := G.NewTapeMachine(g, G.WithEngine(ops.Engine{}))
	defer vm.Close()
	if err := vm.RunAll(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(y.Value().Data())
	// Output: [2 4 6]
}
