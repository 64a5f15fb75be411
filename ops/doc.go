// Package ops provides the differentiable operations of which graph pooling is
// built, as Gorgonia operations: gathers and their adjoints, reductions over
// segments, top-k selection, products with a sparse pattern, row-wise softmax,
// fused linear layers, and products with a transposed left operand.
//
// # Conventions
//
// An operation works on tensors and sparse patterns; it knows nothing of graphs
// of nodes. A tensor of rank r ≥ 2 is read as rows × n, where n is its last axis
// and the rows are all axes before it. So the same operation works on one graph
// (N×F) and on a batch of graphs (B×N×F). Float operations exist in float32 and
// float64, and all float inputs of an operation have the same dtype.
//
// A vector of indices has dtype Int. Index −1 always means padding: a gather
// reads a row of zeros there, a reduction skips the row, and no gradient passes.
//
// # Gradients
//
// Each operation states its derivative once, in terms of other operations of
// this package. Symbolic differentiation (Gorgonia's Grad, for the TapeMachine)
// and automatic differentiation by the LispMachine both use that statement, so
// neither can be forgotten.
//
// # Errors
//
// Shapes and dtypes are checked when a node is made, and again at every run,
// where the values of indices and patterns are known as well. A panic inside an
// operation is returned as an error; otherwise it would end the process, since
// it happens on the machine's goroutine.
//
// # Memory
//
// An operation keeps its output buffer and reuses it at the next run: copy a
// value that you need after the next run. Machines over the same nodes must not
// run at the same time.
package ops
