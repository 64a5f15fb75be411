package modes

import (
	"math/rand/v2"
)

// size is what a graph takes of a budget; levels is that of its levels.
type size struct {
	nodes, edges, stored int
	levels               []size
}

func sizesOf(graphs []*Host) []size {
	levels, out := levelsOf(graphs), make([]size, len(graphs))
	for i, h := range graphs {
		out[i] = size{nodes: h.Nodes, edges: len(h.adjacency().col)}
		if h.SparseX != nil {
			out[i].stored = h.SparseX.Pattern.NNZ()
		}
		for l := range levels {
			c := h.level(l)
			s := size{nodes: c.Coarse.Nodes, edges: len(c.Coarse.adjacency().col)}
			out[i].levels = append(out[i].levels, s)
		}
	}
	return out
}

// each is f of the two sizes, part by part.
func (a size) each(b size, f func(x, y int) int) size {
	out := size{nodes: f(a.nodes, b.nodes), edges: f(a.edges, b.edges), stored: f(a.stored, b.stored)}
	for l := range max(len(a.levels), len(b.levels)) {
		out.levels = append(out.levels, a.level(l).each(b.level(l), f))
	}
	return out
}

func (a size) level(l int) size {
	if l < len(a.levels) {
		return a.levels[l]
	}
	return size{}
}

func (a size) plus(b size) size { return a.each(b, func(x, y int) int { return x + y }) }

func (a size) max(b size) size { return a.each(b, func(x, y int) int { return max(x, y) }) }

func (a size) within(room size) bool {
	for l := range a.levels {
		if !a.levels[l].within(room.level(l)) {
			return false
		}
	}
	return a.nodes <= room.nodes && a.edges <= room.edges && a.stored <= room.stored
}

// fill takes graphs from the front of order into one batch, of at most so many
// within room. Behind the first that does not fit it looks at as many more for
// some that do; those it passed over stay in front. It changes order.
func fill(order []int, sizes []size, graphs int, room size) (batch, rest []int) {
	var used size
	var passed []int
	at := 0
	for ; at < len(order) && len(batch) < graphs && len(passed) < graphs; at++ {
		i := order[at]
		if next := used.plus(sizes[i]); next.within(room) {
			used, batch = next, append(batch, i)
		} else {
			passed = append(passed, i)
		}
	}
	rest = order[at-len(passed):]
	copy(rest, passed)
	return batch, rest
}

// pack makes batches of all of order, which it changes.
func pack(order []int, sizes []size, graphs int, room size) (batches [][]int) {
	for len(order) > 0 {
		var b []int
		if b, order = fill(order, sizes, graphs, room); len(b) == 0 {
			return batches // a graph without room, which the loader has refused
		}
		batches = append(batches, b)
	}
	return batches
}

// trials is how many orders a budget is tried on.
const trials = 2

// trialOrder is one of the orders that budgets are tried on.
func trialOrder(n, trial int) []int { return rand.New(rand.NewPCG(uint64(n), uint64(trial))).Perm(n) }

// disjointBudget is the budget of batches of so many graphs in disjoint mode.
// Of several numbers of nodes around that of an average batch, each at least
// that of the largest graph, it takes the one for which the product of the
// rows of an epoch and its number of batches is least: fewer rows in a batch
// mean less padding, but batches that are full before they have all graphs.
func disjointBudget(sizes []size, graphs int) Budget {
	var total, largest size
	for _, s := range sizes {
		total, largest = total.plus(s), largest.max(s)
	}
	graphs = min(graphs, len(sizes))
	average := float64(total.nodes) / float64(len(sizes)) * float64(graphs)
	room, cost := total, 0.
	for _, share := range []float64{.85, .9, .95, 1, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.6, 2} {
		try := total
		try.nodes = min(total.nodes, max(largest.nodes, int(share*average)))
		batches, most := 0., size{}
		for t := range trials {
			for _, b := range pack(trialOrder(len(sizes), t), sizes, graphs, try) {
				batches++
				most = most.max(sum(b, sizes))
			}
		}
		if c := batches * batches * float64(try.nodes); cost == 0 || c < cost {
			most.nodes = try.nodes
			room, cost = most, c
		}
	}
	b := Budget{
		Graphs: graphs, Nodes: max(1, room.nodes),
		Edges: spare(room.edges, total.edges, largest.edges), Stored: spare(room.stored, total.stored, largest.stored),
	}
	for l, total := range total.levels {
		room, largest := room.level(l), largest.level(l)
		b.Levels = append(b.Levels, Budget{
			Graphs: graphs, Nodes: spare(room.nodes, total.nodes, largest.nodes), Edges: spare(room.edges, total.edges, largest.edges),
		})
	}
	return b
}

// spare is room for a twentieth more than the batches that were tried had.
func spare(tried, total, largest int) int { return max(1, largest, min(total, tried+tried/20)) }

func sum(batch []int, sizes []size) (s size) {
	for _, i := range batch {
		s = s.plus(sizes[i])
	}
	return s
}
