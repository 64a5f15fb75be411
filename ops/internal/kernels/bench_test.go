package kernels

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// What a benchmark reads has been written: memory that never was is one page,
// which stays in the first cache.
//
// The sizes are those of real training runs: a citation graph (cora, pubmed), a
// co-purchase graph with dense features (computers) and a large sparse one
// (arxiv).

// benchCSR returns a pattern of nnz entries, sorted within each row; skew makes
// degrees follow a power law.
func benchCSR(rows, cols, nnz int, skew bool) *CSR {
	r := rand.New(rand.NewPCG(1, 2))
	counts := make([]int32, rows+1)
	for range nnz {
		at := r.Float64()
		if skew {
			at *= at
		}
		counts[1+int(at*float64(rows))]++
	}
	for i := range rows {
		counts[i+1] += counts[i]
	}
	col := make([]int32, nnz)
	for i := range rows {
		row := col[counts[i]:counts[i+1]]
		for e := range row {
			row[e] = int32(r.IntN(cols))
		}
		slices.Sort(row)
	}
	return NewCSR(rows, cols, counts, col)
}

// bench times f, which touches about the given number of bytes, and reports the
// least time of a call as well: on a loaded machine that one is steady.
func bench(b *testing.B, bytes int, f func()) {
	b.Helper()
	f()
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	least := time.Duration(math.MaxInt64)
	for b.Loop() {
		began := time.Now()
		f()
		least = min(least, time.Since(began))
	}
	b.ReportMetric(float64(least), "least-ns")
}

// reportFlops adds the rate of multiplications and additions.
func reportFlops(b *testing.B, flops int) {
	b.ReportMetric(float64(flops)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}

func BenchmarkSpMM(b *testing.B) {
	for _, g := range []struct {
		name  string
		nodes int
		nnz   int
	}{{"cora", 2708, 10556}, {"pubmed", 19717, 88648}, {"computers", 13752, 491722}, {"arxiv", 169343, 2332486}} {
		c := benchCSR(g.nodes, g.nodes, g.nnz, true)
		for _, n := range []int{64, 16, 40} {
			b.Run(fmt.Sprintf("%s/n=%d", g.name, n), func(b *testing.B) { benchSpMM[float32](b, c, n) })
		}
		b.Run(g.name+"/n=64/f64", func(b *testing.B) { benchSpMM[float64](b, c, 64) })
	}
}

func benchSpMM[T Float](b *testing.B, c *CSR, n int) {
	x, out, vals := random[T](c.Cols*n, 1), make([]T, c.Rows*n), random[T](c.NNZ(), 2)
	size := 8
	if is32[T]() {
		size = 4
	}
	b.Run("weighted", func(b *testing.B) { bench(b, c.NNZ()*n*size, func() { SpMM(out, c, vals, x, n) }) })
	b.Run("ones", func(b *testing.B) { bench(b, c.NNZ()*n*size, func() { SpMM(out, c, nil, x, n) }) })
}

func BenchmarkSparseFeatures(b *testing.B) {
	for _, g := range []struct {
		name             string
		rows, feats, nnz int
	}{{"cora", 2708, 1433, 49216}, {"pubmed", 19717, 500, 988031}, {"computers", 13752, 767, 3691000}} {
		c := benchCSR(g.rows, g.feats, g.nnz, false)
		x, out, vals := random[float32](c.Cols*64, 1), random[float32](c.Rows*64, 3), random[float32](c.NNZ(), 2)
		b.Run(g.name+"/XW", func(b *testing.B) {
			bench(b, c.NNZ()*8, func() { SpMM(out, c, vals, x, 64) })
			reportFlops(b, c.NNZ()*128)
		})
		b.Run(g.name+"/XtG", func(b *testing.B) {
			bench(b, c.NNZ()*8, func() { SpMMT(x, c, vals, out, 64) })
			reportFlops(b, c.NNZ()*128)
		})
	}
}

// BenchmarkFeatureDensity is the products with features of which a share is not
// 0: dense, sparse with values, and sparse of ones.
func BenchmarkFeatureDensity(b *testing.B) {
	const rows, cols, n = 4096, 768, 64
	w, g := random[float32](cols*n, 1), random[float32](rows*n, 2)
	out, dw := make([]float32, rows*n), make([]float32, cols*n)
	for _, share := range []float64{.1, .2, .25, .3, .35, .4, .5, .6, .7, .8} {
		x, ptr, col := make([]float32, rows*cols), make([]int32, 1), []int32(nil)
		r := rand.New(rand.NewPCG(1, 2))
		for i := range x {
			if r.Float64() < share {
				x[i], col = 1, append(col, int32(i%cols))
			}
			if i%cols == cols-1 {
				ptr = append(ptr, int32(len(col)))
			}
		}
		c, vals := NewCSR(rows, cols, ptr, col), random[float32](len(col), 3)
		for range turnAfter {
			SpMM(out, c, nil, w, n)
			SpMMT(dw, c, nil, g, n)
		}
		for name, f := range map[string]func(){
			"dense/XW": func() { MatMul(out, x, w, rows, cols, n) }, "dense/XtG": func() { MatMulTN(dw, x, g, rows, cols, n) },
			"values/XW": func() { SpMM(out, c, vals, w, n) }, "values/XtG": func() { SpMMT(dw, c, vals, g, n) },
			"ones/XW": func() { SpMM(out, c, nil, w, n) }, "ones/XtG": func() { SpMMT(dw, c, nil, g, n) },
		} {
			b.Run(fmt.Sprintf("%.2f/%s", share, name), func(b *testing.B) { bench(b, 4*len(x), f) })
		}
	}
}

func BenchmarkMatMul(b *testing.B) {
	for _, s := range [][3]int{{13752, 767, 64}, {169343, 128, 64}, {169343, 64, 40}, {2708, 64, 16}, {3200, 32, 25}, {512, 512, 512}} {
		m, k, n := s[0], s[1], s[2]
		b.Run(fmt.Sprintf("%dx%dx%d", m, k, n), func(b *testing.B) {
			b.Run("f32", func(b *testing.B) { benchMatMul[float32](b, m, k, n) })
			b.Run("f64", func(b *testing.B) { benchMatMul[float64](b, m, k, n) })
		})
	}
}

func benchMatMul[T Float](b *testing.B, m, k, n int) {
	x, w, y := random[T](m*k, 1), random[T](k*n, 2), random[T](m*n, 3)
	bytes := 8 * (m*k + m*n)
	if is32[T]() {
		bytes /= 2
	}
	b.Run("XW", func(b *testing.B) { bench(b, bytes, func() { MatMul(y, x, w, m, k, n) }); reportFlops(b, 2*m*k*n) })
	b.Run("XtG", func(b *testing.B) { bench(b, bytes, func() { MatMulTN(w, x, y, m, k, n) }); reportFlops(b, 2*m*k*n) })
	b.Run("GWt", func(b *testing.B) { bench(b, bytes, func() { MatMulNT(x, y, w, m, n, k) }); reportFlops(b, 2*m*k*n) })
}

func BenchmarkGram(b *testing.B) {
	for _, s := range [][2]int{{2708, 16}, {19717, 16}, {169343, 16}, {169343, 40}} {
		x, out := random[float32](s[0]*s[1], 1), make([]float32, s[1]*s[1])
		b.Run(fmt.Sprintf("%dx%d", s[0], s[1]), func(b *testing.B) {
			bench(b, 4*len(x), func() { MatMulTN(out, x, x, s[0], s[1], s[1]) })
			reportFlops(b, 2*s[0]*s[1]*s[1])
		})
	}
}

func BenchmarkRowSoftmax(b *testing.B) {
	for _, s := range [][2]int{{2708, 16}, {169343, 16}, {169343, 40}} {
		x, y, g := random[float32](s[0]*s[1], 1), random[float32](s[0]*s[1], 3), random[float32](s[0]*s[1], 2)
		b.Run(fmt.Sprintf("%dx%d/forward", s[0], s[1]), func(b *testing.B) {
			bench(b, 8*len(x), func() { RowSoftmax(y, x, s[0], s[1], 1) })
		})
		b.Run(fmt.Sprintf("%dx%d/grad", s[0], s[1]), func(b *testing.B) {
			bench(b, 12*len(x), func() { RowSoftmaxGrad(x, y, g, s[0], s[1], 1) })
		})
	}
}

func BenchmarkActivation(b *testing.B) {
	for _, n := range []int{2708 * 64, 169343 * 64} {
		x, y, g := random[float32](n, 1), random[float32](n, 3), random[float32](n, 2)
		for _, a := range []Act{ReLU, SELU, Tanh, Sigmoid} {
			b.Run(fmt.Sprintf("%d/%d/forward", a, n), func(b *testing.B) { bench(b, 8*n, func() { Activate(y, x, a) }) })
			b.Run(fmt.Sprintf("%d/%d/grad", a, n), func(b *testing.B) { bench(b, 12*n, func() { ActGrad(x, y, g, a) }) })
		}
	}
}

func BenchmarkSegment(b *testing.B) {
	const rows, segs, n = 1000000, 100000, 64
	x, y, g := random[float32](rows*n, 1), random[float32](segs*n, 2), make([]float32, rows*n)
	unsorted := randomInts(rows, 0, segs, 3)
	sorted := slices.Sorted(slices.Values(unsorted))
	for name, ids := range map[string][]int{"sorted": sorted, "unsorted": unsorted} {
		p := NewPlan(ids, segs)
		kept := func() *Plan { // as an operation that runs again
			if err := p.Update(ids, segs, func() error { return errors.New("the plan is of other ids") }); err != nil {
				b.Fatal(err)
			}
			return p
		}
		b.Run(name+"/plan", func(b *testing.B) { bench(b, 8*len(ids), func() { NewPlan(ids, segs) }) })
		b.Run(name+"/sum", func(b *testing.B) { bench(b, 4*len(x), func() { SegmentSum(y, x, kept(), n) }) })
		b.Run(name+"/sumgrad", func(b *testing.B) { bench(b, 4*len(x), func() { Gather(g, y, ids, segs, n) }) })
		b.Run(name+"/mean", func(b *testing.B) { bench(b, 4*len(x), func() { SegmentMean(y, x, kept(), n) }) })
		b.Run(name+"/meangrad", func(b *testing.B) { bench(b, 4*len(x), func() { SegmentMeanGrad(g, y, kept(), n) }) })
		b.Run(name+"/max", func(b *testing.B) { bench(b, 4*len(x), func() { SegmentMax(y, x, kept(), n) }) })
		b.Run(name+"/maxgrad", func(b *testing.B) { bench(b, 8*len(x), func() { SegmentMaxGrad(g, x, y, y, kept(), n) }) })
		b.Run(name+"/softmax", func(b *testing.B) { bench(b, 8*rows*16, func() { SegmentSoftmax(g[:rows*16], x, kept(), 16) }) })
		b.Run(name+"/softmax1", func(b *testing.B) { bench(b, 8*rows, func() { SegmentSoftmax(g[:rows], x, kept(), 1) }) })
	}
}

func BenchmarkSegmentCross(b *testing.B) {
	const graphs, nodes, ka, kb = 32, 100, 25, 32
	x, y, out := random[float32](graphs*nodes*ka, 1), random[float32](graphs*nodes*kb, 2), make([]float32, graphs*ka*kb)
	ids := make([]int, graphs*nodes)
	for i := range ids {
		ids[i] = i / nodes
	}
	b.Run("32x100/25x32", func(b *testing.B) {
		bench(b, 4*(len(x)+len(y)), func() { SegmentCross(out, x, y, ids, graphs, len(ids), ka, kb) })
	})
	b.Run("coldot/169343x16", func(b *testing.B) {
		a := random[float32](169343*16, 1)
		bench(b, 8*len(a), func() { SegmentColDot(out[:16], a, a, nil, 1, 16) })
	})
}

func BenchmarkSegmentTopK(b *testing.B) {
	for _, s := range [][2]int{{128, 40}, {1000, 1000}, {100000, 10}} {
		rows := s[0] * s[1]
		score, idx, ids := random[float32](rows, 1), make([]int, rows), make([]int, rows)
		for i := range ids {
			ids[i] = i / s[1]
		}
		b.Run(fmt.Sprintf("%dx%d", s[0], s[1]), func(b *testing.B) {
			bench(b, 12*rows, func() {
				if _, err := SegmentTopK(idx, score, ids, s[0], half, TopKOptions{}); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

func BenchmarkElementwise(b *testing.B) {
	const rows, n = 169343, 64
	x, y, w := random[float32](rows*n, 1), random[float32](rows*n, 2), random[float32](rows, 3)
	out := make([]float32, rows*n)
	b.Run("RowScale", func(b *testing.B) { bench(b, 8*len(x), func() { RowScale(out, x, w, rows, n) }) })
	b.Run("ColScale", func(b *testing.B) { bench(b, 8*len(x), func() { ColScale(out, x, w, rows, n) }) })
	b.Run("RowDot", func(b *testing.B) { bench(b, 8*len(x), func() { RowDot(out, x, y, rows, n) }) })
	b.Run("ColSum", func(b *testing.B) { bench(b, 4*len(x), func() { ColSum(out, x, rows, n) }) })
	b.Run("Transpose", func(b *testing.B) { bench(b, 8*len(x), func() { Transpose(out, x, rows, n) }) })
	c := benchCSR(rows, rows, 2332486, true)
	dots := make([]float32, c.NNZ())
	b.Run("EdgeDot", func(b *testing.B) { bench(b, 4*n*c.NNZ(), func() { EdgeDot(dots, c, x, y, n) }) })
	b.Run("RowSum", func(b *testing.B) { bench(b, 4*c.NNZ(), func() { RowSum(out, c, dots) }) })
}

func BenchmarkAdam(b *testing.B) {
	const n = 1433*64 + 64*16
	w, g, m, v := random[float32](n, 1), random[float32](n, 2), make([]float32, n), make([]float32, n)
	b.Run("93k", func(b *testing.B) { bench(b, 28*n, func() { Adam(w, g, m, v, 1e-3, 0.9, 0.999, 1e-7, 10, 1) }) })
	b.Run("squares", func(b *testing.B) { bench(b, 4*n, func() { SumSquares(w) }) })
}

func BenchmarkHugePages(b *testing.B) {
	c := benchCSR(169343, 169343, 2332486, true)
	x, out, vals := random[float32](c.Cols*64, 1), make([]float32, c.Rows*64), random[float32](c.NNZ(), 2)
	b.Run("without", func(b *testing.B) { bench(b, c.NNZ()*256, func() { SpMM(out, c, vals, x, 64) }) })
	y, out := make([]float32, len(x)), make([]float32, len(out))
	b.Logf("willing: %v, %v", HugePages(y), HugePages(out))
	copy(y, x)
	b.Run("with", func(b *testing.B) { bench(b, c.NNZ()*256, func() { SpMM(out, c, vals, y, 64) }) })
}

func BenchmarkBlocks(b *testing.B) {
	for _, n := range []int{2, 16, 256} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { bench(b, 0, func() { Blocks(n, func(int) {}) }) })
	}
}

func BenchmarkCross(b *testing.B) {
	const rows = 400_000
	x, y, out := random[float32](rows*16, 1), random[float32](rows*64, 2), make([]float32, 16*64)
	b.Run("StX", func(b *testing.B) { bench(b, 4*rows*80, func() { MatMulTN(out, x, y, rows, 16, 64) }) })
	b.Run("XtS", func(b *testing.B) { bench(b, 4*rows*80, func() { MatMulTN(out, y, x, rows, 64, 16) }) })
}

// BenchmarkLimit is what the machine can do at best: reading memory, and
// multiplying and adding numbers in registers, 2²⁷ products and sums.
func BenchmarkLimit(b *testing.B) {
	const rows, cols, products = 1 << 21, 64, 1 << 27
	x, sums := make([]float32, rows*cols), make([]float32, cols)
	for i := range x {
		x[i] = 1 // memory that was never written is one page, in the cache
	}
	b.Run("read", func(b *testing.B) { bench(b, 4*rows*cols, func() { ColSum(sums, x, rows, cols) }) })
	b.Run("multiply", func(b *testing.B) {
		bench(b, 0, func() { multiplyAtPeak(products) })
		reportFlops(b, 2*products)
	})
}

// multiplyAtPeak does so many products and sums; plain Go does them in a matrix
// product.
func multiplyAtPeak(products int) {
	const size, sums, blocks = 512, 12, 64
	if level == plain {
		x := make([]float32, 3*size*size)
		MatMul(x[:size*size], x[size*size:], x[2*size*size:], size, size, size)
		return
	}
	var out [blocks * 16]float32 // a line of the cache for each block
	Blocks(blocks, func(b int) { asmPeak(&out[16*b], products/(blocks*sums*lanes[float32]())) })
}

func BenchmarkLinearGrad(b *testing.B) {
	for _, s := range [][3]int{{13752, 767, 64}, {169343, 128, 64}, {169343, 64, 16}} {
		m, k, n := s[0], s[1], s[2]
		x, y, g := random[float32](m*k, 1), random[float32](m*n, 2), random[float32](m*n, 3)
		z, dw, db := make([]float32, m*n), make([]float32, k*n), make([]float32, n)
		fused, both := LinearGrad[float32]{X: []Left[float32]{{x, k}}, Y: y, G: g, Act: SELU, M: m, N: n}, make([]float32, (k+1)*n)
		b.Run(fmt.Sprintf("%dx%dx%d/apart", m, k, n), func(b *testing.B) {
			bench(b, 4*(m*k+2*m*n), func() {
				ActGrad(z, y, g, SELU)
				MatMulTN(dw, x, z, m, k, n)
				ColSum(db, z, m, n)
			})
		})
		b.Run(fmt.Sprintf("%dx%dx%d/fused", m, k, n), func(b *testing.B) {
			bench(b, 4*(m*k+2*m*n), func() { fused.Set(both) })
		})
	}
}
