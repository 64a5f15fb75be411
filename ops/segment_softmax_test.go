package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
)

func segmentSoftmaxRows() []opRow {
	return []opRow{{
		op: "SegmentSoftmax",
		cases: append(segmentCases(SegmentSoftmax, func(x []float64, n int, rows [][]int) []float64 {
			out := make([]float64, len(x))
			for s := range rows {
				for c := range n {
					var sum float64
					for _, i := range rows[s] {
						sum += math.Exp(x[i*n+c])
					}
					for _, i := range rows[s] {
						out[i*n+c] = math.Exp(x[i*n+c]) / sum
					}
				}
			}
			return out
		}), twoInOneSegment()),
		bad: badSegments(SegmentSoftmax),
	}}
}

// twoInOneSegment is ln 3 beside 0: shares of 3/4 and 1/4.
func twoInOneSegment() opCase {
	return handSoftmax(mat(3, 1, math.Log(3), 5, 0), idx(0, -1, 0), 0.75, 0, 0.25)
}

func handSoftmax(x, ids G.Value, want ...float64) opCase {
	c := handWorked(SegmentSoftmax, want...)
	c.in[0].Value, c.in[1].Value = x, ids
	return c
}

func TestSegmentSoftmaxOfExtremeScores(t *testing.T) {
	for _, narrow := range []bool{false, true} {
		g := G.NewGraph()
		var x G.Value = vec(1e4, -1e4, 1e4, math.Inf(-1), 0)
		if narrow {
			x = single(x)
		}
		y := must[*G.Node](t)(SegmentSoftmax(node(g, "x", x), Segments{IDs: index(g, 0, 0, 0, 1, 1), Count: 3}))
		assert.Equal(t, []float64{0.5, 0, 0.5, 0, 1}, nums(eval(t, y)[0]))
	}
}

// withEps is SegmentSoftmaxEps at one ε.
func withEps(eps float64) reduction {
	return func(x *G.Node, s Segments) (*G.Node, error) { return SegmentSoftmaxEps(x, s, eps) }
}

// segmentSoftmaxEpsRef is the definition with an ε.
func segmentSoftmaxEpsRef(eps float64) func(x []float64, n int, rows [][]int) []float64 {
	return func(x []float64, n int, rows [][]int) []float64 {
		out := make([]float64, len(x))
		for _, members := range rows {
			for c := range n {
				top, sum := math.Inf(-1), eps
				for _, i := range members {
					top = math.Max(top, x[i*n+c])
				}
				for _, i := range members {
					sum += math.Exp(x[i*n+c] - top)
				}
				for _, i := range members {
					out[i*n+c] = math.Exp(x[i*n+c]-top) / sum
				}
			}
		}
		return out
	}
}

func segmentSoftmaxEpsRows() []opRow {
	share := func(by float64) float64 { return 1 / (1 + math.Exp(by)) }
	none := handWorked(withEps(0), share(3), share(-5), share(14), share(-18), share(-3), share(5), 0, 0, share(-14), share(18))
	none.name = "no ε"
	return []opRow{{
		op:    "SegmentSoftmaxEps",
		cases: append(segmentCases(withEps(1e-8), segmentSoftmaxEpsRef(1e-8)), none),
		bad: append(badSegments(withEps(.5)),
			badCase{"negative", func(g *G.ExprGraph) error { return second(SegmentSoftmaxEps(float(g, 2), OneSegment(), -1)) }, "ε = -1, want"},
			badCase{"NaN", func(g *G.ExprGraph) error {
				return second(SegmentSoftmaxEps(float(g, 2), OneSegment(), math.NaN()))
			}, "ε = NaN, want"}),
	}}
}

// With a large ε: values by hand, and the gradient that takes the maximum as
// a constant.
func TestSegmentSoftmaxEps(t *testing.T) {
	x := []float64{0, math.Log(3)}
	build := func(in G.Nodes) (*G.Node, error) { return SegmentSoftmaxEps(in[0], OneSegment(), 2./3) }
	g := G.NewGraph()
	y := must[*G.Node](t)(build(G.Nodes{node(g, "x", vec(x...))}))
	assert.InDeltaSlice(t, []float64{1. / 6, 1. / 2}, nums(eval(t, y)[0]), 1e-15)
	for _, vm := range machines() { // the slope of y₁ + y₂, Σ g y = 2/3
		assert.InDeltaSlice(t, []float64{1. / 18, 1. / 6}, vm.slopes(t, build, vec(x...))[0], 1e-15, vm.name)
	}
}
