package ops_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// fill is n numbers from the seed.
func fill(n int, seed uint64) []float32 {
	r := rand.New(rand.NewPCG(seed, 0))
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// BenchmarkBLAS is products as Gorgonia asks for them, by Gonum and by BLAS.
func BenchmarkBLAS(b *testing.B) {
	for _, with := range []struct {
		name string
		blas G.BLAS
	}{{"gonum", gonum.Implementation{}}, {"graphpool", ops.BLAS{}}} {
		for _, s := range [][3]int{{4, 4, 4}, {32, 784, 300}, {2708, 1433, 64}, {512, 512, 512}, {169343, 64, 16}, {1, 512, 512}} {
			m, k, n := s[0], s[1], s[2]
			x, w, y := fill(m*k, 1), fill(k*n, 2), make([]float32, m*n)
			for _, op := range []struct {
				name string
				run  func()
			}{
				{"NN", func() { with.blas.Sgemm(blas.NoTrans, blas.NoTrans, m, n, k, 1, x, k, w, n, 0, y, n) }},
				{"TN", func() { with.blas.Sgemm(blas.Trans, blas.NoTrans, k, n, m, 1, x, k, y, n, 0, w, n) }},
				{"NT", func() { with.blas.Sgemm(blas.NoTrans, blas.Trans, m, k, n, 1, y, n, w, n, 0, x, k) }},
			} {
				b.Run(fmt.Sprintf("%s/%dx%dx%d/%s", with.name, m, k, n, op.name), func(b *testing.B) {
					for b.Loop() {
						op.run()
					}
					b.ReportMetric(2*float64(m)*float64(k)*float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
				})
			}
		}
		for _, s := range [][2]int{{8, 8}, {512, 512}, {20000, 64}} {
			m, n := s[0], s[1]
			a, x, y := fill(m*n, 1), fill(n, 2), fill(m, 3)
			b.Run(fmt.Sprintf("%s/%dx%d/N", with.name, m, n), func(b *testing.B) {
				for b.Loop() {
					with.blas.Sgemv(blas.NoTrans, m, n, 1, a, n, x, 1, 0, y, 1)
				}
			})
			b.Run(fmt.Sprintf("%s/%dx%d/T", with.name, m, n), func(b *testing.B) {
				for b.Loop() {
					with.blas.Sgemv(blas.Trans, m, n, 1, a, n, y, 1, 0, x, 1)
				}
			})
		}
	}
}
