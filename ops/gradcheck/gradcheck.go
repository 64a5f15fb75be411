package gradcheck

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
)

// Input is one input of the expression under check.
type Input struct {
	// Name names the node and appears in errors; "in0", "in1", … where empty.
	// Names are unique in a case.
	Name string
	// Value is a *tensor.Dense or a scalar (gorgonia.NewF64, …) of float32 or
	// float64, which is differentiated, or any other value, which is a
	// constant: vectors of indices, or an opaque value such as a sparse
	// pattern. Float values are copied, views included; opaque values are used
	// as they are.
	Value G.Value
	// Fixed makes a float input a constant.
	Fixed bool
}

// Case is an expression to check. Build is called several times, each time
// with a new graph, and must build the same expression every time.
type Case struct {
	// Name begins every error; may be empty.
	Name string
	// Inputs become the nodes in of Build, in this order.
	Inputs []Input
	// Build returns the outputs: at least one, float32 or float64, all of the
	// same dtype, of any shape. [One] serves the common case of one output.
	Build func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error)
	// Forward is an optional reference: for each output its entries in
	// row-major order, or nil for an output not compared. It gets copies of
	// the inputs.
	Forward func(in []G.Value) ([][]float64, error)
	// Params says which of the float variables that Build itself added and
	// bound, such as the weights of a layer, are differentiated too, by the
	// name of the node. Nil: all of them. They are copied and never written.
	Params func(name string) bool
}

// One turns the results of a function that builds one node into those of
// Case.Build: return gradcheck.One(gorgonia.Tanh(in[0])).
func One(n *G.Node, err error) (G.Nodes, error) {
	if err != nil {
		return nil, err
	}
	return G.Nodes{n}, nil
}

// Check compares the gradients and the outputs of a case with what they
// should be, as the package documentation says, and returns nil when all of
// them agree.
//
// A disagreement is a [*Mismatch], the worst one for each machine and each
// kind of comparison; several are joined with [errors.Join]. Other errors say
// what could not be built or run.
func Check(c Case, o Options) error {
	err := guard("check", func() error { return check(c, o) })
	var m *Mismatch
	switch {
	case err == nil || errors.As(err, &m): // a Mismatch says which case it is
		return err
	case c.Name == "":
		return fmt.Errorf("gradcheck: %w", err)
	}
	return fmt.Errorf("gradcheck: %s: %w", c.Name, err)
}

// guard turns a panic of f into an error that says what was being done.
func guard(what string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: panic: %v", what, r)
		}
	}()
	return f()
}
