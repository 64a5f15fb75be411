package layers

import (
	"fmt"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Stack is layers one after the other as one layer, as Sequence applies them,
// so that a small network can be given where a layer is wanted.
//
// Modes: those of all its layers. Shapes: what the last layer gives; without
// layers the graph is passed on. The losses are those of all layers, in their
// order.
type Stack struct {
	Layers []Layer // none of them nil
	made
}

// NewStack is a Stack of the given layers.
func NewStack(ls ...Layer) *Stack { return &Stack{Layers: ls, made: byNew()} }

// Class implements Classed.
func (*Stack) Class() string { return "stack" }

// Apply implements Layer.
func (l *Stack) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	sc = sc.Sub(l.Class())
	err := checkMade(l)
	if err == nil {
		err = l.check()
	}
	if err != nil {
		return Output{}, fail(sc, err)
	}
	return Sequence(sc, in, l.Layers...)
}

func (l *Stack) check() error {
	for i, next := range l.Layers {
		if isNil(next) {
			return fmt.Errorf("%s[%d] is nil", "Layers", i)
		}
	}
	return nil
}
