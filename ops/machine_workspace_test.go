package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// chain is an expression of many large results, some of them read twice and
// one of them by an op of Gorgonia's own, which writes into what it reads.
func chain(t *testing.T) (*G.ExprGraph, *G.Node, *G.Node) {
	x := make([]float64, 64*64)
	for i := range x {
		x[i] = float64(i%17)/8 - 1
	}
	g := G.NewGraph()
	in := node(g, "x", tensor.New(tensor.WithShape(64, 64), tensor.WithBacking(x)))
	y := in
	for i := range 8 {
		a := must[*G.Node](t)(Affine(y, 1.5, float64(i)))
		b := must[*G.Node](t)(Activate(a, Tanh))
		y = must[*G.Node](t)(Hadamard(a, b))
	}
	y = must[*G.Node](t)(G.Add(y, in))
	loss := must[*G.Node](t)(Sum(y))
	grads, err := G.Grad(loss, in)
	require.NoError(t, err)
	total := must[*G.Node](t)(Sum(grads[0]))
	return g, loss, total
}

func runChain(t *testing.T, shared bool) (values []float64, blocks int) {
	g, loss, total := chain(t)
	var lossV, totalV G.Value
	G.Read(loss, &lossV)
	G.Read(total, &totalV)
	program := g.SubgraphRoots(loss, total)
	vm := G.NewTapeMachine(program)
	defer vm.Close()
	var w *Workspace
	if shared {
		w = NewWorkspace(program)
	}
	for range 3 {
		if w != nil {
			w.Begin()
		}
		require.NoError(t, vm.RunAll())
		if w != nil {
			w.End()
		}
		values = append(values, nums(lossV)[0], nums(totalV)[0])
		vm.Reset()
	}
	seen := map[*float64]bool{}
	for _, n := range program.AllNodes() {
		if o, ok := n.Op().(*op); ok && o.buf.dense != nil {
			seen[(*float64)(o.buf.at)] = true
		}
	}
	return values, len(seen)
}

// A workspace changes where results lie, not what they are.
func TestWorkspace(t *testing.T) {
	alone, many := runChain(t, false)
	together, few := runChain(t, true)
	assert.Equal(t, alone, together)
	assert.Less(t, few, many, "outputs share memory")
}

// Outside of Begin and End an op has memory of its own, so that another
// machine over the same nodes is safe.
func TestWorkspaceAtRest(t *testing.T) {
	g, loss, total := chain(t)
	program := g.SubgraphRoots(loss, total)
	NewWorkspace(program)
	vm := G.NewTapeMachine(program)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	seen := map[*float64]int{}
	for _, n := range program.AllNodes() {
		if o, ok := n.Op().(*op); ok && o.buf.dense != nil {
			seen[(*float64)(o.buf.at)]++
		}
	}
	for _, n := range seen {
		assert.Equal(t, 1, n)
	}
}

// A block is used for what fits it, and not for what is much smaller.
func TestWorkspaceTake(t *testing.T) {
	w := &Workspace{free: []block{newBlock[float32](4000), newBlock[float32](2500), newBlock[float64](2000)}}
	var l lease
	assert.Len(t, take[float32](w, &l, 2000), 2000)
	assert.Equal(t, 2500, l.block.size(), "the smallest that fits")
	assert.Len(t, take[float32](w, &l, 1500), 1500)
	assert.Equal(t, 1500, l.block.size(), "4000 is too large")
	assert.Len(t, w.free, 2)
}
