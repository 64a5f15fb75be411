package modes

import (
	"math/rand/v2"
	"slices"
)

// planned is a batch that is yet to be made: the graphs, and the room they
// go into.
type planned struct {
	room  int
	index []int
}

// plan is the batches of an epoch.
func (l *Loader) plan(epoch int) []planned {
	order := slices.Clone(l.index)
	rng := rand.New(rand.NewPCG(l.opts.Seed, uint64(epoch)+0x9e3779b97f4a7c15))
	if !l.opts.Ordered {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	if l.opts.Mode == Disjoint {
		var out []planned
		for _, b := range pack(order, l.sizes, l.rooms[0].budget.Graphs, l.rooms[0].size()) {
			out = append(out, planned{0, b})
		}
		return out
	}
	out := l.planBuckets(order)
	if !l.opts.Ordered {
		rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

// planBuckets fills the batches of each bucket. Graphs that are left over in a
// bucket go to the next larger one where its last batch has room for them.
func (l *Loader) planBuckets(order []int) (out []planned) {
	of := make([][]int, len(l.rooms))
	for _, i := range order {
		r := l.roomOf(i)
		of[r] = append(of[r], i)
	}
	for r, graphs := range of {
		most := l.rooms[r].budget.Graphs
		if left := len(graphs) % most; r+1 < len(of) && left > 0 {
			if next := l.rooms[r+1].budget.Graphs; next-1-(len(of[r+1])+next-1)%next >= left {
				of[r+1] = append(of[r+1], graphs[len(graphs)-left:]...)
				graphs = graphs[:len(graphs)-left]
			}
		}
		for _, b := range pack(graphs, l.sizes, most, l.rooms[r].size()) {
			out = append(out, planned{r, b})
		}
	}
	return out
}

// roomOf is the smallest room for a graph.
func (l *Loader) roomOf(graph int) int {
	for i, r := range l.rooms {
		if l.sizes[graph].within(r.largest()) {
			return i
		}
	}
	return len(l.rooms) - 1
}

// Report is how large an epoch is.
type Report struct {
	Batches int
	Graphs  int
	Nodes   int
	Rows    int // with padding
}

// Padding is the share of rows that are padding, in [0, 1].
func (r Report) Padding() float64 {
	if r.Rows == 0 {
		return 0
	}
	return 1 - float64(r.Nodes)/float64(r.Rows)
}

// Report is the size of an epoch, which is counted from 0. No batch is made.
func (l *Loader) Report(epoch int) Report {
	var r Report
	for _, p := range l.plan(epoch) {
		r.Batches++
		r.Rows += l.rooms[p.room].form.rows
		for _, i := range p.index {
			r.Graphs++
			r.Nodes += l.hosts[i].Nodes
		}
	}
	return r
}
