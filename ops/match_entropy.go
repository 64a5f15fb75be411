package ops

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/codingtree"
	"github.com/graphpool/graphpool/ops/internal/sparse"
)

// EntropyClusters is clusters of small structural entropy: those of a coding tree
// of height 2, of each segment,
//
//	H = −Σ_c g_c/V·log₂(V_c/V) − Σ_i d_i/V·log₂(d_i/V_c(i))
//
// V_c the sum of the degrees d of a cluster, V that of all, g_c the weight of the
// entries that leave it. At first every row is a cluster. The two whose union
// lowers H most become one, until none lowers it; then rows move on their own to
// the cluster of a neighbour while that lowers H.
//
// A is read as A + Aᵀ without self loops and weights below 0. Equal unions go by
// the age of the clusters, rows in rising order.
//
// Shapes: m N×N, without weights each entry counts 1; the result is a vector of N
// Ints: the lowest row of each row's cluster, −1 for rows of no segment.
// Gradient: none. Time: a little more than linear; memory: linear.
// Errors: a weight that is NaN, or weights whose sum is not finite, when run.
func EntropyClusters(m Sparse, s Segments) (*G.Node, error) {
	return matchOp{name: "EntropyClusters", perEdge: true, run: entropyClusters}.of(m, m.Weights, s)
}

func entropyClusters(p *Pattern, weights G.Value, ids []int) ([]int, error) {
	w, err := values64(weights, p.NNZ())
	if err != nil {
		return nil, err
	}
	g := p.undirectedSums(w, ids)
	_, volume := g.Degrees()
	for id, v := range volume {
		if math.IsInf(v, 0) {
			return nil, fmt.Errorf("the weights of segment %d add up to %v, want a finite number", id, v)
		}
	}
	out := codingtree.Clusters(g)
	for i, id := range ids {
		if id < 0 {
			out[i] = -1
		}
	}
	return out, nil
}

// undirectedSums is A + Aᵀ without self loops, weights of at most 0 and entries
// between segments, with its columns in rising order.
func (p *Pattern) undirectedSums(w []float64, ids []int) codingtree.Graph {
	n := p.Rows()
	g := codingtree.Graph{Of: make([]int32, n), Parts: 1}
	for i, id := range ids {
		g.Of[i] = int32(max(0, id))
		g.Parts = max(g.Parts, id+1)
	}
	each := func(f func(i, j int32, v float64)) {
		for i := range int32(n) {
			for e := p.csr.Ptr[i]; e < p.csr.Ptr[i+1]; e++ {
				if j, v := p.csr.Col[e], sparse.Weight(w, e); j != i && ids[i] >= 0 && ids[i] == ids[j] && v > 0 {
					f(i, j, v)
				}
			}
		}
	}
	ptr := make([]int32, n+1)
	each(func(i, j int32, _ float64) { ptr[i+1]++; ptr[j+1]++ })
	for i := range n {
		ptr[i+1] += ptr[i]
	}
	// Once by row as they come; then the transpose of that, which is the same
	// matrix, has rising columns.
	col, v := make([]int32, ptr[n]), make([]float64, ptr[n])
	put := filler(ptr, col, v)
	each(func(i, j int32, x float64) { put(i, j, x); put(j, i, x) })
	g.Col, g.Weight = make([]int32, ptr[n]), make([]float64, ptr[n])
	put = filler(ptr, g.Col, g.Weight)
	for i := range int32(n) {
		for e := ptr[i]; e < ptr[i+1]; e++ {
			put(col[e], i, v[e])
		}
	}
	g.Ptr = ptr
	addEqual(&g)
	return g
}

// filler appends entries to rows.
func filler(ptr, col []int32, v []float64) func(i, j int32, x float64) {
	at := append([]int32{}, ptr...)
	return func(i, j int32, x float64) {
		col[at[i]], v[at[i]] = j, x
		at[i]++
	}
}

// addEqual makes the entries of one place one.
func addEqual(g *codingtree.Graph) {
	used, first := int32(0), g.Ptr[0]
	for i := range len(g.Ptr) - 1 {
		start := used
		for e := first; e < g.Ptr[i+1]; e++ {
			if used > start && g.Col[used-1] == g.Col[e] {
				g.Weight[used-1] += g.Weight[e]
				continue
			}
			g.Col[used], g.Weight[used] = g.Col[e], g.Weight[e]
			used++
		}
		first, g.Ptr[i+1] = g.Ptr[i+1], used
	}
	g.Col, g.Weight = g.Col[:used], g.Weight[:used]
}
