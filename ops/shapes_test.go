package ops

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// maker makes a tensor of ones, or of zeros for Int, in memory of its own.
type maker func(dt tensor.Dtype, shape tensor.Shape) *tensor.Dense

func onHeap(dt tensor.Dtype, shape tensor.Shape) *tensor.Dense {
	d := tensor.New(tensor.WithShape(shape...), tensor.Of(dt))
	if isFloat(dt) {
		_ = d.Memset(map[bool]any{true: float32(1), false: float64(1)}[dt == tensor.Float32])
	}
	return d
}

// otherShapes is shapes that are not s: all of rank up to 3 with as many
// elements, one of rank 4, the scalar, and each axis one more, one less and
// twice as long.
func otherShapes(s tensor.Shape) []tensor.Shape {
	n := s.TotalSize()
	shapes := []tensor.Shape{{}, {1}, {1, 1}, {n}, {1, n, 1, 1}, {n + 1}, {1, n + 1}}
	for a := 1; a <= n; a++ {
		if n%a != 0 {
			continue
		}
		shapes = append(shapes, tensor.Shape{a, n / a})
		for b := 1; b <= n/a; b++ {
			if n/a%b == 0 {
				shapes = append(shapes, tensor.Shape{a, b, n / a / b})
			}
		}
	}
	for i, d := range s {
		for _, to := range []int{d - 1, d + 1, 2 * d} {
			changed := s.Clone()
			if changed[i] = to; to > 0 {
				shapes = append(shapes, changed)
			}
		}
	}
	var other []tensor.Shape
	for _, c := range shapes {
		if !same(c, s) && !slices.ContainsFunc(other, func(o tensor.Shape) bool { return same(o, c) }) {
			other = append(other, c)
		}
	}
	return other
}

// standIn is what takes the place of an input's value.
type standIn struct {
	what string
	let  func(n *G.Node) error
}

func (s standIn) try(n *G.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("Gorgonia refuses it: %v", r)
		}
	}()
	return s.let(n)
}

// standIns is every value of another form that Let may take for v, and every
// reshape of v.
func standIns(v G.Value, memory maker) []standIn {
	var out []standIn
	let := func(what string, value any) {
		out = append(out, standIn{what, func(n *G.Node) error { return G.Let(n, value) }})
	}
	for _, raw := range []any{float32(3), float64(3), 3, G.NewF32(3), G.NewF64(3), G.NewI(3), coo(9, 9)} {
		if g, ok := raw.(G.Value); ok && same(g.Shape(), v.Shape()) && g.Dtype() == v.Dtype() {
			continue
		}
		if v.Shape().IsScalar() && fmt.Sprint(v.Dtype()) == fmt.Sprintf("%T", raw) {
			continue // a good value
		}
		let(fmt.Sprintf("a %T", raw), raw)
	}
	for _, dt := range []tensor.Dtype{tensor.Float32, tensor.Float64, tensor.Int} {
		if dt != v.Dtype() && !v.Shape().IsScalar() {
			let(fmt.Sprint("dtype ", dt), memory(dt, v.Shape()))
		}
	}
	p, sparse := v.(*Pattern)
	for _, s := range otherShapes(v.Shape()) {
		let(fmt.Sprint("shape ", s), memory(v.Dtype(), s))
		if s.TotalSize() != v.Shape().TotalSize() || sparse {
			continue
		}
		out = append(out, standIn{fmt.Sprint("reshaped to ", s), func(n *G.Node) error {
			d := memory(v.Dtype(), v.Shape())
			if err := G.Let(n, d); err != nil {
				return err
			}
			return d.Reshape(s...)
		}})
	}
	if sparse {
		r, c := p.Rows(), p.Cols()
		for _, s := range [][2]int{{r + 1, c}, {r, c + 1}, {r + 1, c + 1}, {2 * r, 2 * c}, {1, 1}} {
			if s != [2]int{r, c} {
				let(fmt.Sprint("a pattern of ", s), coo(s[0], s[1], [2]int{s[0] - 1, s[1] - 1}))
			}
		}
		let("a tensor of Int", memory(tensor.Int, tensor.Shape{1}))
	}
	return out
}

// swaps runs c with each input in turn replaced by everything that Let and
// Reshape let through: an error that says so, but never a number.
func swaps(t *testing.T, c opCase, memory maker, guard func(p *program)) (tried int) {
	vals := c.values()
	p := compile(t, c, vals)
	guard(p)
	_, err := p.run()
	require.NoError(t, err)
	for i, n := range p.in {
		if !p.graph.Has(n.ID()) {
			continue // nothing reads it
		}
		for _, s := range standIns(vals[i], memory) {
			if s.try(n) == nil {
				tried++
				_, err := p.run()
				if assert.Error(t, err, "input %d: %s", i, s.what) {
					assert.Contains(t, err.Error(), "ops: ", "input %d: %s", i, s.what)
					assert.NotContains(t, err.Error(), "internal", "input %d: %s", i, s.what)
				}
			}
			require.NoError(t, G.Let(n, vals[i]))
		}
	}
	return tried
}

// Whatever takes an input's place at run with another shape or dtype is an
// error: no write outside of a buffer, no entry of the run before.
func TestInputsOfOtherFormsAreRefused(t *testing.T) {
	tried, cases := 0, 0
	each(t, func(t *testing.T, c opCase) {
		cases++
		tried += swaps(t, c, onHeap, func(*program) {})
	})
	t.Logf("%d swaps in %d expressions, each refused", tried, cases)
	require.Greater(t, tried, 1000)
}

// The same on the LispMachine, which asks for values and derivatives one node
// after the other.
func TestInputsOfOtherFormsAreRefusedOnTheLispMachine(t *testing.T) {
	if raced {
		t.Skip("Gorgonia's LispMachine has a race of its own between the end of RunAll and its goroutine after an error")
	}
	tried := 0
	each(t, func(t *testing.T, c opCase) {
		for i, v := range c.values() {
			for _, s := range otherShapes(v.Shape()) {
				y, in := c.graph(t)
				loss := must[*G.Node](t)(Sum(y))
				graph := loss.Graph().SubgraphRoots(loss)
				if !graph.Has(in[i].ID()) {
					continue
				}
				if (standIn{"", func(n *G.Node) error { return G.Let(n, onHeap(v.Dtype(), s)) }}).try(in[i]) != nil {
					continue
				}
				tried++
				vm := G.NewLispMachine(graph)
				err := vm.RunAll()
				require.NoError(t, vm.Close())
				if assert.Error(t, err, "input %d: shape %v", i, s) {
					assert.Contains(t, err.Error(), "ops: ", "input %d: shape %v", i, s)
					assert.NotContains(t, err.Error(), "internal", "input %d: shape %v", i, s)
				}
			}
		}
	})
	t.Logf("%d swaps, each refused", tried)
	require.Greater(t, tried, 100)
}

// The ops that derivatives are made of check their inputs as well.
func TestEveryOpChecksItsInputs(t *testing.T) {
	tried, seen := 0, map[string]bool{}
	each(t, func(t *testing.T, c opCase) {
		for _, n := range compile(t, c, c.values()).graph.AllNodes() {
			o, ok := n.Op().(*op)
			if !ok {
				continue
			}
			seen[o.name] = true
			good := make([]G.Value, len(o.in))
			for i, f := range o.in {
				if good[i] = G.Value(onHeap(f.dtype, f.shape)); o.kind(i) == 'p' {
					good[i] = coo(1, 1)
				}
			}
			for i, f := range o.in {
				for _, s := range otherShapes(f.shape) {
					bad := slices.Clone(good)
					bad[i] = onHeap(f.dtype, s)
					tried++
					_, err := o.run(bad)
					require.ErrorContains(t, err, "as when the graph was built", "%s, input %d", o.name, i)
				}
			}
		}
	})
	var derivatives int
	for name := range seen {
		if strings.HasSuffix(name, "Grad") {
			derivatives++
		}
	}
	t.Logf("%d calls of %d kinds of op, of which %d are named as derivatives", tried, len(seen), derivatives)
	require.Greater(t, derivatives, 10)
}

// Gather wrote M×n floats into a result of M.
func TestAMatrixForAVector(t *testing.T) {
	g := G.NewGraph()
	x := node(g, "x", vec(1, 2, 3))
	y := must[*G.Node](t)(Gather(x, node(g, "i", idx(0, 2))))
	vm := G.NewTapeMachine(y.Graph().SubgraphRoots(y))
	defer vm.Close()
	require.NoError(t, G.Let(x, mat(1, 3, 1, 2, 3)))
	assert.ErrorContains(t, vm.RunAll(), "ops: Gather: input 0 has shape (1, 3), want (3), as when the graph was built")
}
