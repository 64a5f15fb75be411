package ops

import (
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// AdamStep is one step of Adam on a weight, on the host, in one pass over
// memory; step counts from 1:
//
//	m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
//	w ← w − lr · m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε)
//
// w, m and v are changed, g is not. The slices have one length.
// Source: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2014,
// arXiv 1412.6980.
func AdamStep[T Float](w, g, m, v []T, lr, beta1, beta2, eps float64, step int) {
	kernels.Adam(w, g, m, v, lr, beta1, beta2, eps, step, 1)
}
