package layers

import (
	"fmt"
	"reflect"
)

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
