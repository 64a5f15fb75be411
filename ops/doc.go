// Package ops holds the differentiable operations graph pooling is made of,
// as Gorgonia operations: gathers and their adjoints, reductions over
// segments, top-k selection, products with a sparse pattern, row-wise
// softmax, fused linear layers, and products with a transposed left operand.
//
// # Conventions
//
// An operation is a verb on shapes; it knows nothing of graphs of nodes. A
// tensor of rank r ≥ 2 is read as rows × n, where n is its last axis and the
// rows are all axes before it, so that the same operation serves one graph
// (N×F) and a batch of graphs (B×N×F). Float operations exist in float32 and
// float64, and every float input of one operation has the same dtype.
//
// A vector of indices is of dtype Int. Index −1 is padding everywhere: a
// gather reads a row of zeros there, a reduction drops the row, and no
// gradient flows through it.
//
// # Gradients
//
// Each operation states its derivative once, in terms of other operations of
// this package. Symbolic differentiation (Gorgonia's Grad, for the
// TapeMachine) and the LispMachine's automatic differentiation both follow
// that one statement, so that neither can be forgotten.
//
// # Errors
//
// Shapes and dtypes are checked when a node is made, and again at every run,
// where the values of indices and patterns are known as well. A panic inside
// an operation is returned as an error, since it would otherwise kill the
// process from the machine's goroutine.
//
// # Memory
//
// An operation holds its output buffer and writes into it again at the next
// run: a value that has to outlive the next run must be copied by whoever
// keeps it. Machines over the same nodes must not run at the same time.
package ops
