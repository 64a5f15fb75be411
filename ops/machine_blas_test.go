package ops_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/ops"
)

var transposes = []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans}

// normal is n numbers, whose sums of products are far from overflow.
func normal(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

func narrow(x []float64) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}

func wide(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

// stored is the shape in memory of a factor of rows×cols.
func stored(t blas.Transpose, rows, cols int) (int, int) {
	if t == blas.NoTrans {
		return rows, cols
	}
	return cols, rows
}

// leading draws the distance of the rows of a matrix, and gives the elements
// that it then spans.
func leading(t *rapid.T, what string, rows, cols int) (ld, size int) {
	ld = max(1, cols+rapid.IntRange(0, 3).Draw(t, what))
	return ld, max(0, (rows-1)*ld+cols)
}

// Both precisions of gemm against Gonum's in float64, over every combination
// of transposes and strides; what lies between the rows of c stays.
func TestBLASGemmProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tA, tB := rapid.SampledFrom(transposes).Draw(t, "tA"), rapid.SampledFrom(transposes).Draw(t, "tB")
		size := rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(1, 70))
		m, n, k := size.Draw(t, "m"), size.Draw(t, "n"), size.Draw(t, "k")
		factor := rapid.SampledFrom([]float64{0, 1, -0.5, 2})
		alpha, beta := factor.Draw(t, "alpha"), factor.Draw(t, "beta")
		ra, ca := stored(tA, m, k)
		rb, cb := stored(tB, k, n)
		lda, na := leading(t, "lda", ra, ca)
		ldb, nb := leading(t, "ldb", rb, cb)
		ldc, nc := leading(t, "ldc", m, n)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		a, b, c := wide(narrow(normal(r, na))), wide(narrow(normal(r, nb))), wide(narrow(normal(r, nc)))
		a32, b32, c32 := narrow(a), narrow(b), narrow(c)
		want := append([]float64{}, c...)

		gonum.Implementation{}.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, want, ldc)
		ops.BLAS{}.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		ops.BLAS{}.Sgemm(tA, tB, m, n, k, float32(alpha), a32, lda, b32, ldb, float32(beta), c32, ldc)
		assert.InDeltaSlice(t, want, c, 1e-11)
		assert.InDeltaSlice(t, want, wide(c32), 1e-3)
	})
}

func TestBLASGemvProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tA := rapid.SampledFrom(transposes).Draw(t, "tA")
		m, n := rapid.IntRange(0, 70).Draw(t, "m"), rapid.IntRange(0, 70).Draw(t, "n")
		inc := rapid.SampledFrom([]int{1, 1, 2, -1})
		incX, incY := inc.Draw(t, "incX"), inc.Draw(t, "incY")
		alpha, beta := rapid.SampledFrom([]float64{0, 1, 2}).Draw(t, "alpha"), rapid.SampledFrom([]float64{0, 1, -1}).Draw(t, "beta")
		lda, na := leading(t, "lda", m, n)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		lenX, lenY := n, m
		if tA != blas.NoTrans {
			lenX, lenY = m, n
		}
		vector := func(n, inc int) []float64 { return wide(narrow(normal(r, max(0, (n-1)*max(inc, -inc)+1)))) }
		a, x, y := wide(narrow(normal(r, na))), vector(lenX, incX), vector(lenY, incY)
		a32, x32, y32 := narrow(a), narrow(x), narrow(y)
		want := append([]float64{}, y...)

		gonum.Implementation{}.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, want, incY)
		ops.BLAS{}.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
		ops.BLAS{}.Sgemv(tA, m, n, float32(alpha), a32, lda, x32, incX, float32(beta), y32, incY)
		assert.InDeltaSlice(t, want, y, 1e-11)
		assert.InDeltaSlice(t, want, wide(y32), 1e-3)
	})
}

// With beta = 0 the result does not depend on what c held.
func TestBLASOverwrites(t *testing.T) {
	a, b, c := make([]float64, 100), make([]float64, 100), make([]float64, 120)
	for _, ldc := range []int{10, 12} {
		for i := range c {
			c[i] = math.NaN()
		}
		ops.BLAS{}.Dgemm(blas.NoTrans, blas.NoTrans, 10, 10, 10, 2, a, 10, b, 10, 0, c, ldc)
		for i := range 10 {
			assert.Equal(t, make([]float64, 10), c[i*ldc:i*ldc+10])
		}
	}
}

func TestBLASRefusesAsGonumDoes(t *testing.T) {
	big, small := make([]float64, 100), make([]float64, 99)
	call := func(l G.BLAS, tA blas.Transpose, m, lda int, a, c []float64) func() {
		return func() { l.Dgemm(tA, blas.NoTrans, m, 10, 10, 1, a, lda, big, 10, 0, c, 10) }
	}
	for name, f := range map[string]func(l G.BLAS) func(){
		"transpose":  func(l G.BLAS) func() { return call(l, 'x', 10, 10, big, big) },
		"m":          func(l G.BLAS) func() { return call(l, blas.NoTrans, -1, 10, big, big) },
		"stride":     func(l G.BLAS) func() { return call(l, blas.NoTrans, 10, 9, big, big) },
		"a is short": func(l G.BLAS) func() { return call(l, blas.NoTrans, 10, 10, small, big) },
		"c is short": func(l G.BLAS) func() { return call(l, blas.NoTrans, 10, 10, big, small) },
		"vector": func(l G.BLAS) func() {
			return func() { l.Dgemv(blas.NoTrans, 10, 10, 1, big, 10, big[:9], 1, 0, big, 1) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			want := func() (r any) {
				defer func() { r = recover() }()
				f(gonum.Implementation{})()
				return nil
			}()
			require.NotNil(t, want)
			assert.PanicsWithValue(t, want, f(ops.BLAS{}))
		})
	}
}

// builtInModel is the loss and the gradients of a perceptron made of Gorgonia's
// own operations.
func builtInModel(t *testing.T, opts ...G.VMOpt) (loss float64, grads [][]float64) {
	t.Helper()
	g, r := G.NewGraph(), rand.New(rand.NewPCG(1, 2))
	matrix := func(name string, m, n int) *G.Node {
		return G.NewMatrix(g, tensor.Float64, G.WithName(name), G.WithValue(tensor.New(tensor.WithShape(m, n), tensor.WithBacking(normal(r, m*n)))))
	}
	x, w1, w2 := matrix("x", 300, 40), matrix("w1", 40, 30), matrix("w2", 30, 5)
	hidden, err := G.Mul(x, w1)
	require.NoError(t, err)
	hidden, err = G.Tanh(hidden)
	require.NoError(t, err)
	y, err := G.Mul(hidden, w2)
	require.NoError(t, err)
	y, err = G.Square(y)
	require.NoError(t, err)
	cost, err := G.Mean(y)
	require.NoError(t, err)
	slopes, err := G.Grad(cost, x, w1, w2)
	require.NoError(t, err)
	vm := G.NewTapeMachine(g.SubgraphRoots(append(slopes, cost)...), append(opts, G.BindDualValues(x, w1, w2))...)
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	for _, n := range []*G.Node{x, w1, w2} {
		d, err := n.Grad()
		require.NoError(t, err)
		grads = append(grads, append([]float64{}, d.Data().([]float64)...))
	}
	return cost.Value().Data().(float64), grads
}

// A model of Gorgonia's own operations has the same loss and gradients with
// BLAS as without.
func TestBLASServesGorgonia(t *testing.T) {
	loss, grads := builtInModel(t)
	defer G.Use(G.WhichBLAS())
	G.Use(ops.BLAS{})
	got, gotGrads := builtInModel(t)
	assert.InEpsilon(t, loss, got, 1e-12)
	for i, want := range grads {
		assert.InDeltaSlice(t, want, gotGrads[i], 1e-12, "gradient %d", i)
	}
}

func TestBLASSameBitsOnEveryNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	const m, n, k = 700, 90, 130
	r := rand.New(rand.NewPCG(3, 4))
	a, b := narrow(normal(r, m*k)), narrow(normal(r, k*n))
	for _, tA := range transposes[:2] {
		for _, tB := range transposes[:2] {
			_, lda := stored(tA, m, k)
			_, ldb := stored(tB, k, n)
			var first []float32
			for _, threads := range []int{1, 2, 5} {
				runtime.GOMAXPROCS(threads)
				c, y := make([]float32, m*n), make([]float32, m)
				ops.BLAS{}.Sgemm(tA, tB, m, n, k, 1, a, lda, b, ldb, 0, c, n)
				ops.BLAS{}.Sgemv(blas.NoTrans, m, k, 1, a, k, b, 1, 0, y, 1)
				c = append(c, y...)
				if first == nil {
					first = c
				}
				assert.Equal(t, first, c, "%c%c on %d threads", tA, tB, threads)
			}
		}
	}
}

// Gorgonia's own matrix product by the kernels of this package.
func ExampleBLAS() {
	defer G.Use(G.WhichBLAS()) // a program that wants it throughout leaves this out
	G.Use(ops.BLAS{})

	g := G.NewGraph()
	x := G.NewMatrix(g, tensor.Float32, G.WithName("x"), G.WithValue(tensor.New(tensor.WithShape(2, 2), tensor.WithBacking([]float32{1, 2, 3, 4}))))
	y, err := G.Mul(x, x)
	if err != nil {
		fmt.Println(err)
		return
	}
	vm := G.NewTapeMachine(g)
	defer vm.Close()
	if err := vm.RunAll(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(y.Value().Data())
	// Output: [7 10 15 22]
}
