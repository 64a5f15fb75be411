package layers_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// named is a layer of another package with a class to choose.
type named struct {
	layers.TopNodes
	class string
}

func (n *named) Class() string { return n.class }

func (n *named) Apply(sc *param.Scope, in modes.Graph) (layers.Output, error) {
	return layers.Output{}, nil
}

// halfPool is registered by the tests.
type halfPool struct{ named }

func (*halfPool) Class() string { return "test.halfpool" }

// byValue is no pointer.
type byValue struct{ *named }

func TestRegister(t *testing.T) {
	_, err := layers.Marshal(&halfPool{})
	require.ErrorContains(t, err, "*layers_test.halfPool is not a layer of this package, and has no configuration unless it is registered")
	_, err = layers.Unmarshal([]byte(`{"class":"test.halfpool"}`))
	require.ErrorContains(t, err, `unknown class "test.halfpool", want one of this package or one that the program registers`)

	construct := func() layers.Classed {
		p := &halfPool{}
		p.Ratio = 0.5
		return p
	}
	var all sync.WaitGroup
	for range 8 { // of one type once and again, by many
		all.Go(func() { assert.NoError(t, layers.Register(construct)) })
	}
	all.Wait()
	l, err := layers.Unmarshal([]byte(`{"class":"test.halfpool","descending":true}`))
	require.NoError(t, err)
	want := construct().(*halfPool)
	want.Descending = true
	assert.Equal(t, want, l)
	data, err := layers.Marshal(layers.NewStack(l))
	require.NoError(t, err)
	back, err := layers.Unmarshal(data)
	require.NoError(t, err)
	assert.Equal(t, layers.NewStack(l), back)
}

func TestRegisterErrors(t *testing.T) {
	of := func(class string) func() layers.Classed {
		return func() layers.Classed { return &named{class: class} }
	}
	for want, construct := range map[string]func() layers.Classed{
		"layers: register: the constructor is nil":                                                 nil,
		"layers: register: the constructor gives <nil>, want a pointer to a struct":                func() layers.Classed { return nil },
		"layers: register: the constructor gives *layers_test.named, want a pointer to a struct":   func() layers.Classed { return (*named)(nil) },
		"layers: register: the constructor gives layers_test.byValue, want a pointer to a struct":  func() layers.Classed { return byValue{} },
		`layers: register: the class of *layers_test.named is "", want lower-case letters, digits`: of(""),
		`layers: register: the class of *layers_test.named is "a/b", want lower-case letters`:      of("a/b"),
		`layers: register: the class of *layers_test.named is "dense_", want lower-case letters`:   of("dense_"),
		`layers: register: class "dense" of *layers_test.named is that of *layers.Dense, want one`: of("dense"),
	} {
		assert.ErrorContains(t, layers.Register(construct), want)
	}
	require.NoError(t, layers.Register(func() layers.Classed { return &otherPool{} }))
	assert.EqualError(t, layers.Register(of("test.otherpool")),
		`layers: register: class "test.otherpool" of *layers_test.named is that of *layers_test.otherPool, want one of its own`)
}

type otherPool struct{ named }

func (*otherPool) Class() string { return "test.otherpool" }

// weightPool keeps the nodes of most weight, in another package's way.
type weightPool struct{ layers.TopNodes }

func newWeightPool(ratio float64) *weightPool {
	p := &weightPool{}
	p.Ratio = ratio
	return p
}

// Class is its name in files. The name of one's own project goes before it.
func (*weightPool) Class() string { return "mine.weightpool" }

func (p *weightPool) Apply(sc *param.Scope, in modes.Graph) (layers.Output, error) {
	return layers.Pool(p, sc, in)
}

func (p *weightPool) Select(_ *param.Scope, in modes.Graph) (layers.Selection, error) {
	if err := in.CheckA(); err != nil {
		return layers.Selection{}, err
	}
	degree, err := in.A.Degree(in.X.Dense)
	if err != nil {
		return layers.Selection{}, err
	}
	return p.SelectTop(in, degree)
}

// A pooler of one's own is saved and loaded like any other.
func ExampleRegister() {
	check(layers.Register(func() layers.Classed { return newWeightPool(1) }))

	data, err := layers.MarshalModel(layers.NewStack(newWeightPool(0.5)))
	check(err)
	model, err := layers.UnmarshalModel(data)
	check(err)
	sc, in := path(1, 2, 3, 4)
	out, err := layers.Sequence(sc, in, model...)
	check(err)
	fmt.Printf("%T\n", model[0].(*layers.Stack).Layers[0])
	show(out.Selection.Index)
	// Output:
	// *layers_test.weightPool
	// [1 2]
}
