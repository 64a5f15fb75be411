package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func toSlotsRows() []opRow {
	return []opRow{{
		op: "ToSlots",
		cases: []opCase{
			slotsCase("two segments", []int{4, 1, -1, 0}, []int{1, 0, -1, 1, 0}, 2, 3, 50, 20, 0, 10, 0, 0),
			slotsCase("padding among the rows", []int{0, 1, 2, 3}, []int{1, -1, 0, 1, 0}, 3, 2, 30, 0, 10, 40, 0, 0),
			slotsCase("one segment", []int{3, -1, 2}, nil, 1, 4, 40, 30, 0, 0),
		},
		bad: []badCase{
			{"no slots", func(g *G.ExprGraph) error { return second(ToSlots(index(g, 0), OneSegment(), 0)) }, "slots = 0"},
			{"no segments", func(g *G.ExprGraph) error { return second(ToSlots(index(g, 0), Segments{}, 1)) }, "number of segments = 0"},
		},
	}}
}

// slotsCase gathers 10, 20, … 50 by the slots.
func slotsCase(name string, at, ids []int, count, slots int, want ...float64) opCase {
	c := opCase{
		name: name, want: want,
		in: []gradcheck.Input{input("x", vec(10, 20, 30, 40, 50)), input("idx", idx(at...))},
		build: func(in G.Nodes) (*G.Node, error) {
			s := Segments{Count: count}
			if len(in) == 3 {
				s.IDs = in[2]
			}
			out, err := ToSlots(in[1], s, slots)
			if err != nil {
				return nil, err
			}
			return Gather(in[0], out)
		},
	}
	if ids != nil {
		c.in, c.free = append(c.in, input("ids", idx(ids...))), []int{2}
	}
	return c
}

func TestToSlotsErrsWhenRun(t *testing.T) {
	for _, c := range []struct {
		at, ids []int
		slots   int
		want    string
	}{
		{[]int{0, 1}, []int{0, 0}, 1, "segment 0 has more rows than 1 slots"},
		{[]int{2}, []int{0, 0}, 1, "index 0 is 2, want 0 to 1"},
		{[]int{-2}, []int{0, 0}, 1, "index 0 is -2"},
		{[]int{1}, []int{0, 5}, 1, "id 1 is 5, want 0 to 0"},
	} {
		g := G.NewGraph()
		y := must[*G.Node](t)(ToSlots(index(g, c.at...), Segments{IDs: index(g, c.ids...), Count: 1}, c.slots))
		vm := G.NewTapeMachine(y.Graph())
		err := vm.RunAll()
		vm.Close()
		require.Error(t, err)
		assert.Contains(t, err.Error(), "ops: ToSlots: "+c.want)
	}
}
