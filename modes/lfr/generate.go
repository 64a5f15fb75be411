package lfr

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/internal/edgelist"
)

// triesPerEdge bounds how often a pair that may not be joined looks for another
// pair to exchange ends with.
const triesPerEdge = 200

// Generate draws a graph from the model that c describes.
//
// Each node gets a degree k, (1 − μ)·k of it inside its community, rounded at
// random. Ends are joined at random, inside each community and between them;
// pairs that are self loops, double or on the wrong side of a border exchange
// ends with other pairs. The few that find none are left out and counted in
// Changes. Nodes are numbered community by community, the largest first; Labels
// are the communities.
//
// Time and memory are linear in nodes and edges. It errs where a field of c is out
// of range.
func Generate(c Config) (*graphfile.Graph, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(c.Seed, 0x6c6672))
	degree, sizes := c.degrees(r), c.sizes(r)
	inside := c.inside(r, degree, sizes[0])
	community := place(r, inside, sizes)
	degree, inside, community = byCommunity(degree, inside, community)

	m := &matching{r: r, seen: make(map[edgelist.Edge]struct{})}
	start := 0
	for _, size := range sizes {
		m.join(start, inside[start:start+size], func(_, _ int32) bool { return true })
		start += size
	}
	outside := make([]int, c.Nodes)
	for i := range outside {
		if len(sizes) > 1 {
			outside[i] = degree[i] - inside[i]
		}
	}
	m.join(0, outside, func(a, b int32) bool { return community[a] != community[b] })

	g := &graphfile.Graph{Nodes: c.Nodes, Labels: community}
	g.RowPtr, g.Col = edgelist.Rows(c.Nodes, m.edges)
	if m.lost > 0 {
		g.Changes = []string{fmt.Sprintf("%d of %d edges found no room", m.lost, m.lost+len(m.edges))}
	}
	return g, nil
}

// inside rounds (1 − μ)·degree at random, to less than the largest community.
func (c Config) inside(r *rand.Rand, degree []int, largest int) []int {
	out := make([]int, len(degree))
	for i, k := range degree {
		out[i] = min(int(math.Floor((1-c.Mixing)*float64(k)+r.Float64())), k, largest-1)
	}
	return out
}

// byCommunity numbers the nodes community by community.
func byCommunity(degree, inside, community []int) (d, in, com []int) {
	order := make([]int, len(degree))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return community[a] - community[b] })
	for _, i := range order {
		d, in, com = append(d, degree[i]), append(in, inside[i]), append(com, community[i])
	}
	return d, in, com
}

// matching joins ends to edges.
type matching struct {
	r     *rand.Rand
	seen  map[edgelist.Edge]struct{}
	edges []edgelist.Edge
	lost  int
}

// join gives node first + i count[i] ends and joins all of them at random, in
// pairs that fit; of an odd number the last is left out.
func (m *matching) join(first int, count []int, fits func(a, b int32) bool) {
	var ends []int32
	for i, n := range count {
		for range n {
			ends = append(ends, int32(first+i))
		}
	}
	m.r.Shuffle(len(ends), func(i, j int) { ends[i], ends[j] = ends[j], ends[i] })
	from := len(m.edges)
	var left [][2]int32
	for i := 0; i+1 < len(ends); i += 2 {
		if !m.add(ends[i], ends[i+1], fits) {
			left = append(left, [2]int32{ends[i], ends[i+1]})
		}
	}
	for _, pair := range left {
		if !m.exchange(pair[0], pair[1], from, fits) {
			m.lost++
		}
	}
}

// free tells whether two nodes may be joined.
func (m *matching) free(a, b int32, fits func(a, b int32) bool) bool {
	if a == b || !fits(a, b) {
		return false
	}
	_, there := m.seen[edgelist.New(a, b)]
	return !there
}

func (m *matching) add(a, b int32, fits func(a, b int32) bool) bool {
	if !m.free(a, b, fits) {
		return false
	}
	e := edgelist.New(a, b)
	m.seen[e] = struct{}{}
	m.edges = append(m.edges, e)
	return true
}

// exchange joins a and b each to an end of an edge drawn since from, in its place.
func (m *matching) exchange(a, b int32, from int, fits func(a, b int32) bool) bool {
	for range triesPerEdge {
		if len(m.edges) == from {
			return false
		}
		at := from + m.r.IntN(len(m.edges)-from)
		old := m.edges[at]
		x, y := old[0], old[1]
		if m.r.IntN(2) == 0 {
			x, y = y, x
		}
		if !m.free(a, x, fits) || !m.free(b, y, fits) || edgelist.New(a, x) == edgelist.New(b, y) {
			continue
		}
		delete(m.seen, old)
		m.edges[at] = edgelist.New(a, x)
		m.seen[m.edges[at]] = struct{}{}
		return m.add(b, y, fits)
	}
	return false
}
