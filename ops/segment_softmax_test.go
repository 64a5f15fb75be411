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
