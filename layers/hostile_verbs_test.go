package layers

import (
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
)

// The verbs of a pooler, called without Apply, err on what nobody should give
// them: graphs that no constructor makes, a selection of nothing, features of
// another number of nodes.
func TestHostileVerbs(t *testing.T) {
	for _, construct := range constructors() {
		made, ok := construct().(Pooler)
		if !ok {
			continue
		}
		t.Run(made.Class(), func(t *testing.T) {
			literal := reflect.New(reflect.TypeOf(made).Elem()).Interface().(Pooler)
			for name, p := range map[string]Pooler{"made": made, "literal": literal} {
				_, right := hostileScope(t)
				graphs := hostileGraphs(t)
				graphs["zero"], graphs["right"] = modes.Graph{}, right
				for what, in := range graphs {
					hostileVerbs(t, name+", "+what, p, in, what != "right")
				}
			}
			hostileLift(t, made)
		})
	}
}

// weightless are the classes of poolers without weights, which need no scope.
var weightless = []string{"gracluspool", "lapool", "ndppool", "seppool", "sortpool"}

// hostileVerbs calls every verb with a selection of nothing, and Select as
// well where the graph is not right.
func hostileVerbs(t *testing.T, name string, p Pooler, in modes.Graph, wrong bool) {
	sc, _ := hostileScope(t)
	x := G.NewMatrix(sc.Graph(), G.Float64, G.WithShape(2, 3), G.WithName("pooled"))
	assert.NotPanics(t, func() {
		if wrong {
			_, err := p.Select(sc, in)
			assert.Error(t, err, name)
		}
		_, err := p.Select(nil, in)
		if !slices.Contains(weightless, p.Class()) {
			assert.Error(t, err, name)
		}
		_, err = p.Reduce(sc, in, Selection{})
		assert.Error(t, err, name)
		_, err = p.Connect(sc, in, Selection{})
		assert.Error(t, err, name)
		_, err = p.Lift(in, Selection{}, x)
		assert.Error(t, err, name)
		if terms, err := p.Losses(in, Selection{}); len(terms) > 0 {
			assert.Error(t, err, name)
		}
	}, name)
}

// hostileLift lifts features that are not of the new nodes.
func hostileLift(t *testing.T, p Pooler) {
	sc, in := hostileScope(t)
	options := reflect.ValueOf(p).Elem()
	if n := options.FieldByName("Eigenvectors"); n.IsValid() {
		n.SetInt(2)
	}
	if ratio := options.FieldByName("Ratio"); ratio.IsValid() {
		ratio.SetFloat(0.5)
	} else if k := options.FieldByName("K"); k.IsValid() {
		k.SetInt(2)
	}
	sel, err := p.Select(sc, in)
	if !assert.NoError(t, err) {
		return
	}
	scalar := G.NewScalar(sc.Graph(), G.Float64, G.WithName("scalar"))
	long := G.NewMatrix(sc.Graph(), G.Float64, G.WithShape(101, 3), G.WithName("long"))
	for name, x := range map[string]*G.Node{"nil": nil, "scalar": scalar, "long": long} {
		assert.NotPanics(t, func() {
			_, err := p.Lift(in, sel, x)
			assert.ErrorContains(t, err, "new nodes", name)
		}, name)
	}
}
