package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

func higherOrderRows() []loss {
	cut := func(variant string, o losses.HigherOrderOptions) loss {
		return loss{
			loss: losses.NameHigherOrderCut, variant: variant, needA: true,
			build: func(s *G.Node, g modes.Graph) (*G.Node, error) { return losses.HigherOrderCut(s, g, o) },
			of: func(x signal, k int) float64 {
				a := x.dense()
				return (1-o.Alpha)*clusterCut(x, k, a, o.Diagonal) + o.Alpha*clusterCut(x, k, x.triangles(), o.Diagonal)
			},
			lo: constant(-1), hi: constant(0),
		}
	}
	return []loss{
		cut("", losses.HigherOrderOptions{Alpha: .5}),
		cut(" of triangles", losses.HigherOrderOptions{Alpha: 1}),
		cut(" of edges by diagonals", losses.HigherOrderOptions{Diagonal: true}),
		{
			loss: losses.NameNormalizedBalance, build: losses.NormalizedBalance, lo: constant(0), hi: constant(1),
			of: func(x signal, k int) float64 {
				root := math.Sqrt(float64(k))
				if k == 1 {
					return 0
				}
				return root * (1 + balance(x, k)) / (root - 1)
			},
		},
		{
			loss: losses.NameSelfTraining, build: losses.SelfTraining, of: selfTraining,
			lo: constant(0), hi: constant(math.Inf(1)),
		},
	}
}

// triangles is (A·A) ⊙ A.
func (x signal) triangles() []float64 {
	a := x.dense()
	m := make([]float64, len(a))
	for i := range x.n {
		for j := range x.n {
			for k := range x.n {
				m[i*x.n+j] += a[i*x.n+j] * a[i*x.n+k] * a[k*x.n+j]
			}
		}
	}
	return m
}

// clusterCut is −1/K Σ_c (SᵀBS)_cc / den_c.
func clusterCut(x signal, k int, b []float64, diagonal bool) (cut float64) {
	for c := range k {
		inside, den := 0., 0.
		for i := range x.n {
			for j := range x.n {
				inside += x.s[i*k+c] * b[i*x.n+j] * x.s[j*k+c]
				if s := x.s[i*k+c]; diagonal {
					den += s * s * b[i*x.n+j]
				} else {
					den += s * b[i*x.n+j]
				}
			}
		}
		if den > 1e-18*sum(b) && den > 0 {
			cut -= inside / den / float64(k)
		}
	}
	return cut
}

// selfTraining is KL(P ‖ S) with P_ic in proportion to S_ic²/f_c.
func selfTraining(x signal, k int) (kl float64) {
	f := make([]float64, k)
	for i, v := range x.s {
		f[i%k] += v
	}
	for i := range x.n {
		row, all := x.s[i*k:(i+1)*k], 0.
		for c, v := range row {
			if v > 0 {
				all += v * v / f[c]
			}
		}
		for c, v := range row {
			if p := v * v / f[c] / all; v > 0 && p > 0 {
				kl += p * math.Log(p/v)
			}
		}
	}
	return kl
}

func TestHigherOrderByHand(t *testing.T) {
	split := signal{twoTriangles(), hard(2, 0, 0, 0, 1, 1, 1)}
	one := signal{twoTriangles(), hard(2, 0, 0, 0, 0, 0, 0)}
	pair := signal{newGraph(2), []float64{.75, .25, .25, .75}}
	for _, c := range []struct {
		loss string
		x    signal
		want float64
	}{
		{losses.NameHigherOrderCut, split, -13. / 14}, // 6/7 of each half's volume is inside, and all triangles
		{losses.NameHigherOrderCut + " of triangles", split, -1},
		{losses.NameHigherOrderCut, one, -.5},
		{losses.NameNormalizedBalance, split, 0},
		{losses.NameNormalizedBalance, one, 1},
		{losses.NameSelfTraining, pair, 2 * (.9*math.Log(.9/.75) + .1*math.Log(.1/.25))}, // P is (.9, .1)
		{losses.NameSelfTraining, split, 0},
	} {
		l := named(t, c.loss)
		requireClose(t, c.want, l.of(c.x, 2), 1e-14, c.loss)
		requireClose(t, c.want, run(t, l, tensor.Float64, single, 2, c.x).value, 1e-14, c.loss)
	}
	in := twoGraphs(t)
	_, err := losses.HigherOrderCut(in.s, in.Graph, losses.HigherOrderOptions{Alpha: 2})
	assert.EqualError(t, err, "losses: higher_order_cut: alpha = 2, want 0 to 1")
}
