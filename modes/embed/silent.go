package embed

import (
	"math"
	"math/rand/v2"

	"github.com/graphpool/graphpool/modes"
)

const (
	silentPairs = 1 << 16 // edges that are looked at, at most
	silentBound = 4       // standard errors that a difference must have to count
	denseShare  = .25     // of all pairs of nodes: more edges than that say little themselves
)

// silent tells whether features say nothing of the edges: whether nodes that an
// edge joins are neither more nor less alike, by the cosine of their rows of x,
// than the same ends joined at random. So it is where all nodes have the same
// features, where each has one of its own, and where they are noise. A graph
// without edges, or with nearly all, has nothing better.
func silent(h *modes.Host, x Matrix, seed uint64) (bool, error) {
	p, weights, err := h.Entries()
	if err != nil {
		return false, err
	}
	var from, to []int32
	var w []float64
	ptr, col := p.Ptr(), p.Col()
	step := int32(1 + p.NNZ()/silentPairs)
	for i := range int32(h.Nodes) {
		for e := ptr[i]; e < ptr[i+1]; e++ {
			if j := col[e]; i < j && (e-ptr[i])%step == i%step {
				from, to, w = append(from, i), append(to, j), append(w, 1)
				if weights != nil {
					w[len(w)-1] = weights[e]
				}
			}
		}
	}
	if len(from) == 0 || float64(p.NNZ()) > denseShare*float64(h.Nodes)*float64(h.Nodes) {
		return false, nil
	}
	x = Unit(x)
	joined, joinedError := x.alike(from, to, w)
	r := rand.New(rand.NewPCG(seed, 0x511e47))
	r.Shuffle(len(to), func(i, j int) { to[i], to[j] = to[j], to[i]; w[i], w[j] = w[j], w[i] })
	drawn, drawnError := x.alike(from, to, w)
	return math.Abs(joined-drawn) <= silentBound*math.Hypot(joinedError, drawnError), nil
}

// alike is the weighted mean of the cosines of pairs of rows of length 1, and
// its standard error. Pairs of a row with itself do not count.
func (m Matrix) alike(from, to []int32, w []float64) (mean, wrong float64) {
	var sum, squares, total, totalSquares float64
	for e, i := range from {
		if i == to[e] {
			continue
		}
		var c float64
		other := m.row(m.Dense, int(to[e]))
		for k, v := range m.row(m.Dense, int(i)) {
			c += float64(v) * float64(other[k])
		}
		sum += w[e] * c
		squares += w[e] * c * c
		total += w[e]
		totalSquares += w[e] * w[e]
	}
	if total == 0 {
		return 0, 0
	}
	mean = sum / total
	return mean, math.Sqrt(max(0, squares/total-mean*mean) * totalSquares / (total * total))
}
