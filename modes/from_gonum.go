package modes

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/graph"
)

// FromGonum is a Gonum graph, directed or not, with the weights of a
// graph.Weighted and of 1 else. ids holds the Gonum ID of each node: nodes are
// numbered by rising ID. An undirected edge becomes two entries; directions
// are kept as given. Features are left to the caller, who sets X.
func FromGonum(g graph.Graph) (h *Host, ids []int64, err error) {
	defer func() {
		if r := recover(); r != nil {
			h, ids, err = nil, nil, fmt.Errorf("modes: reading a graph: %v", r)
		}
	}()
	if g == nil {
		return nil, nil, errors.New("modes: a nil graph")
	}
	for _, n := range graph.NodesOf(g.Nodes()) {
		ids = append(ids, n.ID())
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		return nil, nil, errors.New("modes: two nodes of one ID, want IDs of their own")
	}
	at := make(map[int64]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	row, col, weights, err := gonumEdges(g, ids, at)
	if err != nil {
		return nil, nil, fmt.Errorf("modes: %w", err)
	}
	if h, err = FromCOO(len(ids), row, col, weights); err != nil {
		return nil, nil, err
	}
	return h, ids, nil
}

// gonumEdges is g's edges between the nodes at; weights nil where it has none.
func gonumEdges(g graph.Graph, ids []int64, at map[int64]int) (row, col []int, weights []float64, err error) {
	weighted, ok := g.(graph.Weighted)
	if ok {
		weights = []float64{}
	}
	for i, id := range ids {
		for _, to := range graph.NodesOf(g.From(id)) {
			j, known := at[to.ID()]
			if !known {
				return nil, nil, nil, fmt.Errorf("an edge from node %d to %d, which is no node", id, to.ID())
			}
			row, col = append(row, i), append(col, j)
			if ok {
				w, _ := weighted.Weight(id, to.ID())
				weights = append(weights, w)
			}
		}
	}
	return row, col, weights, nil
}
