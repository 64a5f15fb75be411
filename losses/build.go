package losses

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

// failure carries an error out of a formula.
type failure struct{ err error }

// must is v, or where err is set the end of the formula that build runs: it
// panics with a failure. Only what runs inside build may call it.
func must[T any](v T, err error) T {
	if err != nil {
		panic(failure{err})
	}
	return v
}

// build is the node that a formula makes, or the error that ended it, after the
// name of the loss. It is the only place that recovers, and any other panic goes
// on: a fault of this package is not an error of its caller.
func build(name string, formula func() *G.Node) (n *G.Node, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			n, err = nil, fmt.Errorf("losses: %s: %w", name, r.err)
		default:
			panic(r)
		}
	}()
	return formula(), nil
}
