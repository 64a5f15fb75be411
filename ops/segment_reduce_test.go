package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
)

func segmentMaxRows() []opRow {
	return []opRow{{
		op: "SegmentMax",
		cases: append(segmentCases(SegmentMax, func(x []float64, n int, rows [][]int) []float64 {
			out := make([]float64, len(rows)*n)
			for s := range rows {
				for k, i := range rows[s] {
					for c := range n {
						if v := x[i*n+c]; k == 0 || v > out[s*n+c] {
							out[s*n+c] = v
						}
					}
				}
			}
			return out
		}), handWorked(SegmentMax, 16, 20, 0, 0, 4, 10, 0, 0)),
		bad: badSegments(SegmentMax),
	}}
}

func TestSegmentMaxOfNegativeRowsIsNegative(t *testing.T) {
	g := G.NewGraph()
	x, ids := node(g, "x", vec(-3, -2, -5)), index(g, 0, 0, 2)
	y := must[*G.Node](t)(SegmentMax(x, Segments{IDs: ids, Count: 3}))
	assert.Equal(t, []float64{-2, 0, -5}, nums(eval(t, y)[0]))
}

func TestTiesOfSegmentMaxDivideTheGradient(t *testing.T) {
	build := func(in G.Nodes) (*G.Node, error) {
		return SegmentMax(in[0], Segments{IDs: in[1], Count: 2})
	}
	x := mat(5, 2, 3, 1, 3, 2, 1, 2, 3, 2, 7, 7)
	want := []float64{1. / 3, 0, 1. / 3, 1. / 3, 0, 1. / 3, 1. / 3, 1. / 3, 1, 1}
	for _, vm := range machines() {
		got := vm.slopes(t, build, x, idx(0, 0, 0, 0, 1))
		assert.InDeltaSlice(t, want, got[0], 1e-15, vm.name)
	}
}

func TestTiesOfSegmentMaxWithoutIDs(t *testing.T) {
	build := func(in G.Nodes) (*G.Node, error) { return SegmentMax(in[0], OneSegment()) }
	for _, vm := range machines() {
		assert.Equal(t, []float64{0, 0.5, 0.5, 0}, vm.slopes(t, build, vec(1, 3, 3, 2))[0], vm.name)
	}
}
