// Package golden runs the layers on the cases of testdata/golden: outputs,
// losses and gradients that another implementation of the documented formulas
// computed. It is tests alone.
package golden
