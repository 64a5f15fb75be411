package param

import "gorgonia.org/tensor"

// Constraint changes a weight on the host after each step of a solver. Those
// of this package are small comparable structs with Keras's formulas,
// defaults and names, and a JSON form (see [ConstraintByName] and
// [UnmarshalConstraint]).
type Constraint interface {
	// Apply changes w in place. It errs if w has no such axis or is neither
	// float32 nor float64.
	Apply(w *tensor.Dense) error
}
