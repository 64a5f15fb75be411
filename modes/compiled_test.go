package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// program is Σ of (A·X·W) ⊙ (A·X·W) per graph, compiled once, and its
// gradient by W.
type program struct {
	in         Graph
	vm         G.VM
	perGraph   G.Value
	derivative G.Value
}

func compile(t *testing.T, in Graph) *program {
	node := need[*G.Node](t)
	g := in.X.Like().Graph()
	w := G.NodeFromAny(g, f64(2, 2, 0.5, -1, 2, 0.25), G.WithName("w"))
	y := node(in.A.Mul(node(in.X.Mul(w))))
	sums := node(ops.SegmentSum(node(ops.Hadamard(y, y)), in.Segments()))
	loss := node(ops.Sum(sums))
	grads, err := G.Grad(loss, w)
	require.NoError(t, err)
	p := &program{in: in}
	G.Read(sums, &p.perGraph)
	G.Read(grads[0], &p.derivative)
	p.vm = G.NewTapeMachine(g.SubgraphRoots(loss, sums, grads[0]))
	return p
}

func (p *program) run(t *testing.T) (perGraph, derivative []float64) {
	require.NoError(t, p.vm.RunAll())
	p.vm.Reset()
	return numbers(p.perGraph), numbers(p.derivative)
}

// One compiled machine gives for each batch what a machine compiled for that
// batch alone gives.
func TestOneMachineServesEveryBatch(t *testing.T) {
	batches := [][]*Host{
		{weighted(path(3, 2)), path(2, 2)},
		{{}, path(4, 2), {}, path(1, 2)},
		{path(1, 2)},
		{densely(weighted(path(4, 2))), path(2, 2), {}, {}},
	}
	for _, c := range constructors() {
		budget := Budget{Graphs: 4, Nodes: 6, NodesPerGraph: 4, Edges: 10}
		p := compile(t, need[Graph](t)(c.make(G.NewGraph(), "graphs", batches[0], tensor.Float64, budget)))
		for _, graphs := range append(batches, batches[0]) {
			require.NoError(t, c.set(p.in, graphs))
			sums, grad := p.run(t)
			alone := compile(t, need[Graph](t)(c.make(G.NewGraph(), "graphs", graphs, tensor.Float64, Budget{})))
			wantSums, wantGrad := alone.run(t)
			n := 2 * len(graphs)
			assert.InDeltaSlice(t, wantSums, sums[:n], 1e-12, c.name)
			assert.Equal(t, make([]float64, len(sums)-n), sums[n:], "graphs beyond those given")
			assert.InDeltaSlice(t, wantGrad, grad, 1e-12, c.name)
			alone.vm.Close()
		}
		p.vm.Close()
	}
}

func TestOneMachineServesEverySignal(t *testing.T) {
	h := bare(weighted(path(3, 1)))
	three, _ := signals(h, 3, 2)
	one, _ := signals(h, 1, 2)
	p := compile(t, need[Graph](t)(NewMixed(G.NewGraph(), "graph", h, three, tensor.Float64)))
	first, _ := p.run(t)
	require.NoError(t, SetMixed(p.in, &Host{Nodes: 3}, three))
	none, grad := p.run(t)
	assert.Equal(t, make([]float64, 6), none)
	assert.Equal(t, make([]float64, 4), grad)
	require.NoError(t, SetMixed(p.in, h, one))
	sums, grad := p.run(t)
	assert.Equal(t, append(first[:2:2], 0, 0, 0, 0), sums)
	alone := compile(t, need[Graph](t)(NewMixed(G.NewGraph(), "graph", h, one, tensor.Float64)))
	_, want := alone.run(t)
	assert.InDeltaSlice(t, want, grad, 1e-12)
	p.vm.Close()
	alone.vm.Close()
}
