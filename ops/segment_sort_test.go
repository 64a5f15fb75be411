package ops

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func segmentSortRows() []opRow {
	three := func(x *G.Node, s Segments) (*G.Node, error) { return SegmentSort(x, s, 3) }
	return []opRow{{
		op: "SegmentSort",
		cases: []opCase{
			// Segment 0 has rows 0, 2 and 4, segment 1 rows 1 and 3, segment 2 none.
			sortCase("segments", []int{0, 1, 0, 1, 0, -1}, 3, 2, 50, 10, 40, 20, 0, 0),
			sortCase("room for more", []int{0, 1, 0, 1, 0, -1}, 2, 4, 50, 10, 30, 0, 40, 20, 0, 0),
			sortCase("no ids", nil, 1, 3, 60, 40, 50),
		},
		bad: append(badSegments(three), badCase{"no slots", func(g *G.ExprGraph) error {
			return second(SegmentSort(float(g, 3, 2), OneSegment(), 0))
		}, "slots = 0, want at least 1"}),
	}}
}

// sortCase gathers 10, 20, … 60 in the order of rows whose last column is
// 2, 3, 2, 9, 5, 9 and whose first is 8, 0, 7, 1, 0, 2.
func sortCase(name string, ids []int, count, slots int, want ...float64) opCase {
	c := opCase{
		name: name, want: want,
		in: []gradcheck.Input{
			input("v", vec(10, 20, 30, 40, 50, 60)),
			constantInput("x", mat(6, 2, 8, 2, 0, 3, 7, 2, 1, 9, 0, 5, 2, 9)),
		},
		build: func(in G.Nodes) (*G.Node, error) {
			s := Segments{Count: count}
			if len(in) == 3 {
				s.IDs = in[2]
			}
			at, err := SegmentSort(in[1], s, slots)
			if err != nil {
				return nil, err
			}
			return Gather(in[0], at)
		},
	}
	if ids != nil {
		c.in = append(c.in, input("ids", idx(ids...)))
	}
	return c
}

func TestSegmentSortKeepsTheOrderOfEqualRows(t *testing.T) {
	g := G.NewGraph()
	y := must[*G.Node](t)(SegmentSort(node(g, "x", mat(3, 2, 1, 2, 1, 2, 1, 2)), OneSegment(), 3))
	assert.Equal(t, []int{0, 1, 2}, whole(eval(t, y)[0]))
}

func TestSegmentSortRefusesNaN(t *testing.T) {
	g := G.NewGraph()
	x, ids := node(g, "x", mat(3, 2, 1, 2, 3, math.NaN(), math.NaN(), 0)), index(g, 0, 0, -1)
	y := must[*G.Node](t)(SegmentSort(x, Segments{IDs: ids, Count: 1}, 3))
	vm := G.NewTapeMachine(y.Graph())
	defer vm.Close()
	assert.ErrorContains(t, vm.RunAll(), "ops: SegmentSort: x[1, 1] is NaN")
}
