package ops

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

// badRun is a graph that runs, until an input is replaced.
type badRun struct {
	name  string
	in    []gradcheck.Input
	build func(in G.Nodes) (*G.Node, error)
	swap  int
	value G.Value
	want  string
}

func badRuns() []badRun {
	x, ids := input("x", random(1, 3, 2)), input("ids", idx(0, 1, -1))
	p, w := input("p", looped()), input("w", random(2, 6))
	square := input("x", random(3, 4, 2))
	three := func(f func(x *G.Node, s Segments) (*G.Node, error)) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) { return f(in[0], Segments{IDs: in[1], Count: 2}) }
	}
	m := func(in G.Nodes) Sparse { return Sparse{Pattern: in[0], Weights: in[1], Rows: 4, Cols: 4} }
	step := func(f func(m Sparse) (*G.Node, error)) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) { return f(m(in)) }
	}
	induced := func(in G.Nodes) (*G.Node, error) {
		sub, err := Induce(m(in), in[2])
		if err != nil {
			return nil, err
		}
		return RowSums(sub, nil)
	}
	looping := func(in G.Nodes) (*G.Node, error) {
		sub, err := SelfLoops(m(in))
		if err != nil {
			return nil, err
		}
		return RowSums(sub, nil)
	}
	small, full := coo(3, 3, [2]int{0, 0}), coo(4, 4, [2]int{0, 0}, [2]int{0, 1}, [2]int{0, 2}, [2]int{0, 3}, [2]int{1, 0}, [2]int{1, 1}, [2]int{1, 2})
	return []badRun{
		{"Gather", inputs(x, ids), twoNodes(Gather), 1, idx(0, 3, 1), "ops: Gather: index 1 is 3, want 0 to 2, or -1 for padding"},
		{"Gather below", inputs(x, ids), twoNodes(Gather), 1, idx(0, -2, 1), "ops: Gather: index 1 is -2"},
		{"ScatterAdd", inputs(x, ids), func(in G.Nodes) (*G.Node, error) { return ScatterAdd(in[0], in[1], 2) }, 1, idx(0, 2, 1), "ops: ScatterAdd: index 1 is 2, want 0 to 1"},
		{"SegmentSum", inputs(x, ids), three(SegmentSum), 1, idx(0, 2, 1), "ops: SegmentSum: index 1 is 2, want 0 to 1"},
		{"SegmentMean", inputs(x, ids), three(SegmentMean), 1, idx(0, 2, 1), "index 1 is 2, want 0 to 1"},
		{"SegmentMax", inputs(x, ids), three(SegmentMax), 1, idx(0, 2, 1), "ops: SegmentMax: index 1 is 2, want 0 to 1"},
		{"SegmentSoftmax", inputs(x, ids), three(SegmentSoftmax), 1, idx(0, 2, 1), "ops: SegmentSoftmax: index 1 is 2, want 0 to 1"},
		{"TransMul", inputs(x, ids), three(func(x *G.Node, s Segments) (*G.Node, error) { return TransMul(x, x, s) }), 1, idx(5, 0, 1), "ops: TransMul: index 0 is 5"},
		{"ColDot", inputs(x, ids), three(func(x *G.Node, s Segments) (*G.Node, error) { return ColDot(x, x, s) }), 1, idx(5, 0, 1), "ops: ColDot: index 0 is 5"},
		{"Spread", inputs(input("v", random(1, 2, 2)), ids), three(func(v *G.Node, s Segments) (*G.Node, error) { return Spread(v, s, 3) }), 1, idx(0, 2, 1), "ops: Spread: index 1 is 2"},
		{"MapIDs", inputs(x, ids), func(in G.Nodes) (*G.Node, error) { return MapIDs(in[1], "f", 2, func(i int) int { return i }) }, 1, idx(0, 2, 1), "ops: MapIDs: id 1 is 2, want 0 to 1"},
		{"GatherIDs", inputs(x, ids), func(in G.Nodes) (*G.Node, error) { return GatherIDs(in[1], in[1]) }, 1, idx(0, 3, 1), "ops: GatherIDs: id 1 is 3, want 0 to 2"},
		{"SlotIDs", inputs(x, ids), func(in G.Nodes) (*G.Node, error) { return SlotIDs(in[1], 2, 2) }, 1, idx(0, 2, 1), "ops: SlotIDs: id 1 is 2, want 0 to 1"},
		{"a function that panics", inputs(x, ids), func(in G.Nodes) (*G.Node, error) {
			return MapIDs(in[1], "f", 9, func(i int) int { return []int{5, 6}[i] })
		}, 1, idx(0, 2, 1), "ops: MapIDs: internal error: runtime error: index out of range"},

		{"SpMM", inputs(p, w, square), func(in G.Nodes) (*G.Node, error) { return SpMM(m(in), in[2]) }, 0, small, "ops: SpMM: the pattern is 3×3, want 4×4"},
		{"SpMMT", inputs(p, w, square), func(in G.Nodes) (*G.Node, error) { return SpMMT(m(in), in[2]) }, 0, small, "ops: SpMMT: the pattern is 3×3, want 4×4"},
		{"SpMM of too many entries", inputs(p, w, square), func(in G.Nodes) (*G.Node, error) { return SpMM(m(in), in[2]) }, 0, full, "ops: SpMM: 6 edge weights, want at least 7"},
		{"no pattern at all", inputs(p, w, square), func(in G.Nodes) (*G.Node, error) { return SpMM(m(in), in[2]) }, 0, idx(3), "ops: SpMM: input 0: not a sparse pattern: a *tensor.Dense"},
		{"RowSums", inputs(p, w), step(func(m Sparse) (*G.Node, error) { return RowSums(m, nil) }), 0, small, "ops: RowSums: the pattern is 3×3"},
		{"ColSums", inputs(p, w), step(func(m Sparse) (*G.Node, error) { return colSums(m, nil) }), 0, full, "ops: ColSums: 6 edge weights, want at least 7"},
		{"Densify", inputs(p, w), step(Densify), 0, full, "ops: Densify: 6 edge weights, want at least 7"},
		{"SymWeights", inputs(p, w), step(func(m Sparse) (*G.Node, error) { return SymWeights(m, m.Weights, 0) }), 0, full, "ops: SymWeights: the pattern has 7 entries, want at most 6, the capacity"},
		{"EdgeDot", inputs(p, w, square), func(in G.Nodes) (*G.Node, error) { return EdgeDot(m(in), in[2], in[2]) }, 0, full, "ops: EdgeDot: the pattern has 7 entries, want at most 6"},
		{"Induce", inputs(p, w, ids), induced, 2, idx(0, 4, 1), "ops: Induce: index 1 is 4, want 0 to 3"},
		{"Induce twice one row", inputs(p, w, ids), induced, 2, idx(2, 1, 2), "ops: Induce: index 2 is 2, as index 0 is, want no repetition"},
		{"Induce of another size", inputs(p, w, ids), induced, 0, small, "ops: Induce: the pattern is 3×3, want 4×4"},
		{"Induce of too many entries", inputs(p, w, input("ids", idx(0, 1, 2))), induced, 0, full, "ops: EdgeGather"},
		{"SelfLoops", inputs(p, w), looping, 0, small, "ops: SelfLoops: the pattern is 3×3, want 4×4"},
		{"SelfLoops of too many entries", inputs(p, w), looping, 0, full, "ops: EdgeGather: "},
		{"an index of floats", inputs(x, ids), twoNodes(Gather), 0, tensor.New(tensor.WithShape(3, 2), tensor.Of(tensor.Float64)), ""},
	}
}

func inputs(in ...gradcheck.Input) []gradcheck.Input { return in }

// A value that cannot be is one clear error of RunAll, and the machine serves
// again once the value is right. RunAll wraps what the op says.
func TestRunsThatFail(t *testing.T) {
	for _, b := range badRuns() {
		t.Run(strings.ReplaceAll(b.name, " ", "_"), func(t *testing.T) {
			y, in := opCase{in: b.in, build: b.build}.graph(t)
			vm := G.NewTapeMachine(y.Graph().SubgraphRoots(y))
			defer vm.Close()
			require.NoError(t, vm.RunAll())
			want := nums(y.Value())
			vm.Reset()
			good := in[b.swap].Value()
			require.NoError(t, G.Let(in[b.swap], b.value))
			err := vm.RunAll()
			if b.want == "" {
				require.NoError(t, err)
			} else if assert.Error(t, err) {
				assert.Contains(t, err.Error(), b.want)
				assert.Len(t, prefix.FindAllString(err.Error(), -1), 1, err.Error())
			}
			vm.Reset()
			require.NoError(t, G.Let(in[b.swap], good))
			require.NoError(t, vm.RunAll())
			assert.Equal(t, want, nums(y.Value()))
		})
	}
}

// The same on the LispMachine.
func TestRunsThatFailOnTheLispMachine(t *testing.T) {
	for _, b := range badRuns() {
		if b.want == "" {
			continue
		}
		y, in := opCase{in: b.in, build: b.build}.graph(t)
		require.NoError(t, G.Let(in[b.swap], b.value))
		vm := G.NewLispMachine(y.Graph().SubgraphRoots(y), G.ExecuteFwdOnly())
		err := vm.RunAll()
		if assert.Error(t, err, b.name) {
			assert.Contains(t, err.Error(), b.want)
		}
	}
}
