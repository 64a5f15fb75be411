package losses_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// someSignals is graphs of unequal sizes on k clusters: two triangles, a
// weighted graph with a self loop and an isolated node, one node, no node.
func someSignals(k int) []signal {
	r := rand.New(rand.NewPCG(1, 2))
	gs := []graph{
		twoTriangles(),
		newGraph(5, edge{0, 1, .5}, edge{1, 2, 2}, edge{0, 2, 1.25}, edge{3, 3, .75}),
		newGraph(1, edge{0, 0, 2}),
		newGraph(0),
	}
	var xs []signal
	for _, g := range gs {
		x := signal{graph: g}
		for range g.n {
			logits := make([]float64, k)
			for c := range logits {
				logits[c] = r.NormFloat64()
			}
			x.s = append(x.s, softmax(logits, 1)...)
		}
		xs = append(xs, x)
	}
	return xs
}

// Gradients to the assignment, padding included, and to every entry of A,
// against central differences. Losses run on a TapeMachine; the ops below
// them are checked on both machines.
func TestGradients(t *testing.T) {
	const k = 3
	all := someSignals(k)
	lays := append(layouts(), layout{name: "single", mode: modes.Single}, layout{name: "single, dense", mode: modes.Single, dense: true},
		layout{name: "mixed", mode: modes.Mixed}, layout{name: "mixed, dense", mode: modes.Mixed, dense: true})
	for _, l := range table() {
		for _, lay := range lays {
			for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
				t.Run(l.name()+"/"+lay.name+"/"+dt.String(), func(t *testing.T) {
					xs := all
					switch lay.mode {
					case modes.Single:
						xs = all[1:2]
					case modes.Mixed:
						xs = []signal{all[0], {all[0].graph, all[0].s}}
						xs[1].s = append([]float64{.25, .5, .25}, all[0].s[3:]...)
					}
					lay.garbage = .3
					checkGradient(t, l, lay, dt, k, xs)
				})
			}
		}
	}
}

func checkGradient(t *testing.T, l loss, lay layout, dt tensor.Dtype, k int, xs []signal) {
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Build: func(g *G.ExprGraph, _ G.Nodes) (G.Nodes, error) {
			in, err := lay.lay(g, dt, k, xs)
			if err != nil {
				return nil, err
			}
			return gradcheck.One(l.build(in.s, in.Graph))
		},
		// A step away from 0 changes the number of entries that are not 0.
		Params: func(name string) bool { return name != "a" || !l.constantA && (!l.countsEntries || !lay.dense) },
	}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
}
