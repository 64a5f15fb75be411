package ops

import (
	"testing"

	"github.com/chewxy/hm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// The tests below show what docs/gorgonia-notes.md says of Gorgonia. They
// fail where another version behaves differently, and the notes with them.

// run runs the whole graph once on a TapeMachine.
func run(t *testing.T, g *G.ExprGraph) {
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
}

func TestGorgoniasReshapeIsOverwrittenByAdd(t *testing.T) {
	for _, ours := range []bool{false, true} {
		g := G.NewGraph()
		x := vec(1, 2, 3, 4)
		r, err := G.Reshape(node(g, "x", x), tensor.Shape{2, 2})
		if ours {
			r, err = Reshape(node(g, "x", x), 2, 2)
		}
		require.NoError(t, err)
		must[*G.Node](t)(G.Add(r, node(g, "c", mat(2, 2, 10, 10, 10, 10))))
		run(t, g)
		want := []float64{11, 12, 13, 14} // the input, not the result
		if ours {
			want = []float64{1, 2, 3, 4}
		}
		assert.Equal(t, want, x.Float64s())
	}
}

func TestAnOpThatReturnsItsInputIsOverwrittenByAdd(t *testing.T) {
	g := G.NewGraph()
	x := vec(1, 2)
	echo := must[*G.Node](t)(apply(&op{
		name: "Echo", shape: like(0),
		any: func(in []G.Value) (G.Value, error) { return in[0], nil },
	}, node(g, "x", x)))
	must[*G.Node](t)(G.Add(echo, node(g, "c", vec(10, 10))))
	run(t, g)
	assert.Equal(t, []float64{11, 12}, x.Float64s())
}

func TestAValueAfterTheRunMayBeOverwritten(t *testing.T) {
	for _, reads := range []bool{false, true} {
		g := G.NewGraph()
		y := must[*G.Node](t)(Affine(node(g, "x", vec(1, 2)), 1, 0))
		must[*G.Node](t)(G.Add(y, node(g, "c", vec(10, 10))))
		var read G.Value
		if reads {
			G.Read(y, &read)
		}
		run(t, g)
		if reads {
			assert.Equal(t, []float64{1, 2}, nums(read))
		} else {
			assert.Equal(t, []float64{11, 12}, nums(y.Value()), "that of the sum")
		}
	}
}

func TestInputsOfOneNameAreMerged(t *testing.T) {
	g := G.NewGraph()
	a, b := node(g, "x", vec(1, 2)), node(g, "x", vec(3, 4))
	assert.Same(t, a, b)
	assert.Equal(t, []float64{1, 2}, nums(a.Value()), "the second value is lost")
	p := must[*G.Node](t)(NewPatternNode(g, "p", looped()))
	assert.Same(t, p, must[*G.Node](t)(NewPatternNode(g, "p", empty())))
}

func TestConstantsOfOneNameAreMerged(t *testing.T) {
	a := G.NewConstant(1.0, G.WithName("c"))
	b := G.NewConstant(2.0, G.WithName("c"))
	g := G.NewGraph()
	x := node(g, "x", G.NewF64(10))
	y, z := must[*G.Node](t)(G.Add(x, a)), must[*G.Node](t)(G.Add(x, b))
	assert.Equal(t, []float64{11}, nums(eval(t, y, z)[1]), "10 + 2")
}

func TestGorgoniasSoftMaxAndLogSoftMaxAreMerged(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", mat(1, 2, 0, 0))
	assert.Same(t, must[*G.Node](t)(G.SoftMax(x)), must[*G.Node](t)(G.LogSoftMax(x)))
}

func TestTheLispMachineGivesZeroWithoutDoDiff(t *testing.T) {
	max := func(in G.Nodes) (*G.Node, error) { return G.Max(in[0]) }
	x := vec(1, 3, 2)
	assert.Equal(t, []float64{0, 1, 0}, tapeSlopes(t, max, x)[0])
	assert.Equal(t, []float64{0, 0, 0}, lispSlopes(t, max, x)[0], "no error either")
	var _ G.ADOp = (*op)(nil) // every op of this package has DoDiff
}

func TestResetOfTheLispMachineRunsTheLastNodeAlone(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2))
	y := must[*G.Node](t)(Sum(must[*G.Node](t)(Affine(x, 1, 0))))
	vm := G.NewLispMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	require.NoError(t, G.Let(x, vec(10, 20)))
	vm.Reset()
	require.NoError(t, vm.RunAll())
	assert.Equal(t, []float64{3}, nums(y.Value()), "not 30")
}

func TestRunAllWithoutResetDoesNothing(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2))
	y := must[*G.Node](t)(Sum(x))
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	require.NoError(t, G.Let(x, vec(10, 20)))
	require.NoError(t, vm.RunAll())
	assert.Equal(t, []float64{3}, nums(y.Value()))
	vm.Reset()
	require.NoError(t, vm.RunAll())
	assert.Equal(t, []float64{30}, nums(y.Value()))
}

func TestGradOnceAGraph(t *testing.T) {
	slope := func(twice bool) []float64 {
		g := G.NewGraph()
		x := node(g, "x", vec(2))
		h := must[*G.Node](t)(Affine(x, 3, 0))
		a, b := must[*G.Node](t)(Sum(h)), must[*G.Node](t)(Sum(must[*G.Node](t)(Hadamard(h, h))))
		if twice {
			must[G.Nodes](t)(G.Grad(a, x))
		}
		d := must[G.Nodes](t)(G.Grad(b, x))
		return nums(eval(t, d[0], b)[0])
	}
	assert.Equal(t, []float64{36}, slope(false), "of (3x)² at 2")
	assert.NotEqual(t, []float64{36}, slope(true), "the second gradient of a graph is wrong")
}

func TestGradRefusesWhatItCannotReach(t *testing.T) {
	g := G.NewGraph()
	x, score := node(g, "x", vec(1, 2)), node(g, "score", vec(3, 4))
	y := must[*G.Node](t)(Gather(x, must[*G.Node](t)(SegmentTopK(score, OneSegment(), TopK{K: 1}))))
	_, err := G.Grad(must[*G.Node](t)(Sum(y)), x, score)
	assert.ErrorContains(t, err, "Non Differentiable WRTs")
}

func TestLetTakesAColumnForAVector(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2, 3))
	assert.True(t, tensor.Shape{3}.Eq(tensor.Shape{3, 1}))
	require.NoError(t, G.Let(x, mat(3, 1, 4, 5, 6)))
	assert.Error(t, G.Let(x, vec(1, 2)))
	_, err := Hadamard(x, node(g, "y", mat(3, 1, 4, 5, 6)))
	assert.Error(t, err, "ops compare shapes exactly")
}

// trained is an op that is told whether it trains.
type trained struct {
	*op
	training bool
}

func (o *trained) SetTraining(is bool) error { o.training = is; return nil }

func TestMachinesOfOneGraphTrainTogether(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2))
	o := &trained{op: affineOp(1, 0)}
	o.in, o.types = make([]form, 1), []hm.Type{x.Type(), x.Type()}
	must[*G.Node](t)(G.ApplyOp(o, x))
	train := G.NewTapeMachine(g)
	defer train.Close()
	assert.True(t, o.training)
	eval := G.NewTapeMachine(g, G.EvalMode())
	defer eval.Close()
	assert.False(t, o.training, "the machine that trains evaluates as well")
}

// ApplyOp takes apart the type that it gets from an op, and hands the parts
// out again.
func TestAnOpMakesItsTypeAnew(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2))
	y := must[*G.Node](t)(Affine(x, 1, 0))
	want := "Vector float64 → Vector float64"
	assert.Equal(t, want, y.Op().Type().String())
	must[*G.Node](t)(Sum(must[*G.Node](t)(Hadamard(x, y))))
	assert.Equal(t, want, y.Op().Type().String())
	assert.NotPanics(t, func() { _ = g.ToDot() })
}

func TestAPanicInAnOpIsAnError(t *testing.T) {
	g := G.NewGraph()
	must[*G.Node](t)(MapIDs(index(g, 0), "panics", 1, func(int) int { panic("no") }))
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "ops: MapIDs: internal error: no")
}

func TestAnErrorOfARunIsWrapped(t *testing.T) {
	g := G.NewGraph()
	must[*G.Node](t)(Gather(node(g, "x", vec(1)), index(g, 7)))
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	err := vm.RunAll()
	assert.ErrorContains(t, err, "Failed to carry op.Do(): ops: Gather: index 0 is 7")
}

// An opaque value takes part in a graph: two ops read it, Grad passes by it,
// and Let replaces it by one of another number of entries.
func TestPatternsAreOpaqueValues(t *testing.T) {
	g := G.NewGraph()
	p := must[*G.Node](t)(NewPatternNode(g, "p", looped()))
	w := node(g, "w", random(1, 6))
	m := Sparse{Pattern: p, Weights: w, Rows: 4, Cols: 4}
	loops := must[Sparse](t)(SelfLoops(m))
	y := must[*G.Node](t)(Hadamard(must[*G.Node](t)(RowSums(m, nil)), must[*G.Node](t)(RowSums(loops, nil))))
	d := must[G.Nodes](t)(G.Grad(must[*G.Node](t)(Sum(y)), w))
	assert.Len(t, d, 1)
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	vm.Reset()
	require.NoError(t, G.Let(p, coo(4, 4, [2]int{3, 0})))
	require.NoError(t, vm.RunAll())
	assert.Equal(t, []float64{0, 0, 0}, nums(y.Value())[:3])
	assert.Equal(t, make([]float64, 5), nums(d[0].Value())[1:], "weights of no entry")
}
