package ops

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/gradcheck"
)

func standardizeRows() []opRow {
	var cases []opCase
	for name, over := range map[string]Over{"columns": OverColumns, "rows": OverRows, "segments": OverSegments} {
		cases = append(cases,
			standardizeCase(name+" of one segment", random(1, 4, 3), nil, 1, over),
			standardizeCase(name+" with padding and an empty segment", random(2, 6, 2), []int{2, 0, -1, 0, 2, 2}, 3, over),
			standardizeCase(name+" of rank 3", random(3, 2, 2, 3), []int{0, 0, 1, -1}, 2, over),
		)
	}
	byHand := standardizeCase("by hand", mat(2, 1, 1, 5), nil, 1, OverColumns)
	byHand.want = []float64{-2 / math.Sqrt(4.25), 2 / math.Sqrt(4.25)}
	return []opRow{{
		op: "Standardize", cases: append(cases, byHand),
		bad: append(badSegments(func(x *G.Node, s Segments) (*G.Node, error) { return Standardize(x, s, OverRows, 0) }),
			badCase{"negative ε", func(g *G.ExprGraph) error {
				return second(Standardize(float(g, 2, 2), OneSegment(), OverRows, -1))
			}, "ε = -1"},
			badCase{"over nothing", func(g *G.ExprGraph) error {
				return second(Standardize(float(g, 2, 2), OneSegment(), 3, 1))
			}, "over 3"},
		),
	}}
}

// Equal elements have no variance, though their mean is rounded.
func TestStandardizeOfEqualElements(t *testing.T) {
	build := func(in G.Nodes) (*G.Node, error) { return Standardize(in[0], OneSegment(), OverColumns, 0) }
	x := vec(0.1, 0.1, 0.1)
	y := must[*G.Node](t)(build(G.Nodes{node(G.NewGraph(), "x", x)}))
	assert.Equal(t, []float64{0, 0, 0}, nums(eval(t, y)[0]))
	for _, vm := range machines() {
		assert.Equal(t, []float64{0, 0, 0}, vm.slopes(t, build, x)[0], vm.name)
	}
}

// standardizeCase takes ε = 0.25.
func standardizeCase(name string, x *tensor.Dense, ids []int, count int, over Over) opCase {
	c := opCase{
		name: name, in: []gradcheck.Input{input("x", x)},
		build: func(in G.Nodes) (*G.Node, error) {
			s := Segments{Count: count}
			if len(in) == 2 {
				s.IDs = in[1]
			}
			return Standardize(in[0], s, over, 0.25)
		},
		ref: func(in []G.Value) []float64 {
			n, x := width(in[0]), nums(in[0])
			of := map[string][]int{}
			for s, rows := range members(in, 1, count) {
				for _, i := range rows {
					for c := range n {
						key := fmt.Sprint([]any{[]int{s, c}, i, s}[over])
						of[key] = append(of[key], i*n+c)
					}
				}
			}
			out := make([]float64, len(x))
			for _, js := range of {
				var mean, square float64
				for _, j := range js {
					mean += x[j] / float64(len(js))
					square += x[j] * x[j] / float64(len(js))
				}
				for _, j := range js {
					out[j] = (x[j] - mean) / math.Sqrt(square-mean*mean+0.25)
				}
			}
			return out
		},
	}
	if ids != nil {
		c.in, c.free = append(c.in, input("ids", idx(ids...))), []int{1}
	}
	return c
}
