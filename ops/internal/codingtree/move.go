package codingtree

import "math"

// sweeps is the most times that all nodes are looked at.
const sweeps = 20

// moving is clusters as sets of nodes, of which single nodes change theirs. The
// entropy by clusters is that without them and
//
//	Σ_c m_c/V·log₂(V_c/V),  m_c twice the weight of the edges within c.
type moving struct {
	graph         Graph
	of            []int // the cluster of each node
	degree        []float64
	all           []float64 // V, of each part
	volume, inner []float64 // V_c and m_c
	to            []float64 // the weight of the edges of one node to each cluster
}

func newMoving(g Graph, of []int) *moving {
	m := &moving{graph: g, of: of, volume: make([]float64, len(of)), inner: make([]float64, len(of)), to: make([]float64, len(of))}
	m.degree, m.all = g.Degrees()
	for i, c := range of {
		m.volume[c] += m.degree[i]
		for e := g.Ptr[i]; e < g.Ptr[i+1]; e++ {
			if of[g.Col[e]] == c {
				m.inner[c] += g.Weight[e]
			}
		}
	}
	return m
}

// term is V times what a cluster adds to the entropy.
func term(inner, volume, all float64) float64 {
	if inner <= 0 || volume <= 0 {
		return 0
	}
	return inner * math.Log2(volume/all)
}

// sweep moves each node in turn, and tells whether one has moved.
func (m *moving) sweep() (moved bool) {
	for i := range m.of {
		for e := m.graph.Ptr[i]; e < m.graph.Ptr[i+1]; e++ {
			m.to[m.of[m.graph.Col[e]]] += m.graph.Weight[e]
		}
		from, to := m.of[i], m.best(i)
		if to != from {
			m.add(from, -m.to[from], -m.degree[i])
			m.add(to, m.to[to], m.degree[i])
			moved = true
		}
		for e := m.graph.Ptr[i]; e < m.graph.Ptr[i+1]; e++ {
			m.to[m.of[m.graph.Col[e]]] = 0
		}
		m.of[i] = to
	}
	return moved
}

func (m *moving) add(c int, weight, degree float64) {
	m.inner[c] += 2 * weight
	m.volume[c] += degree
}

// best is the cluster of a neighbour of a node with which the entropy is least,
// the first such; its own unless another is clearly better.
func (m *moving) best(i int) int {
	from, d, all := m.of[i], m.degree[i], m.all[m.graph.Of[i]]
	stay := term(m.inner[from], m.volume[from], all) - term(m.inner[from]-2*m.to[from], m.volume[from]-d, all)
	least, to := stay-1e-9*d, from
	for e := m.graph.Ptr[i]; e < m.graph.Ptr[i+1]; e++ {
		if c := m.of[m.graph.Col[e]]; c != from {
			if there := term(m.inner[c]+2*m.to[c], m.volume[c]+d, all) - term(m.inner[c], m.volume[c], all); there < least {
				least, to = there, c
			}
		}
	}
	return to
}

// lowest is the lowest node of the cluster of each.
func lowest(of []int) []int {
	out, first := make([]int, len(of)), make([]int, len(of))
	for i := range first {
		first[i] = -1
	}
	for i, c := range of {
		if first[c] < 0 {
			first[c] = i
		}
		out[i] = first[c]
	}
	return out
}
