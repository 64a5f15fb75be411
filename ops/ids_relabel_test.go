package ops

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func relabelRows() []opRow {
	reduced := func(name string, r Reduction, want ...float64) opCase {
		return opCase{
			name: name, want: want, in: []gradcheck.Input{input("x", vec(1, 5, -2, 4, 9)), input("ids", idx(2, 0, 2, 0, -1))},
			build: func(in G.Nodes) (*G.Node, error) { return SegmentReduce(in[0], Segments{IDs: in[1], Count: 3}, r) },
		}
	}
	return []opRow{{
		op: "Relabel",
		cases: []opCase{
			relabelCase("gaps", []int{40, 2, 7, -1, 2}, nil, 3, false, 20+50, 30, 10),
			relabelCase("segments", []int{7, 3, 7, 3, 0}, []int{1, 0, 0, 1, -1}, 4, false, 20, 30, 40, 10),
			relabelCase("apart", []int{7, 3, 7, 7, 0}, []int{1, 0, 0, 1, -1}, 6, true, 20, 30, 0, 10+40, 0, 0),
		},
		bad: []badCase{
			{"no places", func(g *G.ExprGraph) error { return second(Relabel(index(g, 0), OneSegment(), 0, false)) }, "places = 0"},
			{"places that do not go round", func(g *G.ExprGraph) error {
				return second(Relabel(index(g, 0), Segments{IDs: index(g, 0), Count: 2}, 3, true))
			}, "places = 3 for 2 segments"},
			{"no segments", func(g *G.ExprGraph) error { return second(Relabel(index(g, 0), Segments{}, 1, false)) }, "number of segments = 0"},
		},
	}, {
		op: "ScatterIDs",
		cases: []opCase{{
			name: "by hand", want: []float64{20, 0, 30},
			in: []gradcheck.Input{input("x", vec(10, 20, 30)), input("ids", idx(1, 2, -1, 0)), input("idx", idx(0, 2, 2, -1))},
			build: func(in G.Nodes) (*G.Node, error) {
				y, err := ScatterIDs(in[1], in[2], 3)
				if err != nil {
					return nil, err
				}
				return Gather(in[0], y)
			},
		}},
		bad: []badCase{
			{"no rows", func(g *G.ExprGraph) error { return second(ScatterIDs(index(g, 0), index(g, 0), 0)) }, "rows = 0"},
			{"other lengths", func(g *G.ExprGraph) error { return second(ScatterIDs(index(g, 0), index(g, 0, 1), 2)) }, "1 ids and 2 indices"},
		},
	}, {
		op: "SegmentReduce",
		cases: []opCase{
			reduced("sum", ReduceSum, 9, 0, -1), reduced("none named", "", 9, 0, -1), reduced("mean", ReduceMean, 4.5, 0, -.5),
			reduced("max", ReduceMax, 5, 0, 1), reduced("min", ReduceMin, 4, 0, -2),
		},
		bad: []badCase{
			{"no reduction", func(g *G.ExprGraph) error { return second(SegmentReduce(float(g, 2), OneSegment(), "mode")) }, `reduction = "mode"`},
			{"nil", func(*G.ExprGraph) error { return second(SegmentReduce(nil, OneSegment(), ReduceMin)) }, "nil"},
		},
	}}
}

// relabelCase adds 10, 20, … 50 up at their places.
func relabelCase(name string, cluster, ids []int, places int, apart bool, want ...float64) opCase {
	c := opCase{
		name: name, want: want,
		in: []gradcheck.Input{input("x", vec(10, 20, 30, 40, 50)), input("cluster", idx(cluster...))},
		build: func(in G.Nodes) (*G.Node, error) {
			s := OneSegment()
			if len(in) == 3 {
				s = Segments{IDs: in[2], Count: 2}
			}
			place, err := Relabel(in[1], s, places, apart)
			if err != nil {
				return nil, err
			}
			return ScatterAdd(in[0], place, places)
		},
	}
	if ids != nil {
		c.in = append(c.in, input("ids", idx(ids...)))
	}
	return c
}

func TestRelabelErrsWhenRun(t *testing.T) {
	for want, build := range map[string]func(g *G.ExprGraph) (*G.Node, error){
		"cluster of row 1 is -2":    func(g *G.ExprGraph) (*G.Node, error) { return Relabel(index(g, 0, -2), OneSegment(), 2, false) },
		"more clusters than 1 plac": func(g *G.ExprGraph) (*G.Node, error) { return Relabel(index(g, 0, 1), OneSegment(), 1, false) },
		"segment 1 has more clusters than 1 places": func(g *G.ExprGraph) (*G.Node, error) {
			return Relabel(index(g, 0, 1), Segments{IDs: index(g, 1, 1), Count: 2}, 2, true)
		},
		"id 1 is 2, want 0 to 1": func(g *G.ExprGraph) (*G.Node, error) {
			return Relabel(index(g, 0, 1), Segments{IDs: index(g, 1, 2), Count: 2}, 2, true)
		},
		"index 0 is 3, want 0 to 2": func(g *G.ExprGraph) (*G.Node, error) { return ScatterIDs(index(g, 0), index(g, 3), 3) },
	} {
		y, err := build(G.NewGraph())
		require.NoError(t, err)
		vm := G.NewTapeMachine(y.Graph())
		assert.ErrorContains(t, vm.RunAll(), want)
		vm.Close()
	}
}

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
