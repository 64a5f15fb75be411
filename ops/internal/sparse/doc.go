// Package sparse has algorithms on sparse matrices, each given as a pattern in
// compressed rows and the weights of its entries. They know of no expression
// graph; package ops makes operations of them.
package sparse

import "github.com/graphpool/graphpool/ops/internal/kernels"

// Weight is the weight of entry e, 1 without weights.
func Weight[T kernels.Float](w []T, e int32) T {
	if w == nil {
		return 1
	}
	return w[e]
}
