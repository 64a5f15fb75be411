// Package layertest is what the tests of layers have in common.
package layertest

import (
	"fmt"
	"reflect"

	"github.com/graphpool/graphpool/layers"
)

// Literal is a layer as its constructor makes it, with every option then set
// to that of a literal, zeros included. It panics for a class that there is
// not.
func Literal[L layers.Classed](literal L) L {
	l, err := layers.Unmarshal([]byte(fmt.Sprintf(`{"class":%q}`, literal.Class())))
	if err != nil {
		panic(err)
	}
	copyOptions(reflect.ValueOf(l).Elem(), reflect.ValueOf(literal).Elem())
	return l.(L)
}

// copyOptions sets the exported fields of a struct and of those it embeds.
func copyOptions(to, from reflect.Value) {
	for i := range to.NumField() {
		switch f := to.Type().Field(i); {
		case !f.IsExported():
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			copyOptions(to.Field(i), from.Field(i))
		default:
			to.Field(i).Set(from.Field(i))
		}
	}
}
