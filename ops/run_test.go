package ops

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// each runs f as a subtest of every case of the table.
func each(t *testing.T, f func(t *testing.T, c opCase)) {
	for _, row := range opRows() {
		for _, c := range row.cases {
			t.Run(row.op+"/"+strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) { f(t, c) })
		}
	}
}

// check is c as gradcheck takes it, in float32 where asked.
func (c opCase) check(narrow bool) gradcheck.Case {
	in := slices.Clone(c.in)
	for i := range in {
		if narrow {
			in[i].Value = single(in[i].Value)
		}
	}
	return gradcheck.Case{
		Name: c.name, Inputs: in,
		Build:   func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) { return gradcheck.One(c.build(in)) },
		Forward: func(in []G.Value) ([][]float64, error) { return [][]float64{c.reference(in)}, nil },
	}
}

func (c opCase) reference(in []G.Value) []float64 {
	if c.ref == nil {
		return c.want
	}
	return c.ref(in)
}

func (c opCase) values() []G.Value {
	var vs []G.Value
	for _, in := range c.in {
		vs = append(vs, in.Value)
	}
	return vs
}

// graph builds c on a new graph, each input a copy.
func (c opCase) graph(t testing.TB) (y *G.Node, in G.Nodes) {
	g := G.NewGraph()
	for i, x := range c.in {
		v, err := G.CloneValue(x.Value)
		require.NoError(t, err)
		in = append(in, node(g, fmt.Sprintf("in%d", i), v))
	}
	y, err := c.build(in)
	require.NoError(t, err)
	return y, in
}

func TestOpsInFloat64(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		require.False(t, c.want == nil && c.ref == nil, "the case has no value to compare with")
		if c.want != nil && c.ref != nil {
			assert.InDeltaSlice(t, c.want, c.ref(c.values()), 1e-12, "the reference against the value worked by hand")
		}
		assert.NoError(t, gradcheck.Check(c.check(false), gradcheck.Options{}))
	})
}

func TestOpsInFloat32(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		if c.wide {
			t.Skip("values that float32 cannot hold")
		}
		assert.NoError(t, gradcheck.Check(c.check(true), gradcheck.Options{}))
	})
}

// prefix is how an error of this package begins, once.
var prefix = regexp.MustCompile(`\bops: `)

func TestCallsThatAreRefused(t *testing.T) {
	for _, row := range opRows() {
		for _, b := range row.bad {
			t.Run(row.op+"/"+strings.ReplaceAll(b.name, " ", "_"), func(t *testing.T) {
				err := b.build(G.NewGraph())
				require.Error(t, err)
				assert.True(t, strings.HasPrefix(err.Error(), "ops: "), err.Error())
				assert.Len(t, prefix.FindAllString(err.Error(), -1), 1, err.Error())
				assert.Contains(t, err.Error(), b.want)
			})
		}
	}
}

// Each input in turn is nil, or of a dtype that it cannot have.
func TestWrongNodesAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		for i, x := range c.in {
			for what, wrong := range wrongNodes(x.Value) {
				if what == "nil" && slices.Contains(c.free, i) {
					continue
				}
				_, in := c.graph(t)
				in[i] = wrong(in[i].Graph())
				_, err := c.build(in)
				if assert.Error(t, err, "input %d is %s", i, what) {
					assert.Contains(t, err.Error(), "ops: ", "input %d is %s", i, what)
				}
			}
		}
	})
}

func wrongNodes(v G.Value) map[string]func(*G.ExprGraph) *G.Node {
	wrong := map[string]func(*G.ExprGraph) *G.Node{
		"nil": func(*G.ExprGraph) *G.Node { return nil },
	}
	if v.Dtype() == tensor.Int {
		wrong["of floats"] = func(g *G.ExprGraph) *G.Node {
			return node(g, "wrong", tensor.New(tensor.WithShape(v.Shape()...), tensor.Of(tensor.Float64)))
		}
		return wrong
	}
	wrong["of Int"] = func(g *G.ExprGraph) *G.Node { return node(g, "wrong", idx(0, 1, 2)) }
	return wrong
}

// Every float input in turn is float32 among float64, of no axes, or of one
// axis more: an error at build, or a run that ends, but never a panic.
func TestShapesThatDoNotFit(t *testing.T) {
	each(t, func(t *testing.T, c opCase) {
		for i, x := range c.in {
			if x.Value.Dtype() != tensor.Float64 {
				continue
			}
			more := tensor.New(tensor.WithShape(append([]int{2}, x.Value.Shape()...)...), tensor.Of(tensor.Float64))
			for _, v := range []G.Value{single(x.Value), G.NewF64(0.5), more} {
				_, in := c.graph(t)
				in[i] = node(in[i].Graph(), "other", v)
				y, err := c.build(in)
				if err != nil {
					assert.True(t, strings.HasPrefix(err.Error(), "ops: "), err.Error())
					continue
				}
				vm := G.NewTapeMachine(y.Graph().SubgraphRoots(y))
				assert.NotPanics(t, func() { _ = vm.RunAll() })
				vm.Close()
			}
		}
	})
}

func sameBits(t *testing.T, want, got []float64, what string) {
	t.Helper()
	require.Len(t, got, len(want), what)
	for i := range want {
		if math.Float64bits(want[i]) != math.Float64bits(got[i]) {
			require.FailNow(t, "not the same bits", "%s: element %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}
