package ops

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	G "gorgonia.org/gorgonia"
)

// largeGraph is n nodes with about eight neighbours each, some with many.
func largeGraph(n int) *Pattern {
	r := rand.New(rand.NewPCG(1, 2))
	var row, col []int
	for range 8 * n {
		i := r.IntN(n)
		if r.IntN(4) == 0 {
			i %= 50
		}
		row, col = append(row, i), append(col, r.IntN(n))
	}
	p, _, err := PatternFromCOO(n, n, row, col)
	if err != nil {
		panic(err)
	}
	return p
}

// largeCases is what runs on several threads at n rows.
func largeCases(n int) []opCase {
	r := rand.New(rand.NewPCG(3, 4))
	ids, few := make([]int, n), make([]int, n)
	for i := range ids {
		ids[i], few[i] = r.IntN(n/4)-1, r.IntN(3)
	}
	p := largeGraph(n)
	x, y, w := random(1, n, 16), random(2, n, 16), random(3, p.NNZ())
	m := func(in G.Nodes) Sparse { return Sparse{Pattern: in[0], Weights: in[1], Rows: n, Cols: n} }
	named := func(name string, build func(in G.Nodes) (*G.Node, error), in ...G.Value) opCase {
		return plainCase(name, build, nil, in)
	}
	segmented := func(f reduction, count int) func(in G.Nodes) (*G.Node, error) {
		return func(in G.Nodes) (*G.Node, error) { return f(in[0], Segments{IDs: in[1], Count: count}) }
	}
	return []opCase{
		named("SpMM", func(in G.Nodes) (*G.Node, error) { return SpMM(m(in), in[2]) }, p, w, x),
		named("SpMMT", func(in G.Nodes) (*G.Node, error) { return SpMMT(m(in), in[2]) }, p, w, x),
		named("SpMM without weights", func(in G.Nodes) (*G.Node, error) {
			return SpMM(Sparse{Pattern: in[0], Rows: n, Cols: n}, in[1])
		}, p, x),
		named("TransMul", func(in G.Nodes) (*G.Node, error) { return TransMul(in[0], in[1], OneSegment()) }, x, y),
		named("TransMul of segments", func(in G.Nodes) (*G.Node, error) {
			return TransMul(in[0], in[1], Segments{IDs: in[2], Count: 3})
		}, x, y, idx(few...)),
		named("SegmentSum", segmented(SegmentSum, n/4), x, idx(ids...)),
		named("SegmentSum of few", segmented(SegmentSum, 3), x, idx(few...)),
		named("SegmentSum of one", func(in G.Nodes) (*G.Node, error) { return SegmentSum(in[0], OneSegment()) }, x),
		named("SegmentMax", segmented(SegmentMax, 3), x, idx(few...)),
		named("SegmentSoftmax", segmented(SegmentSoftmax, n/4), x, idx(ids...)),
		named("SoftMax", func(in G.Nodes) (*G.Node, error) { return SoftMax(in[0], 0.5) }, x),
		named("Linear", func(in G.Nodes) (*G.Node, error) { return Linear(in[0], in[1], in[2], SELU) }, x, random(5, 16, 8), random(6, 8)),
		named("Sum", oneNode(Sum), x),
	}
}

// Values and gradients have the same bits on one thread and on two.
func TestThreadsDoNotChangeABit(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, narrow := range []bool{false, true} {
		for _, c := range largeCases(20_000) {
			t.Run(fmt.Sprint(c.name, narrow), func(t *testing.T) {
				vals := c.values()
				for i := range vals {
					if narrow {
						vals[i] = single(vals[i])
					}
				}
				var first []float64
				for _, threads := range []int{1, 2, 5} {
					runtime.GOMAXPROCS(threads)
					got, err := compile(t, c, vals).run()
					must[[]float64](t)(got, err)
					if first == nil {
						first = got
					}
					sameBits(t, first, got, fmt.Sprint(threads, " threads"))
				}
			})
		}
	}
}
