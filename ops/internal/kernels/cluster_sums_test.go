package kernels

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// clusterCase is sums and a gradient of theirs, with the parts that are there.
func clusterCase[T Float](m, k int, edges, gram bool) ClusterSumsGrad[T] {
	c := ClusterSumsGrad[T]{ClusterSums: ClusterSums[T]{S: random[T](m*k, 1), M: m, K: k, Gram: gram}, Twice: 2, InvTemp: 1}
	if edges {
		c.P, c.D = random[T](m*k, 2), random[T](m, 3)
	}
	c.G = random[float64](c.Size(), 4)
	return c
}

// sumsReference is the formula in plain loops.
func sumsReference[T Float](c ClusterSums[T]) []float64 {
	k, out := c.K, make([]float64, c.Size())
	for i := range c.M {
		s := c.S[i*k : i*k+k]
		d := 0.
		if c.D != nil {
			d = float64(c.D[i])
		}
		out[ClusterTwoM*k] += d
		for j, v := range s {
			v := float64(v)
			if c.P != nil {
				out[ClusterInside*k+j] += v * float64(c.P[i*k+j])
			}
			out[ClusterVolumes*k+j] += d * v
			out[ClusterSizes*k+j] += v
			out[ClusterSpread*k+j] += d * v * v
			out[ClusterSquares*k+j] += v * v
			if c.Gram {
				for l, w := range s {
					out[(ClusterRows+j)*k+l] += v * float64(w)
				}
			}
		}
	}
	return out
}

// gradReference is the formula in plain loops.
func gradReference[T Float](c ClusterSumsGrad[T]) []float64 {
	k, out := c.K, make([]float64, c.M*c.K)
	g := func(row, j int) float64 { return c.G[row*k+j] }
	for i := range c.M {
		z := out[i*k : i*k+k]
		for j := range k {
			s := float64(c.S[i*k+j])
			z[j] = g(ClusterSizes, j) + 2*g(ClusterSquares, j)*s
			if c.P != nil {
				z[j] += float64(c.Twice)*g(ClusterInside, j)*float64(c.P[i*k+j]) + float64(c.D[i])*(g(ClusterVolumes, j)+2*g(ClusterSpread, j)*s)
			}
			if c.Add != nil {
				z[j] += float64(c.Add[i*k+j])
			}
			for l := range k {
				if c.Gram {
					z[j] += float64(c.S[i*k+l]) * (g(ClusterRows+l, j) + g(ClusterRows+j, l))
				}
			}
		}
		if !c.Softmax {
			continue
		}
		inner := 0.
		for j := range k {
			inner += z[j] * float64(c.S[i*k+j])
		}
		for j := range k {
			z[j] = float64(c.InvTemp) * float64(c.S[i*k+j]) * (z[j] - inner)
		}
	}
	return out
}

func TestClusterSums(t *testing.T) { eachType(t, testClusterSums[float32], testClusterSums[float64]) }

func testClusterSums[T Float](t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {7, 3}, {300, 16}, {300, 40}, {40, 70}, {3000, 17}} {
		m, k := size[0], size[1]
		for _, edges := range []bool{false, true} {
			for _, gram := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d×%d edges %v gram %v", m, k, edges, gram), func(t *testing.T) {
					checkClusters(t, clusterCase[T](m, k, edges, gram))
				})
			}
		}
	}
}

func checkClusters[T Float](t *testing.T, c ClusterSumsGrad[T]) {
	want := sumsReference(c.ClusterSums)
	eachLevel(func() {
		for _, threads := range []int{1, 3} {
			out := make([]float64, c.Size())
			withThreads(threads, func() { c.ClusterSums.Set(out) })
			assert.InDeltaSlice(t, want, out, tolerance[T]()*float64(10+c.M/10))
		}
	})
	for _, c.Softmax = range []bool{false, true} {
		for _, c.Add = range [][]T{nil, random[T](c.M*c.K, 5)} {
			checkTol(t, gradReference(c), 40*tolerance[T](), c.Set)
		}
	}
}

// A gradient of 0 by SᵀS costs no product, and gives no other bits.
func TestClusterSumsGradWithoutGram(t *testing.T) {
	with, without := clusterCase[float32](500, 16, true, true), clusterCase[float32](500, 16, true, false)
	clear(with.G[ClusterRows*16:])
	copy(without.G, with.G)
	a, b := make([]float32, 500*16), make([]float32, 500*16)
	with.Set(a)
	without.Set(b)
	assert.Equal(t, b, a)
}

func BenchmarkClusterSums(b *testing.B) {
	for _, s := range [][2]int{{1000000, 16}, {169343, 40}} {
		c := clusterCase[float32](s[0], s[1], true, true)
		c.Softmax = true
		out, z := make([]float64, c.Size()), make([]float32, s[0]*s[1])
		clear(c.G[ClusterRows*s[1]:])
		b.Run(fmt.Sprintf("%dx%d/sums", s[0], s[1]), func(b *testing.B) {
			bench(b, 8*s[0]*s[1], func() { c.ClusterSums.Set(out) })
		})
		b.Run(fmt.Sprintf("%dx%d/gradient", s[0], s[1]), func(b *testing.B) {
			bench(b, 12*s[0]*s[1], func() { c.Set(z) })
		})
	}
}
