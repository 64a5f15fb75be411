package layers

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/ops/formula"
)

// The formulas of this package are those of package formula.

func must[T any](v T, err error) T             { return formula.Must(v, err) }
func ensure(err error)                         { formula.Ensure(err) }
func build[T any](f func() T) (v T, err error) { return formula.Build(f) }

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
