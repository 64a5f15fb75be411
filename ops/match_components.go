package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

// Components is the weak components of the graph of those entries of a sparse
// matrix whose score is above a threshold.
//
// Shapes: m N×N, score a vector with an element for each of its entries, and
// room for more; the result is a vector of N Ints: the lowest row of each row's
// component, −1 for rows of no segment.
// Gradient: none. Time: nearly linear.
// Errors: a score that is NaN, when run.
func Components(m Sparse, score *G.Node, threshold float64, s Segments) (*G.Node, error) {
	if score == nil || threshold != threshold {
		return nil, fmt.Errorf("ops: Components: the score is %v and the threshold %v, want a node and a number", score, threshold)
	}
	return matching{
		name: "Components", attrs: fmt.Sprint(threshold, " "), perEdge: true,
		run: func(p *Pattern, score G.Value, ids []int) ([]int, error) {
			x, err := values64(score, p.NNZ())
			if err != nil {
				return nil, err
			}
			return p.components(ids, func(e int32) bool { return x[e] > threshold }), nil
		},
	}.of(m, score, s)
}

// components is the lowest row of each row's component.
func (p *Pattern) components(ids []int, joins func(e int32) bool) []int {
	root := make([]int, len(ids)) // a row of the component that is no higher
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for i := range p.Rows() {
		for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
			if j := int(p.csr.Col[e]); ids[i] == ids[j] && joins(e) {
				a, b := find(i), find(j)
				root[max(a, b)] = min(a, b)
			}
		}
	}
	out := make([]int, len(ids))
	for i, id := range ids {
		if out[i] = find(i); id < 0 {
			out[i] = -1
		}
	}
	return out
}
