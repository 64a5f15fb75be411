// Package gradcheck compares the gradients of Gorgonia expressions with
// central differences. It is meant for the authors of ops, losses and poolers.
//
// A [Case] says how to build an expression from inputs; [Check] evaluates it
// and returns nil, or an error that names the worst entry:
//
//	gradcheck: cube: LispMachine: gradient of x[1 2]: symbolic 0, numeric 0.75, error 0.75 > 1e-06; 6 of 6 entries wrong (...)
//
// # What is checked
//
//   - The gradient of every differentiated input, entry by entry, on the
//     TapeMachine (with Grad) and on the LispMachine, each with a
//     fresh graph. Outputs y of any shape are contracted to one scalar,
//     Σ c·y, with fixed random cotangents c, so that every entry of every
//     output counts. The contraction is an op of this package: no built-in op
//     is between the checked expression and the loss.
//   - The outputs, against Case.Forward where given, and otherwise against a
//     run without gradients, on both machines.
//   - That two runs of one machine give the same bits, that inputs come out
//     unchanged, that the shape known at build is the shape at run time, and
//     that no op hands out the memory of an input.
//
// # How
//
// The error of an entry is |num − sym| / max(1, |num|, |sym|); a number that
// is not finite counts as an infinite error. The numeric side is evaluated in
// the dtype of the inputs, so nothing is assumed of Build; differences are
// taken entry by entry of the outputs before they are summed, in float64,
// which keeps float32 to about 1e-4. An entry beyond the tolerance is
// evaluated again with a shorter step and with a wider Richardson
// extrapolation, and the nearest of the three counts: a step across a kink,
// or rounding in a large sum, is no false alarm. A point on a kink (a tie in
// a maximum, 0 in a rectifier) has no derivative: choose inputs away from it.
//
// An input that no output depends on has gradient zero, and the numeric side
// must agree. An op without DoDiff gives a silent zero on the LispMachine; it
// is reported like any wrong gradient.
//
// # Limits
//
// A panic in Build, SymDiff or the compiler becomes an error. A panic in Do
// or DoDiff happens on the goroutine of Gorgonia's machine, where nothing can
// recover it: it ends the process. The same holds for built-in ops on empty
// tensors. An error of DoDiff is reported, but the machine leaves a blocked
// goroutine behind.
package gradcheck
