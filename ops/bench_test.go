package ops_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

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

// BenchmarkSegment is reductions of a million rows of 64 columns to 100,000 by
// a machine of Gorgonia, alone and with the gradient of x for a gradient of the
// result.
func BenchmarkSegment(b *testing.B) {
	const rows, segments, cols = 1_000_000, 100_000, 64
	x, slope := fill(rows*cols, 1), fill(segments*cols, 2)
	r := rand.New(rand.NewPCG(3, 0))
	ids := make([]int, rows)
	for i := range ids {
		ids[i] = r.IntN(segments)
	}
	for _, order := range []string{"unsorted", "sorted"} {
		if order == "sorted" {
			ids = slices.Sorted(slices.Values(ids))
		}
		for _, reduce := range []struct {
			name string
			op   func(*G.Node, ops.Segments) (*G.Node, error)
		}{{"sum", ops.SegmentSum}, {"mean", ops.SegmentMean}, {"max", ops.SegmentMax}} {
			g := G.NewGraph()
			xn := input(g, "x", x, rows, cols)
			idn := G.NewVector(g, tensor.Int, G.WithName("ids"), G.WithValue(tensor.New(tensor.WithBacking(ids))))
			y, err := reduce.op(xn, ops.Segments{IDs: idn, Count: segments})
			require.NoError(b, err)
			slopes, err := G.Backpropagate(G.Nodes{y}, G.Nodes{input(g, "dy", slope, segments, cols)}, G.Nodes{xn})
			require.NoError(b, err)
			b.Run(fmt.Sprintf("%s/%s/forward", reduce.name, order), func(b *testing.B) { runGraph(b, g, y) })
			b.Run(fmt.Sprintf("%s/%s/gradient", reduce.name, order), func(b *testing.B) { runGraph(b, g, y, slopes[0]) })
		}
	}
}

func input(g *G.ExprGraph, name string, data []float32, shape ...int) *G.Node {
	return G.NewTensor(g, tensor.Float32, len(shape), G.WithName(name), G.WithShape(shape...), G.WithValue(tensor.New(tensor.WithShape(shape...), tensor.WithBacking(data))))
}

// runGraph times the part of g that the roots need.
func runGraph(b *testing.B, g *G.ExprGraph, roots ...*G.Node) {
	b.Helper()
	vm := G.NewTapeMachine(g.SubgraphRoots(roots...), G.WithEngine(ops.Engine{}))
	defer vm.Close()
	require.NoError(b, vm.RunAll()) // takes the memory that later runs use again
	vm.Reset()
	b.ReportAllocs()
	for b.Loop() {
		if err := vm.RunAll(); err != nil {
			b.Fatal(err)
		}
		vm.Reset()
	}
}
