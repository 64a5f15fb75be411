package layers

import (
	"fmt"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// Layer adds its nodes to the expression graph of in.
type Layer interface {
	Apply(sc *param.Scope, in modes.Graph) (Output, error)
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
	return losses.Term{}, fmt.Errorf("layers: no loss %q", name)
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
