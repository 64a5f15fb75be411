package layers

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// Layer adds its nodes to the expression graph of in.
type Layer interface {
	Apply(sc *param.Scope, in modes.Graph) (Output, error)
}

// Classed is a layer that has a class: the name that stands for its type in
// configurations (Marshal), and for its place in the paths of its weights.
// Saved models hold both, so that a class is never changed. Every layer of
// this package has one.
type Classed interface {
	Layer
	// Class is the name of the type, the same for all layers of it: lower-case
	// letters and digits, without underscores.
	Class() string
}

// Output is what a layer gives: a graph, and for a pooling layer how it came
// about and the losses that go with it.
type Output struct {
	modes.Graph
	Selection Selection     // of the last pooling layer; empty without
	Losses    []losses.Term // by name, unweighted, in a fixed order
}

// Loss is the loss of that name.
func (o Output) Loss(name string) (losses.Term, error) {
	for _, t := range o.Losses {
		if t.Name == name {
			return t, nil
		}
	}
	var have []string
	for _, t := range o.Losses {
		have = append(have, t.Name)
	}
	return losses.Term{}, fmt.Errorf("layers: no loss %q, want one of [%s]", name, strings.Join(have, " "))
}

// Sequence applies layers one after the other and collects their losses; the
// selection is that of the last pooling layer. It errs as they do, and where one
// is nil.
func Sequence(sc *param.Scope, in modes.Graph, ls ...Layer) (Output, error) {
	out := Output{Graph: in}
	for i, l := range ls {
		if isNil(l) {
			return Output{}, fmt.Errorf("layers: layer %d of the sequence is nil", i)
		}
		next, err := l.Apply(sc, out.Graph)
		if err != nil {
			return Output{}, err
		}
		next.Losses = append(out.Losses, next.Losses...)
		if next.Selection.empty() {
			next.Selection = out.Selection
		}
		out = next
	}
	return out, nil
}

// apply is the Apply of a layer: formula gives its output in a scope named
// after its class.
func apply(l Classed, sc *param.Scope, in modes.Graph, formula func(sc *param.Scope) Output) (Output, error) {
	if isNil(l) {
		return Output{}, fail(sc.Sub(classOfNil(l)), fmt.Errorf("the layer is a nil %T, want one that its constructor made", l))
	}
	sc = sc.Sub(l.Class())
	out, err := build(func() Output {
		ensure(checkMade(l))
		return formula(sc)
	})
	if err != nil {
		return Output{}, fail(sc, cmp.Or(checkScope(sc, in), err))
	}
	return out, nil
}

// checkScope errs where weights of the scope cannot meet the features of in. A
// layer without weights does not care, so it is asked after an error alone.
func checkScope(sc *param.Scope, in modes.Graph) error {
	x := in.X.Like()
	switch {
	case x == nil || sc.Graph() == nil: // an error of what reads them
		return nil
	case x.Graph() != sc.Graph():
		return errors.New("the scope is of another expression graph than X, want store.Scope(g, …) with the g of the input")
	case x.Dtype() != sc.Dtype():
		return fmt.Errorf("features of %v and weights of %v in the store, want one dtype", x.Dtype(), sc.Dtype())
	}
	return nil
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
	return apply(l, sc, in, func(sc *param.Scope) Output {
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

// made marks a layer that its constructor made, with its defaults. Apply
// refuses every other: the zero value of an option is a choice, such as no
// self loops or a loss of weight 0, and not its default.
type made struct{ made bool }

func (m made) isMade() bool { return m.made }

// byNew is the mark.
func byNew() made { return made{true} }

// isNil tells whether a layer is nil, or a nil pointer in an interface.
func isNil(l Layer) bool {
	v := reflect.ValueOf(l)
	return l == nil || v.Kind() == reflect.Pointer && v.IsNil()
}

// checkMade errs for a layer of this package that is a literal.
func checkMade(l Layer) error {
	v := reflect.ValueOf(l)
	if isNil(l) {
		return fmt.Errorf("the layer is a nil %T, want one that its constructor made", l)
	}
	if v.Kind() != reflect.Pointer {
		return nil
	}
	if m, ok := l.(interface{ isMade() bool }); ok && !m.isMade() {
		return fmt.Errorf("the layer is a literal of %s, which lacks the defaults, want New%[1]s and fields set after it", v.Type().Elem().Name())
	}
	return nil
}
