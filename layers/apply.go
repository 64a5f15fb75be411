package layers

import (
	"fmt"
	"strings"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// apply is the Apply of a layer: formula gives its output in a scope named
// after its class.
func apply(l Classed, sc *param.Scope, formula func(sc *param.Scope) Output) (Output, error) {
	if isNil(l) {
		return Output{}, fail(sc.Sub(classOfNil(l)), fmt.Errorf("the layer is a nil %T, want one that its constructor made", l))
	}
	sc = sc.Sub(l.Class())
	out, err := build(func() Output {
		ensure(checkMade(l))
		return formula(sc)
	})
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return out, nil
}

// classOfNil is the class of a nil layer, its type where the class cannot be
// asked for.
func classOfNil(l Classed) (class string) {
	defer func() {
		if recover() != nil {
			class = strings.Trim(fmt.Sprintf("%T", l), "*")
		}
	}()
	return l.Class()
}

// onNodes is the Apply of a layer that gives every node new features, and
// passes the rest of the graph on.
func onNodes(l Classed, sc *param.Scope, in modes.Graph, features func(sc *param.Scope) *G.Node) (Output, error) {
	return apply(l, sc, func(sc *param.Scope) Output {
		return Output{Graph: in.WithX(features(sc))}
	})
}

// within applies a layer that is part of another; the result has the nodes of
// in.
func within(sc *param.Scope, option string, l Layer, in modes.Graph) Output {
	if isNil(l) {
		ensure(fmt.Errorf("%s is a nil layer", option))
	}
	out, err := l.Apply(sc, in)
	if err != nil {
		ensure(fmt.Errorf("%s: %w", option, err))
	}
	if out.X.Dense == nil && out.X.Sparse == nil || out.Rows() != in.Rows() {
		ensure(fmt.Errorf("%s gives %d rows, want %d, the nodes'", option, out.X.Rows(), in.Rows()))
	}
	return out
}

// fail puts the layer's place in the model before an error.
func fail(sc *param.Scope, err error) error {
	return fmt.Errorf("layers: %s: %w", sc.Path(), err)
}
