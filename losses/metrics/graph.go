package metrics

import (
	"fmt"
	"math"
)

// Unassigned marks a node without a cluster or without a label.
const Unassigned = -1

// Graph is an undirected graph in compressed sparse rows with both directions
// of every edge stored: the neighbours of node i are Col[RowPtr[i]:RowPtr[i+1]].
//
// RowPtr has one entry more than there are nodes. Weights is as long as Col,
// or nil for a graph in which every stored entry weighs 1; weights are finite
// and not negative. Symmetry is not checked: the caller has to make sure of it.
//
// An entry on the diagonal counts once, with its value. If an undirected self
// loop of weight w is to add 2w to the degree of its node, as in networkx and
// gonum, store the value 2w.
type Graph struct {
	RowPtr, Col []int32
	Weights     []float64
}

// Nodes returns the number of nodes, 0 for the zero Graph.
func (g Graph) Nodes() int {
	return max(len(g.RowPtr)-1, 0)
}

// check returns an error for the first thing in g that is not as [Graph] says.
func (g Graph) check() error {
	n := g.Nodes()
	if len(g.RowPtr) > 0 && g.RowPtr[0] != 0 {
		return fmt.Errorf("metrics: RowPtr[0] = %d, want 0", g.RowPtr[0])
	}
	for i := range n {
		if g.RowPtr[i+1] < g.RowPtr[i] {
			return fmt.Errorf("metrics: RowPtr[%d] = %d, want at least RowPtr[%d] = %d", i+1, g.RowPtr[i+1], i, g.RowPtr[i])
		}
	}
	if last := g.lastPtr(); last != len(g.Col) {
		return fmt.Errorf("metrics: Col has %d entries, want RowPtr's last value %d", len(g.Col), last)
	}
	if g.Weights != nil && len(g.Weights) != len(g.Col) {
		return fmt.Errorf("metrics: Weights has %d entries, want as many as Col (%d)", len(g.Weights), len(g.Col))
	}
	return g.checkEntries(n)
}

func (g Graph) lastPtr() int {
	if len(g.RowPtr) == 0 {
		return 0
	}
	return int(g.RowPtr[len(g.RowPtr)-1])
}

func (g Graph) checkEntries(n int) error {
	for p, j := range g.Col {
		if j < 0 || int(j) >= n {
			return fmt.Errorf("metrics: Col[%d] = %d, want 0 to %d", p, j, n-1)
		}
	}
	for p, w := range g.Weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			return fmt.Errorf("metrics: Weights[%d] = %v, want a finite weight of at least 0", p, w)
		}
	}
	return nil
}

// weight returns the weight of the stored entry p.
func (g Graph) weight(p int32) float64 {
	if g.Weights == nil {
		return 1
	}
	return g.Weights[p]
}

// unit is 1, or a power of two that keeps sums of very large weights finite:
// every measure here is a quotient of sums, which it does not change.
func (g Graph) unit() float64 {
	for _, w := range g.Weights {
		if w > 0x1p900 {
			return 0x1p900
		}
	}
	return 1
}
