package losses

import (
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameMapEquation is the name of MapEquation.
const NameMapEquation = "map_equation"

// MapOptions are the variants of MapEquation.
type MapOptions struct {
	// Directed lets the walker follow the edges' directions, with smart
	// teleportation; its rates are computed on the host, and A gets no gradient.
	// Default: an undirected walk, whose rates are the nodes' shares of the
	// degrees.
	Directed bool
	// Teleport is the probability α of a teleportation of the directed walk, above
	// 0 and at most 1; the smaller, the longer the rates take. The undirected walk
	// has none.
	Teleport float64
}

// MapEquation is the codelength, in bits, of a random walk on the graph in a
// code with a book for each cluster and one for moves between them:
//
//	L = f(Σ_c enter_c) − Σ_c f(enter_c) − Σ_c f(exit_c) − Σ_i f(p_i) + Σ_c f(exit_c + v_c)
//	f(z) = z log₂ z,  W = SᵀFS,  exit_c = Σ_{n≠c} W_cn,  enter_c = Σ_{n≠c} W_nc,  v = Sᵀp
//
// F is the flow: A / ΣA, with p its row sums; see MapOptions for the directed
// one. The number of clusters comes by itself: empty ones cost nothing. For hard
// clusters it is the two-level map equation that Infomap minimises.
// Range: [−log₂ K, log₂ nK + 2.45] for rows that sum to 1, n the number of
// nodes; for hard clusters at least 0. A graph without edges scores 0.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A; none to A if directed.
// Errors: a teleportation out of range; when run, a directed walk whose rates have
// not settled after 20,000 steps, as may be with α below 0.002.
// Source: Blöcker, Tan, Scholtes, The Map Equation Goes Neural: Mapping Network
// Flows with Graph Neural Networks, NeurIPS 2024, arXiv 2310.01144; Rosvall,
// Bergstrom, PNAS 105, 2008.
func MapEquation(s *G.Node, g modes.Graph, o MapOptions) (*G.Node, error) {
	return build(NameMapEquation, func() *G.Node {
		a := must(newAssignmentWithA(s, g))
		w, p := a.flow(o)
		between := must(ops.ZeroDiagonal(w))
		exit := must(ops.RowSum(between))
		enter := must(ops.RowSum(must(ops.Transpose(between))))
		use := must(ops.SegmentSum(must(ops.RowScale(s, p)), a.seg))
		sum := must(ops.RowSum(xlogx(must(G.Add(exit, use)))))
		sum = must(G.Sub(sum, must(ops.RowSum(xlogx(exit)))))
		sum = must(G.Sub(sum, must(ops.RowSum(xlogx(enter)))))
		sum = must(G.Add(sum, xlogx(must(ops.RowSum(enter)))))
		sum = must(G.Sub(sum, a.perGraph(xlogx(p))))
		return a.mean(must(ops.Affine(sum, 1/math.Ln2, 0)))
	})
}

// xlogx is z log z, elementwise, and 0 for z ≤ 0, with gradient 0.
func xlogx(z *G.Node) *G.Node {
	return must(ops.Affine(must(ops.NegXLogX(must(ops.Activate(z, ops.ReLU)), 0)), -1, 0))
}

// flow is W = SᵀFS of each graph, and p of each row.
func (a *assignment) flow(o MapOptions) (w, p *G.Node) {
	adj := a.g.A
	if o.Directed {
		adj = must(adj.Detached())
	}
	as := must(adj.Mul(a.s))
	d := must(adj.Degree(a.s))
	total := a.perGraph(d)
	p = must(ops.Divide(d, must(ops.Spread(total, a.seg, a.rows()))))
	if !o.Directed {
		return must(ops.Divide(must(ops.TransMul(a.s, as, a.seg)), total)), p
	}
	// F = diag(φ)·A with φ_i = α/ΣA + (1−α) p_i/d_i.
	rates := must(adj.VisitRates(a.s, a.seg, o.Teleport))
	jump := must(ops.Affine(must(ops.Divide(p, d)), o.Teleport, 0)) // d_i/ΣA over d_i
	step := must(ops.Affine(must(ops.Divide(rates, d)), 1-o.Teleport, 0))
	phi := must(G.Add(jump, step))
	return must(ops.TransMul(a.s, must(ops.RowScale(as, phi)), a.seg)), rates
}
