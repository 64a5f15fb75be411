package ops

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// folded is a reduction of each column of each segment, by a function of its
// values in rising order, and empty for none.
func folded(empty float64, f func(column []float64) float64) func(x []float64, n int, rows [][]int) []float64 {
	return func(x []float64, n int, rows [][]int) []float64 {
		out := make([]float64, len(rows)*n)
		for s, m := range rows {
			for c := range n {
				var column []float64
				for _, i := range m {
					column = append(column, x[i*n+c])
				}
				slices.Sort(column)
				if out[s*n+c] = empty; len(column) > 0 {
					out[s*n+c] = f(column)
				}
			}
		}
		return out
	}
}

func readoutRows() []opRow {
	product := func(column []float64) float64 {
		p := 1.
		for _, v := range column {
			p *= v
		}
		return p
	}
	quantile := func(q float64, by Interpolation) reduction {
		return func(x *G.Node, s Segments) (*G.Node, error) { return SegmentQuantileAt(x, s, q, by) }
	}
	linear := func(column []float64) float64 {
		t := .3 * float64(len(column)-1)
		lo := int(t)
		hi := min(lo+1, len(column)-1)
		return column[lo]*(1-(t-float64(lo))) + column[hi]*(t-float64(lo))
	}
	// In rising order the columns of the case by hand are 2, 16 and 2, 20 in
	// segment 0, 1, 4 and 5, 10 in segment 2.
	return []opRow{{
		op: "SegmentMin",
		cases: append(segmentCases(SegmentMin, folded(0, func(column []float64) float64 { return column[0] })),
			handWorked(SegmentMin, 2, 2, 0, 0, 1, 5, 0, 0)),
		bad: badSegments(SegmentMin),
	}, {
		op: "SegmentProd",
		cases: append(segmentCases(SegmentProd, folded(1, product)),
			handWorked(SegmentProd, 32, 40, 1, 1, 4, 50, 1, 1)),
		bad: badSegments(SegmentProd),
	}, {
		op: "SegmentQuantileAt",
		cases: append(segmentCases(quantile(.3, InterpolateLinear), folded(0, linear)),
			handWorked(quantile(.5, InterpolateLower), 2, 2, 0, 0, 1, 5, 0, 0)),
		bad: append(badSegments(quantile(.5, InterpolateNearest)),
			badCase{"q", func(g *G.ExprGraph) error {
				return second(SegmentQuantileAt(float(g, 2), OneSegment(), 2, InterpolateLinear))
			}, "q = 2"},
			badCase{"interpolation", func(g *G.ExprGraph) error { return second(SegmentQuantileAt(float(g, 2), OneSegment(), 1, "cubic")) }, `"cubic"`}),
	}, attentionRow()}
}

// Of five values the quarter is at place 1, of four at place ¾.
func TestInterpolations(t *testing.T) {
	for by, want := range map[Interpolation][]float64{
		InterpolateLinear: {20, 17.5}, InterpolateLower: {20, 10}, InterpolateHigher: {20, 20}, InterpolateNearest: {20, 20}, InterpolateMidpoint: {20, 15},
	} {
		g := G.NewGraph()
		x, ids := node(g, "x", vec(50, 10, 40, 20, 30, 40, 30, 20, 10)), index(g, 0, 0, 0, 0, 0, 1, 1, 1, 1)
		y := must[*G.Node](t)(SegmentQuantileAt(x, Segments{IDs: ids, Count: 2}, .25, by))
		assert.Equal(t, want, nums(eval(t, y)[0]), by)
	}
	lo, _, _ := between(.5, 4, InterpolateNearest)
	assert.Equal(t, 2, lo, "1½ goes to the even place")
}

// Every place of two decimals is that of whole numbers, which q·(n−1) in floating
// point misses: 0.29·100 is 28.999999999999996, and 0.07·100 is 7.000000000000001.
func TestQuantilePlacesAreThoseOfTheDecimal(t *testing.T) {
	for hundredths := range 101 {
		for _, n := range []int{1, 2, 3, 11, 101, 201, 1000, 1_000_001} {
			q, exact := float64(hundredths)/100, hundredths*(n-1)
			lo, rest := exact/100, exact%100
			hi := (exact + 99) / 100
			near := lo
			if rest > 50 || rest == 50 && lo%2 == 1 {
				near = hi
			}
			share := float64(rest) / 100
			for by, want := range map[Interpolation][3]float64{
				InterpolateLower: {float64(lo), float64(lo), 0}, InterpolateHigher: {float64(hi), float64(hi), 0},
				InterpolateNearest: {float64(near), float64(near), 0}, InterpolateMidpoint: {float64(lo), float64(hi), .5},
				InterpolateLinear: {float64(lo), float64(hi), share},
			} {
				a, b, s := between(q, n, by)
				assert.Equal(t, want, [3]float64{float64(a), float64(b), s}, "q = %v of %d, %s", q, n, by)
			}
		}
	}
}

// Of the numbers 0 to 100 the 0.29-quantile is 29, whatever stands between.
func TestQuantilesAtPlacesBetweenNone(t *testing.T) {
	x := make([]float64, 101)
	for i := range x {
		x[i] = float64(100 - i)
	}
	for _, q := range []float64{.07, .29, .55, .57, .58} {
		for _, by := range []Interpolation{InterpolateLinear, InterpolateLower, InterpolateHigher, InterpolateNearest, InterpolateMidpoint} {
			y := must[*G.Node](t)(SegmentQuantileAt(node(G.NewGraph(), "x", vec(x...)), OneSegment(), q, by))
			assert.Equal(t, []float64{math.Round(100 * q)}, nums(eval(t, y)[0]), "%v %s", q, by)
		}
	}
}

// Equal values: the gradient goes to the row at the place; a product with a zero
// has the product of the others, with two zeros none.
func TestGradientsOfTiesAndZeros(t *testing.T) {
	median := func(in G.Nodes) (*G.Node, error) { return SegmentQuantileAt(in[0], OneSegment(), .5, InterpolateLower) }
	product := func(in G.Nodes) (*G.Node, error) { return SegmentProd(in[0], OneSegment()) }
	for _, vm := range machines() {
		assert.Equal(t, []float64{1, 0, 0, 0}, vm.slopes(t, median, vec(3, 1, 3, 3))[0], vm.name)
		assert.Equal(t, []float64{0, 10, 0}, vm.slopes(t, product, vec(2, 0, 5))[0], vm.name)
		assert.Equal(t, []float64{0, 0, 0}, vm.slopes(t, product, vec(0, 0, 5))[0], vm.name)
	}
}

func attentionRow() opRow {
	attend := func(heads, count int) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) {
			ofQ, ofK := Segments{Count: count}, Segments{Count: count}
			if len(in) == 5 {
				ofQ.IDs, ofK.IDs = in[3], in[4]
			}
			return Attention(in[0], in[1], in[2], ofQ, ofK, heads)
		}
	}
	with := func(name string, heads, count int, q, k, v G.Value, ofQ, ofK []int, want ...float64) opCase {
		c := opCase{name: name, want: want, build: attend(heads, count), in: []gradcheck.Input{input("q", q), input("k", k), input("v", v)}}
		if ofQ != nil {
			c.in = append(c.in, input("ids of q", idx(ofQ...)), input("ids of k", idx(ofK...)))
		}
		c.ref = func(in []G.Value) []float64 {
			return attention64(nums(in[0]), nums(in[1]), nums(in[2]), width(in[0]), heads, members(in, 3, count), members(append([]G.Value{in[1]}, in[min(4, len(in)):]...), 1, count))
		}
		return c
	}
	e := math.E
	call := func(g *G.ExprGraph, heads int, ofQ, ofK Segments, k ...int) error {
		return second(Attention(float(g, 2, 4), float(g, k...), float(g, k...), ofQ, ofK, heads))
	}
	return opRow{
		op: "Attention",
		cases: []opCase{
			// Logits 1 and 0: e/(1+e) of 10, and 1/(1+e) of 20.
			{name: "by hand", build: attend(1, 1), want: []float64{(10*e + 20) / (1 + e)}, in: []gradcheck.Input{
				input("q", mat(1, 1, 1)), input("k", mat(2, 1, 1, 0)), input("v", mat(2, 1, 10, 20)),
			}},
			with("segments, padding, and one without keys", 2, 3, random(1, 5, 4), random(2, 4, 4), random(3, 4, 4), []int{0, 2, 1, -1, 0}, []int{0, 1, 0, -1}),
			with("rank 3", 1, 2, random(1, 2, 1, 2), random(2, 2, 3, 2), random(3, 2, 3, 2), []int{0, 1}, []int{0, 0, 0, 1, 1, -1}),
		},
		bad: []badCase{
			{"heads", func(g *G.ExprGraph) error { return call(g, 0, OneSegment(), OneSegment(), 3, 4) }, "0 heads"},
			{"width", func(g *G.ExprGraph) error { return call(g, 3, OneSegment(), OneSegment(), 3, 4) }, "a multiple of the heads"},
			{"widths", func(g *G.ExprGraph) error { return call(g, 1, OneSegment(), OneSegment(), 3, 3) }, "want rows×n"},
			{"ids of one", func(g *G.ExprGraph) error {
				return call(g, 1, Segments{IDs: index(g, 0, 0), Count: 1}, OneSegment(), 3, 4)
			}, "ids of both or of neither"},
			{"segments", func(g *G.ExprGraph) error { return call(g, 1, Segments{}, OneSegment(), 3, 4) }, "number of segments = 0"},
			{"ids", func(g *G.ExprGraph) error {
				return call(g, 1, Segments{IDs: index(g, 0), Count: 1}, Segments{IDs: index(g, 0, 0, 0), Count: 1}, 3, 4)
			}, "1 segment ids of the queries"},
		},
	}
}

// attention64 is attention by plain loops.
func attention64(q, k, v []float64, n, heads int, queries, keys [][]int) []float64 {
	out, d := make([]float64, len(q)), n/heads
	for s, rows := range queries {
		for _, i := range rows {
			for h := range heads {
				sum := 0.
				for _, j := range keys[s] {
					l := 0.
					for c := h * d; c < (h+1)*d; c++ {
						l += q[i*n+c] * k[j*n+c] / math.Sqrt(float64(d))
					}
					sum += math.Exp(l)
					for c := h * d; c < (h+1)*d; c++ {
						out[i*n+c] += math.Exp(l) * v[j*n+c]
					}
				}
				for c := h * d; c < (h+1)*d && sum > 0; c++ {
					out[i*n+c] /= sum
				}
			}
		}
	}
	return out
}
