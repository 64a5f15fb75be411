package modes

// A formula of several nodes is written without a test after each of them:
// must and ensure end it at the first error, and build, which every such formula stands
// in, returns that error.

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
