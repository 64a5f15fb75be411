package gradcheck

import (
	"errors"
	"fmt"
	"hash"
	"hash/fnv"
	"math"
	"math/rand/v2"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// curve is an elementwise function and what it claims as its derivative, for
// the entry at position i.
type curve struct {
	name  string
	f, df func(i int, x float64) float64
}

func sine(df func(i int, x float64) float64) curve {
	return curve{"sine", func(_ int, x float64) float64 { return math.Sin(x) }, df}
}

func cosAt(_ int, x float64) float64 { return math.Cos(x) }

// elementwise has no gradient at all.
type elementwise struct {
	c      curve
	t      hm.Type
	shape  tensor.Shape
	shares bool // returns its input's memory
	writes bool // adds 1 to its input, and returns 0
}

func (o *elementwise) Arity() int                                     { return 1 }
func (o *elementwise) Type() hm.Type                                  { return hm.NewFnType(o.t, o.t) }
func (o *elementwise) InferShape(...G.DimSizer) (tensor.Shape, error) { return o.shape, nil }
func (o *elementwise) ReturnsPtr() bool                               { return false }
func (o *elementwise) CallsExtern() bool                              { return false }
func (o *elementwise) OverwritesInput() int                           { return -1 }
func (o *elementwise) String() string                                 { return o.c.name }
func (o *elementwise) WriteHash(h hash.Hash)                          { fmt.Fprintf(h, "%s%p", o.c.name, o) }

func (o *elementwise) Hashcode() uint32 { h := fnv.New32a(); o.WriteHash(h); return h.Sum32() }

func (o *elementwise) Do(vs ...G.Value) (G.Value, error) {
	if o.shares {
		return vs[0], nil
	}
	if o.writes {
		e, err := entriesOf(vs[0])
		if err != nil {
			return nil, err
		}
		e.set(0, e.at(0)+1)
		return mapped(func(int, float64) float64 { return 0 }, vs[0], nil)
	}
	return mapped(o.c.f, vs[0], nil)
}

// symbolicOnly lacks DoDiff.
type symbolicOnly struct{ elementwise }

func (o *symbolicOnly) DiffWRT(int) []bool { return []bool{true} }

func (o *symbolicOnly) SymDiff(in G.Nodes, _, grad *G.Node) (G.Nodes, error) {
	n, err := G.ApplyOp(&slope{*o}, in[0], grad)
	return G.Nodes{n}, err
}

// both has SymDiff and DoDiff.
type both struct{ symbolicOnly }

func (o *both) DoDiff(_ G.ExecutionContext, in G.Nodes, out *G.Node) error {
	dx, err := derivative(in[0])
	if err != nil {
		return err
	}
	dy, err := derivative(out)
	if err != nil {
		return err
	}
	x, err := entriesOf(in[0].Value())
	if err != nil {
		return err
	}
	for i := range dx.n {
		dx.set(i, dx.at(i)+dy.at(i)*o.c.df(i, x.at(i)))
	}
	return nil
}

// constant says that it has no gradient, though DoDiff gives one.
type constant struct{ both }

func (o *constant) DiffWRT(int) []bool { return []bool{false} }

// failing returns errors instead of gradients.
type failing struct{ both }

func (o *failing) SymDiff(G.Nodes, *G.Node, *G.Node) (G.Nodes, error) {
	return nil, errors.New("no SymDiff today")
}

func (o *failing) DoDiff(G.ExecutionContext, G.Nodes, *G.Node) error {
	return errors.New("no DoDiff today")
}

// slope is the gradient of an elementwise op: of x and dy.
type slope struct{ of symbolicOnly }

func (o *slope) Arity() int                                     { return 2 }
func (o *slope) Type() hm.Type                                  { return hm.NewFnType(o.of.t, o.of.t, o.of.t) }
func (o *slope) InferShape(...G.DimSizer) (tensor.Shape, error) { return o.of.shape, nil }
func (o *slope) ReturnsPtr() bool                               { return false }
func (o *slope) CallsExtern() bool                              { return false }
func (o *slope) OverwritesInput() int                           { return -1 }
func (o *slope) String() string                                 { return "slope of " + o.of.c.name }

func (o *slope) WriteHash(h hash.Hash) { fmt.Fprintf(h, "slope%s%p", o.of.c.name, o) }

func (o *slope) Hashcode() uint32 { h := fnv.New32a(); o.WriteHash(h); return h.Sum32() }

func (o *slope) Do(vs ...G.Value) (G.Value, error) { return mapped(o.of.c.df, vs[0], vs[1]) }

// mapped is f(x), times scale if there is one.
func mapped(f func(int, float64) float64, x, scale G.Value) (G.Value, error) {
	y, err := copyOf(x)
	if err != nil {
		return nil, err
	}
	e, err := entriesOf(y)
	if err != nil {
		return nil, err
	}
	for i := range e.n {
		e.set(i, f(i, e.at(i)))
	}
	if scale == nil {
		return y, nil
	}
	s, err := entriesOf(scale)
	for i := range s.n {
		e.set(i, e.at(i)*s.at(i))
	}
	return y, err
}

func apply(x *G.Node, make func(elementwise) G.Op, c curve) (*G.Node, error) {
	if x == nil {
		return nil, errors.New("nil node")
	}
	return G.ApplyOp(make(elementwise{c: c, t: x.Type(), shape: x.Shape()}), x)
}

func withBoth(e elementwise) G.Op     { return &both{symbolicOnly{e}} }
func withConstant(e elementwise) G.Op { return &constant{both{symbolicOnly{e}}} }
func withSymbolic(e elementwise) G.Op { return &symbolicOnly{e} }
func withNeither(e elementwise) G.Op  { return &e }

// curveCase checks one elementwise op on one input, x.
func curveCase(c curve, make func(elementwise) G.Op, x G.Value) Case {
	return Case{
		Name:   c.name,
		Inputs: []Input{{Name: "x", Value: x}},
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			return One(apply(in[0], make, c))
		},
	}
}

// dense draws a tensor with entries of magnitude 0.2 to 1.2, either sign.
func dense(dt tensor.Dtype, seed uint64, shape ...int) *tensor.Dense {
	t := tensor.New(tensor.Of(dt), tensor.WithShape(shape...))
	e, err := entriesOf(t)
	if err != nil {
		panic(err)
	}
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range e.n {
		x := 0.2 + r.Float64()
		if r.IntN(2) == 0 {
			x = -x
		}
		e.set(i, x)
	}
	return t
}

// opaque is a value that is no tensor, as a sparse pattern would be.
type opaque float64

func (o opaque) Shape() tensor.Shape        { return tensor.Shape{1} }
func (o opaque) Size() int                  { return 1 }
func (o opaque) Data() any                  { return float64(o) }
func (o opaque) Dtype() tensor.Dtype        { return tensor.Int }
func (o opaque) Type() hm.Type              { return G.TensorType{Dims: 1, Of: tensor.Int} }
func (o opaque) Uintptr() uintptr           { return 0 }
func (o opaque) MemSize() uintptr           { return 0 }
func (o opaque) Clone() any                 { return o }
func (o opaque) ZeroValue() G.Value         { return o }
func (o opaque) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "opaque %v", float64(o)) }

// scaled is x times an opaque factor; its gradient takes the factor claimed.
type scaled struct {
	t       hm.Type
	shape   tensor.Shape
	claimed float64
}

func (o *scaled) Arity() int                                     { return 2 }
func (o *scaled) Type() hm.Type                                  { return hm.NewFnType(o.t, G.TensorType{Dims: 1, Of: tensor.Int}, o.t) }
func (o *scaled) InferShape(...G.DimSizer) (tensor.Shape, error) { return o.shape, nil }
func (o *scaled) ReturnsPtr() bool                               { return false }
func (o *scaled) CallsExtern() bool                              { return false }
func (o *scaled) OverwritesInput() int                           { return -1 }
func (o *scaled) String() string                                 { return "scaled" }
func (o *scaled) WriteHash(h hash.Hash)                          { fmt.Fprintf(h, "scaled%p", o) }

func (o *scaled) Hashcode() uint32   { h := fnv.New32a(); o.WriteHash(h); return h.Sum32() }
func (o *scaled) DiffWRT(int) []bool { return []bool{true, false} }

func (o *scaled) Do(vs ...G.Value) (G.Value, error) {
	factor := float64(vs[1].(opaque))
	return mapped(func(_ int, x float64) float64 { return factor * x }, vs[0], nil)
}

func (o *scaled) SymDiff(_ G.Nodes, _, grad *G.Node) (G.Nodes, error) {
	n, err := apply(grad, withBoth, curve{name: "scale", f: func(_ int, x float64) float64 { return o.claimed * x }})
	return G.Nodes{n, nil}, err
}

func (o *scaled) DoDiff(_ G.ExecutionContext, in G.Nodes, out *G.Node) error {
	dx, err := derivative(in[0])
	if err != nil {
		return err
	}
	dy, err := derivative(out)
	for i := range dy.n {
		dx.set(i, dx.at(i)+o.claimed*dy.at(i))
	}
	return err
}
