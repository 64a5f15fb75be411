package layers

import (
	"fmt"
	"math"
)

// A formula of several nodes is written without a test after each of them:
// must and ensure end it at the first error, and build, which every such
// formula stands in, returns that error.

// failure is what must ends a formula with.
type failure struct{ err error }

// must is v; an error ends the formula.
func must[T any](v T, err error) T {
	ensure(err)
	return v
}

// ensure ends the formula where there is an error.
func ensure(err error) {
	if err != nil {
		panic(failure{err})
	}
}

// build is the value of a formula, or the error that must ended it with. Any
// other panic goes on.
func build[T any](formula func() T) (v T, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case failure:
			var none T
			v, err = none, p.err
		default:
			panic(p)
		}
	}()
	return formula(), nil
}

// atLeast errs unless the option named has at least that value.
func atLeast(option string, value, least int) error {
	if value < least {
		return fmt.Errorf("%s = %d, want at least %d", option, value, least)
	}
	return nil
}

// allAtLeast errs unless every value of the option named is that large.
func allAtLeast(option string, values []int, least int) error {
	for i, v := range values {
		if v < least {
			return atLeast(fmt.Sprintf("%s[%d]", option, i), v, least)
		}
	}
	return nil
}

// notNegative errs unless the option named is a finite number of at least 0.
func notNegative(option string, v float64) error {
	if !(v >= 0) || math.IsInf(v, 1) {
		return unwanted(option, v, "a number of at least 0")
	}
	return nil
}

// probability errs unless the option named is in [0, 1).
func probability(option string, p float64) error {
	if !(p >= 0 && p < 1) {
		return fmt.Errorf("%s = %v, want [0, 1)", option, p)
	}
	return nil
}

// unwanted is the error of an option that does not have a value it may have.
func unwanted(option string, value any, want string) error {
	return fmt.Errorf("%s = %v, want %s", option, value, want)
}
