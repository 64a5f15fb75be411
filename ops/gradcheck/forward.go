package gradcheck

import (
	"fmt"
	"math"
	"reflect"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// forward evaluates the outputs of one instance again and again. The values
// of the leaves may be changed in place between runs.
type forward struct {
	*instance
	vm   G.VM
	read []G.Value
}

func newForward(in *instance) (*forward, error) {
	f := &forward{instance: in, read: make([]G.Value, len(in.outs))}
	for k, n := range in.outs {
		G.Read(n, &f.read[k])
	}
	err := guard("compile", func() error {
		f.vm = G.NewTapeMachine(in.g.SubgraphRoots(in.outs...))
		return nil
	})
	return f, err
}

// run evaluates the outputs and puts their entries into dst, which has a
// slice for each of them.
func (f *forward) run(dst [][]float64) error {
	clear(f.read) // or the reads would copy into the values of the last run
	err := guard("run", f.vm.RunAll)
	f.vm.Reset()
	if err != nil {
		return fmt.Errorf("forward run: %w", err)
	}
	return f.collect(f.read, dst)
}

// collect checks the shapes of output values and copies their entries.
func (in *instance) collect(values []G.Value, dst [][]float64) error {
	for k, v := range values {
		if v == nil {
			return fmt.Errorf("output %d has no value after the run", k)
		}
		if have, want := v.Shape(), in.outs[k].Shape(); !sameShape(have, want) {
			return fmt.Errorf("output %d has shape %v at run time, %v at build", k, have, want)
		}
		e, err := entriesOf(v)
		if err != nil {
			return fmt.Errorf("output %d: %w", k, err)
		}
		dst[k] = e.appendTo(dst[k][:0])
	}
	return nil
}

// sameShape compares sizes exactly, but for scalars, which some built-in ops
// return as tensors of one entry.
func sameShape(a, b tensor.Shape) bool {
	if a.IsScalarEquiv() && b.IsScalarEquiv() {
		return true
	}
	return len(a) == len(b) && a.Eq(b)
}

// repeatable runs twice, and checks that nothing differs and that no output
// of a user's op is the memory of an input.
func (f *forward) repeatable() ([][]float64, error) {
	first, second := make([][]float64, len(f.outs)), make([][]float64, len(f.outs))
	if err := f.run(first); err != nil {
		return nil, err
	}
	if err := f.aliased(); err != nil {
		return nil, err
	}
	if err := f.run(second); err != nil {
		return nil, err
	}
	for k := range first {
		for i, y := range first[k] {
			if math.Float64bits(y) != math.Float64bits(second[k][i]) {
				return nil, fmt.Errorf("two runs differ: output %d%v is %v, then %v", k, unravel(i, f.outs[k].Shape()), y, second[k][i])
			}
		}
	}
	return first, nil
}

// aliased finds an output that shares memory with an input: a built-in
// in-place op after it would then overwrite the input. Gorgonia's own ops
// that return views (Reshape, Slice) are let pass.
func (f *forward) aliased() error {
	for k, n := range f.outs {
		if n.Op() == nil || fromGorgonia(n.Op()) {
			continue
		}
		y := n.Value()
		for _, l := range f.inputs {
			if y != nil && l.value.MemSize() > 0 && y.Uintptr() >= l.value.Uintptr() && y.Uintptr() < l.value.Uintptr()+l.value.MemSize() {
				return fmt.Errorf("output %d (%v) shares its memory with input %s, want a copy", k, n.Op(), l.name)
			}
		}
	}
	return nil
}

func fromGorgonia(op G.Op) bool {
	t := reflect.TypeOf(op)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath() == reflect.TypeFor[G.Node]().PkgPath()
}
