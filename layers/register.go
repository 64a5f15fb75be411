package layers

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// registry is the layers of other packages. It only grows, and a class that is
// in it, or is one of this package's, stands for one type for good: no call
// changes what a configuration means to another.
var registry struct {
	sync.RWMutex
	constructors []func() Classed
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
	registry.Lock()
	defer registry.Unlock()
	for _, other := range append(constructors(), registry.constructors...) {
		o := other()
		if o.Class() != class {
			continue
		}
		if reflect.TypeOf(o) == reflect.TypeOf(l) {
			return nil
		}
		return fmt.Errorf("layers: register: class %q of %T is that of %T, want one of its own", class, l, o)
	}
	registry.constructors = append(registry.constructors, construct)
	return nil
}

// known is the constructors of all layers that have a configuration.
func known() []func() Classed {
	registry.RLock()
	defer registry.RUnlock()
	return append(constructors(), registry.constructors...)
}

// classOf is the class that a layer is saved by.
func classOf(l Layer) (string, error) {
	v := reflect.ValueOf(l)
	if l == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return "", errors.New("a nil layer has no configuration")
	}
	for _, construct := range known() {
		if c := construct(); reflect.TypeOf(c) == v.Type() {
			return c.Class(), nil
		}
	}
	return "", fmt.Errorf("%T is not a layer of this package, and has no configuration unless it is registered, see Register", l)
}

// layerOf is a new layer of a class, with its defaults.
func layerOf(class string) (Classed, error) {
	for _, construct := range known() {
		if l := construct(); sameClass(class, l.Class()) {
			return l, nil
		}
	}
	return nil, fmt.Errorf("unknown class %q, want one of this package or one that the program registers, see Register", class)
}
