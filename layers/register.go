package layers

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/graphpool/graphpool/layers/internal/config"
)

// entry is a layer that has a configuration.
type entry struct {
	class     string
	kind      reflect.Type
	construct func() Classed
}

// registry is the layers of other packages. It only grows, and a class that is
// in it, or is one of this package's, stands for one type for good: no call
// changes what a configuration means to another.
var registry struct {
	sync.RWMutex
	entries []entry
}

// Register lets layers of another package be saved and loaded: Marshal writes
// them under their class, and Unmarshal makes them by construct, which gives a
// new layer with its defaults, a pointer to a struct, at each call. It is for
// use at the start of a program, and safe from many goroutines.
//
//	err := layers.Register(func() layers.Classed { return newHubPool(0) })
//
// Options are the exported fields, of the kinds that this package's layers
// have. It errs for a class that is empty or has other signs than lower-case
// letters, digits and points, and for one that another type has, be it of this
// package or registered. To register a type again changes nothing.
func Register(construct func() Classed) error {
	if construct == nil {
		return errors.New("layers: register: the constructor is nil")
	}
	l := construct()
	if v := reflect.ValueOf(l); v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("layers: register: the constructor gives %T, want a pointer to a struct", l)
	}
	class := l.Class()
	if class == "" || strings.Trim(class, "abcdefghijklmnopqrstuvwxyz0123456789.") != "" {
		return fmt.Errorf("layers: register: the class of %T is %q, want lower-case letters, digits and points", l, class)
	}
	e := entry{class, reflect.TypeOf(l), construct}
	registry.Lock()
	defer registry.Unlock()
	for _, other := range append(own(), registry.entries...) {
		switch {
		case other.class != class:
		case other.kind == e.kind:
			return nil
		default:
			return fmt.Errorf("layers: register: class %q of %T is that of %v, want one of its own", class, l, other.kind)
		}
	}
	registry.entries = append(registry.entries, e)
	return nil
}

// own is the layers of this package.
func own() []entry {
	var es []entry
	for _, construct := range constructors() {
		l := construct()
		es = append(es, entry{l.Class(), reflect.TypeOf(l), construct})
	}
	var level Classed = &levelPool{}
	return append(es, entry{level.Class(), reflect.TypeOf(level), func() Classed { return &levelPool{} }})
}

// known is all layers that have a configuration.
func known() []entry {
	registry.RLock()
	defer registry.RUnlock()
	return append(own(), registry.entries...)
}

// classOf is the class that a layer is saved by.
func classOf(l Layer) (string, error) {
	v := reflect.ValueOf(l)
	if l == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return "", errors.New("a nil layer has no configuration")
	}
	for _, e := range known() {
		if e.kind == v.Type() {
			return e.class, nil
		}
	}
	return "", fmt.Errorf("%T is not a layer of this package, and has no configuration unless it is registered, see Register", l)
}

// layerOf is a new layer of a class, with its defaults.
func layerOf(class string) (Classed, error) {
	for _, e := range known() {
		if config.SameClass(class, e.class) {
			return e.construct(), nil
		}
	}
	return nil, fmt.Errorf("unknown class %q, want one of this package or one that the program registers, see Register", class)
}
