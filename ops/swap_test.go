package ops

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// program is a case with its gradients, compiled.
type program struct {
	in    G.Nodes
	graph *G.ExprGraph // what runs
	read  []G.Value
	vm    G.VM
}

// compile builds the case over the values, with the gradient of Σ y to every
// float input where Grad finds one.
func compile(t *testing.T, c opCase, vals []G.Value) *program {
	with := c
	with.in = slices.Clone(c.in)
	for i, v := range vals {
		with.in[i].Value = v
	}
	for _, grads := range []bool{true, false} {
		y, in := with.graph(t)
		outs := G.Nodes{y}
		if grads {
			var wrt G.Nodes
			for _, n := range in {
				if isFloat(n.Dtype()) {
					wrt = append(wrt, n)
				}
			}
			d, err := G.Grad(must[*G.Node](t)(Sum(y)), wrt...)
			if len(wrt) == 0 || err != nil {
				continue
			}
			outs = append(outs, d...)
		}
		p := &program{in: in, read: make([]G.Value, len(outs))}
		for i, n := range outs {
			G.Read(n, &p.read[i])
		}
		p.graph = y.Graph().SubgraphRoots(outs...)
		p.vm = G.NewTapeMachine(p.graph)
		t.Cleanup(func() { p.vm.Close() })
		return p
	}
	return nil
}

// run is the outputs, or the error.
func (p *program) run() ([]float64, error) {
	clear(p.read)
	defer p.vm.Reset()
	if err := p.vm.RunAll(); err != nil {
		return nil, err
	}
	var out []float64
	for _, v := range p.read {
		out = append(out, nums(v)...)
	}
	return out, nil
}

// other is another pattern of p's size: one entry less, or one where p has
// none.
func other(p *Pattern) *Pattern {
	var entries [][2]int
	for i := range p.Rows() {
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			entries = append(entries, [2]int{i, int(p.Col()[e])})
		}
	}
	if len(entries) == 0 {
		return coo(p.Rows(), p.Cols(), [2]int{p.Rows() - 1, 0})
	}
	return coo(p.Rows(), p.Cols(), entries[1:]...)
}

// otherValue is another value for an input that is not of floats.
func otherValue(v G.Value) G.Value {
	if p, ok := v.(*Pattern); ok {
		return other(p)
	}
	x := slices.Clone(whole(v))
	slices.Reverse(x)
	return tensor.New(tensor.WithShape(v.Shape()...), tensor.WithBacking(x))
}

// A compiled graph, given another pattern, other ids or other indices by Let,
// gives what a new graph gives, to the bit, in values and in gradients; and
// back again.
func TestSwappedInputs(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		vals := c.values()
		for i, v := range vals {
			if isFloat(v.Dtype()) {
				continue
			}
			swapped := slices.Clone(vals)
			swapped[i] = otherValue(v)
			p := compile(t, c, vals)
			before, err := p.run()
			require.NoError(t, err)
			require.NoError(t, G.Let(p.in[i], swapped[i]))
			got, gotErr := p.run()
			want, wantErr := compile(t, c, swapped).run()
			if wantErr != nil {
				assert.Error(t, gotErr)
			} else {
				require.NoError(t, gotErr)
				sameBits(t, want, got, "after the swap")
			}
			require.NoError(t, G.Let(p.in[i], v))
			again, err := p.run()
			require.NoError(t, err)
			sameBits(t, before, again, "swapped back")
		}
	})
}

// A larger pattern fits as long as the weights have room.
func TestAPatternOfMoreEntries(t *testing.T) {
	build := func(in G.Nodes) (*G.Node, error) {
		return SpMM(Sparse{Pattern: in[0], Weights: in[1], Rows: 4, Cols: 4}, in[2])
	}
	c := opCase{build: build}
	c.in = append(c.in, input("p", coo(4, 4, [2]int{0, 1})), input("w", random(1, 6)), input("x", random(2, 4, 2)))
	p := compile(t, c, c.values())
	_, err := p.run()
	require.NoError(t, err)
	require.NoError(t, G.Let(p.in[0], looped()))
	got, err := p.run()
	require.NoError(t, err)
	want, err := compile(t, c, []G.Value{looped(), random(1, 6), random(2, 4, 2)}).run()
	require.NoError(t, err)
	sameBits(t, want, got, "six entries after one")
}
