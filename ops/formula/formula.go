// Package formula lets a formula of several nodes be written without a test
// after each of them: Must and Ensure end it at the first error, and Build,
// which every such formula stands in, returns that error.
package formula

// failure carries an error out of a formula.
type failure struct{ err error }

// Must is v; an error ends the formula.
func Must[T any](v T, err error) T {
	Ensure(err)
	return v
}

// Ensure ends the formula where there is an error.
func Ensure(err error) {
	if err != nil {
		panic(failure{err})
	}
}

// Build is the value of a formula, or the error that ended it, with a value of
// zero. Any other panic goes on: a fault of the formula is not an error of its
// caller.
func Build[T any](formula func() T) (v T, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case failure:
			err = p.err
		default:
			panic(p)
		}
	}()
	return formula(), nil
}
