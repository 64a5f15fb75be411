package gradcheck

import (
	"fmt"
	"hash"
	"hash/fnv"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// contraction is the loss Σ_k Σ_i c_ki·y_ki of all outputs y. It is an op of
// its own because the built-in ways to it (HadamardProd and Sum, with a
// Reshape) overwrite or alias their operands, or differ between machines.
type contraction struct {
	c      [][]float64
	types  []hm.Type // of the outputs
	shapes []tensor.Shape
	dt     tensor.Dtype
}

// contract adds the loss to the graph of the outputs.
func contract(outs G.Nodes, c [][]float64) (*G.Node, error) {
	op := &contraction{c: c, dt: outs[0].Dtype()}
	for _, n := range outs {
		op.types = append(op.types, n.Type())
		op.shapes = append(op.shapes, n.Shape())
	}
	return G.ApplyOp(op, outs...)
}

func (o *contraction) Arity() int { return len(o.c) }

func (o *contraction) Type() hm.Type {
	ts := append(append([]hm.Type{}, o.types...), o.dt)
	return hm.NewFnType(ts...)
}

func (o *contraction) InferShape(...G.DimSizer) (tensor.Shape, error) {
	return tensor.ScalarShape(), nil
}

// Do sums in float64, always in the same order.
func (o *contraction) Do(ys ...G.Value) (G.Value, error) {
	var sum float64
	for k, y := range ys {
		e, err := o.entries(k, y)
		if err != nil {
			return nil, err
		}
		for i, c := range o.c[k] {
			sum += c * e.at(i)
		}
	}
	v := newFloats(o.dt, nil)
	e, err := entriesOf(v)
	if err != nil {
		return nil, err
	}
	e.set(0, sum)
	return v, nil
}

func (o *contraction) entries(k int, y G.Value) (entries, error) {
	e, err := entriesOf(y)
	if err == nil && e.n != len(o.c[k]) {
		err = fmt.Errorf("output %d has %d entries, want %d", k, e.n, len(o.c[k]))
	}
	return e, err
}

func (o *contraction) DiffWRT(inputs int) []bool {
	all := make([]bool, inputs)
	for i := range all {
		all[i] = true
	}
	return all
}

func (o *contraction) SymDiff(inputs G.Nodes, _, grad *G.Node) (G.Nodes, error) {
	dys := make(G.Nodes, len(inputs))
	for k := range inputs {
		var err error
		if dys[k], err = G.ApplyOp(&spread{o, k}, grad); err != nil {
			return nil, err
		}
	}
	return dys, nil
}

// DoDiff adds c times the derivative of the loss to that of each output.
func (o *contraction) DoDiff(_ G.ExecutionContext, inputs G.Nodes, output *G.Node) error {
	scale, err := derivative(output)
	if err != nil {
		return err
	}
	for k, in := range inputs {
		d, err := derivative(in)
		if err != nil {
			return err
		}
		for i, c := range o.c[k] {
			d.set(i, d.at(i)+c*scale.at(0))
		}
	}
	return nil
}

func derivative(n *G.Node) (entries, error) {
	d, err := n.Grad()
	if err != nil {
		return entries{}, err
	}
	return entriesOf(d)
}

func (o *contraction) ReturnsPtr() bool      { return false }
func (o *contraction) CallsExtern() bool     { return false }
func (o *contraction) OverwritesInput() int  { return -1 }
func (o *contraction) String() string        { return fmt.Sprintf("contract%v", o.shapes) }
func (o *contraction) WriteHash(h hash.Hash) { fmt.Fprint(h, "gradcheck ", o) }
func (o *contraction) Hashcode() uint32      { return hashcode(o) }

func hashcode(o interface{ WriteHash(hash.Hash) }) uint32 {
	h := fnv.New32a()
	o.WriteHash(h)
	return h.Sum32()
}
