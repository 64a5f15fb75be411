package kernels

import (
	"fmt"
	"testing"
)

func TestBatchMul(t *testing.T) { eachType(t, testBatchMul[float32], testBatchMul[float64]) }

func testBatchMul[T Float](t *testing.T) {
	const m, k, n = 23, 17, 20
	for _, batches := range [][2]int{{0, 0}, {1, 1}, {40, 40}, {1, 5}, {6, 1}} {
		for mode := range 4 {
			transA, transB := mode&1 == 1, mode&2 == 2
			t.Run(fmt.Sprintf("%v/%v/%v", batches, transA, transB), func(t *testing.T) {
				a, b := random[T](batches[0]*m*k, 1), random[T](batches[1]*k*n, 2)
				a0, a1, b0, b1 := k, 1, n, 1
				if transA {
					a0, a1 = 1, m
				}
				if transB {
					b0, b1 = 1, k
				}
				var want []float64
				for g := range max(batches[0], batches[1]) {
					want = append(want, naiveMul(part(a, g%batches[0], m*k), part(b, g%batches[1], k*n), m, k, n, a0, a1, b0, b1)...)
				}
				checkTol(t, want, 20*tolerance[T](), func(out []T) {
					BatchMul(out, a, b, batches[0], batches[1], m, k, n, transA, transB)
				})
			})
		}
	}
}
