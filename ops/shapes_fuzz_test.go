package ops

import (
	"math"
	"strings"
	"testing"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// FuzzRunForms gives an input of an op a value of any shape and dtype, with any
// content, at run: the result is that of the right form, or an error that is
// not internal.
func FuzzRunForms(f *testing.F) {
	var cases []opCase
	for _, row := range opRows() {
		cases = append(cases, row.cases...)
	}
	f.Add(uint16(0), uint8(0), uint8(0), uint8(1), uint8(3), uint8(0), uint8(2), int64(1))
	f.Add(uint16(40), uint8(1), uint8(2), uint8(2), uint8(2), uint8(2), uint8(3), int64(-1))
	f.Fuzz(func(t *testing.T, at uint16, input, kind, a, b, c, rank uint8, content int64) {
		x := cases[int(at)%len(cases)]
		i := int(input) % len(x.in)
		y, in := x.graph(t)
		p := &program{in: in, read: make([]G.Value, 1)}
		G.Read(y, &p.read[0])
		p.vm = G.NewTapeMachine(y.Graph().SubgraphRoots(y))
		defer p.vm.Close()
		shape := tensor.Shape{int(a)%7 + 1, int(b)%7 + 1, int(c)%7 + 1}[:rank%4]
		dt := []tensor.Dtype{tensor.Float32, tensor.Float64, tensor.Int}[kind%3]
		v := fuzzed(dt, shape, content)
		same := same(shape, x.in[i].Value.Shape()) && dt == x.in[i].Value.Dtype()
		if (standIn{"", func(n *G.Node) error { return G.Let(n, v) }}).try(in[i]) != nil {
			return
		}
		_, err := p.run()
		switch {
		case err != nil && strings.Contains(err.Error(), "internal"):
			t.Fatalf("%s, input %d of %v %v: %v", x.name, i, dt, shape, err)
		case err == nil && !same && y.Graph().SubgraphRoots(y).Has(in[i].ID()):
			t.Fatalf("%s takes %v %v for input %d", x.name, dt, shape, i)
		}
	})
}

// fuzzed is a value of numbers made of one: of any bits for floats.
func fuzzed(dt tensor.Dtype, shape tensor.Shape, content int64) G.Value {
	if len(shape) == 0 {
		return map[tensor.Dtype]G.Value{
			tensor.Float32: G.NewF32(math.Float32frombits(uint32(content))),
			tensor.Float64: G.NewF64(math.Float64frombits(uint64(content))),
			tensor.Int:     G.NewI(int(content)),
		}[dt]
	}
	d := tensor.New(tensor.WithShape(shape...), tensor.Of(dt))
	switch x := d.Data().(type) {
	case []float32:
		for i := range x {
			x[i] = math.Float32frombits(uint32(content) + uint32(i))
		}
	case []float64:
		for i := range x {
			x[i] = math.Float64frombits(uint64(content) + uint64(i))
		}
	case []int:
		for i := range x {
			x[i] = int(content) + i%3
		}
	}
	return d
}
