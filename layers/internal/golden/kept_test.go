package golden_test

import (
	"cmp"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// goldenKeepOutputs is the outputs of a pooler that keeps nodes. Those of
// nodes kept are trimmed to the places in use.
type goldenKeepOutputs struct {
	c     *goldenCase
	in    goldenInput
	gated bool // score is the gate of the nodes kept, not the score of all
}

func (k goldenKeepOutputs) outputs(out layers.Output) (map[string]goldenOutput, error) {
	index := out.Selection.Index
	outs := map[string]goldenOutput{
		"x":     {node: out.X.Dense, needs: G.Nodes{index}, place: rowsUsed(out.X.Width())},
		"index": {needs: G.Nodes{index}, ints: used},
		"i":     {needs: G.Nodes{index}, ints: graphsOf},
		"score": {node: out.Selection.Gate, needs: G.Nodes{index}, place: rowsUsed(1)},
	}
	if out.IDs != nil {
		outs["i"] = goldenOutput{needs: G.Nodes{out.IDs}, ints: used}
	}
	if !k.gated {
		outs["score"] = goldenOutput{node: out.Selection.Score}
		if k.in.IDs != nil {
			outs["score"] = goldenOutput{node: out.Selection.Score, needs: G.Nodes{k.in.IDs}, place: rowsUsed(1)}
		}
	}
	switch a := out.A.(type) {
	case modes.SparseAdj:
		needs := G.Nodes{index, a.Pattern}
		outs["a_idx"] = goldenOutput{needs: needs, ints: func(v []G.Value) ([]int, error) { return k.pairs(v, sparseEntries) }}
		outs["a_val"] = goldenOutput{node: a.Weights, needs: needs, place: func(v []G.Value) ([]int, error) { return k.entries(v, sparseEntries) }}
	case modes.DenseAdj:
		needs := G.Nodes{index, a.Node}
		outs["a_idx"] = goldenOutput{needs: needs, ints: func(v []G.Value) ([]int, error) { return k.pairs(v, denseEntries) }}
		outs["a_val"] = goldenOutput{node: a.Node, needs: needs, place: func(v []G.Value) ([]int, error) { return k.entries(v, denseEntries) }}
	default:
		return nil, fmt.Errorf("the adjacency is a %T", out.A)
	}
	return outs, nil
}

// used is the values of a vector of indices that are not padding.
func used(v []G.Value) ([]int, error) {
	all, ok := v[0].Data().([]int)
	if !ok {
		return nil, fmt.Errorf("%T is no vector of indices", v[0].Data())
	}
	return slices.DeleteFunc(slices.Clone(all), func(i int) bool { return i < 0 }), nil
}

// graphsOf is the graph of each node kept where there is one only.
func graphsOf(v []G.Value) ([]int, error) {
	all, err := used(v)
	return make([]int, len(all)), err
}

// rowsUsed is the places of rows of width n whose index is not padding.
func rowsUsed(n int) func(v []G.Value) ([]int, error) {
	return func(v []G.Value) (place []int, err error) {
		for r, i := range v[0].Data().([]int) {
			for j := 0; i >= 0 && j < n; j++ {
				place = append(place, r*n+j)
			}
		}
		return place, nil
	}
}

// goldenEntry is an entry of A', and its place among the values of its node.
type goldenEntry struct{ row, col, at int }

func sparseEntries(v G.Value) (es []goldenEntry, err error) {
	p, ok := v.(*ops.Pattern)
	if !ok {
		return nil, fmt.Errorf("%T is no pattern", v)
	}
	for i := range p.Rows() {
		for e := p.Ptr()[i]; e < p.Ptr()[i+1]; e++ {
			es = append(es, goldenEntry{i, int(p.Col()[e]), int(e)})
		}
	}
	return es, nil
}

func denseEntries(v G.Value) (es []goldenEntry, err error) {
	a, err := layertest.Floats(v)
	n := v.Shape()[1]
	for i, x := range a {
		if x != 0 {
			es = append(es, goldenEntry{i / n, i % n, i})
		}
	}
	return es, err
}

// match is the entries of A' in the file's order, between nodes counted
// without padding. Entries that the file does not have are an error.
func (k goldenKeepOutputs) match(v []G.Value, list func(G.Value) ([]goldenEntry, error)) ([]goldenEntry, error) {
	es, err := list(v[1])
	if err != nil {
		return nil, err
	}
	rank := map[int]int{}
	for place, i := range v[0].Data().([]int) {
		if i >= 0 {
			rank[place] = len(rank)
		}
	}
	for e := range es {
		es[e].row, es[e].col = rank[es[e].row], rank[es[e].col]
	}
	row, col := goldenPairs(k.c.Outputs["a_idx"])
	if len(row) != len(es) {
		return nil, fmt.Errorf("%d entries, want %d", len(es), len(row))
	}
	inFile := make([]goldenEntry, len(row))
	for e := range row {
		inFile[e] = goldenEntry{row[e], col[e], e}
	}
	byPlace := func(a, b goldenEntry) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col)) }
	slices.SortStableFunc(es, byPlace)
	slices.SortStableFunc(inFile, byPlace)
	ordered := make([]goldenEntry, len(es))
	for e, f := range inFile {
		if byPlace(f, es[e]) != 0 {
			return nil, fmt.Errorf("an entry (%d, %d), want (%d, %d)", es[e].row, es[e].col, f.row, f.col)
		}
		ordered[f.at] = es[e]
	}
	return ordered, nil
}

func (k goldenKeepOutputs) pairs(v []G.Value, list func(G.Value) ([]goldenEntry, error)) (pairs []int, err error) {
	es, err := k.match(v, list)
	for _, e := range es {
		pairs = append(pairs, e.row, e.col)
	}
	return pairs, err
}

func (k goldenKeepOutputs) entries(v []G.Value, list func(G.Value) ([]goldenEntry, error)) (place []int, err error) {
	es, err := k.match(v, list)
	for _, e := range es {
		place = append(place, e.at)
	}
	return place, err
}
