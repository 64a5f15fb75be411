package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// KMISPool clusters nodes around a maximal k-independent set: no two of its
// nodes are within k steps of each other, and every other node is within k
// steps of one of them. In the order of falling keys, score over heuristic, a
// node joins the set unless a member is within k steps. A node's cluster is
// that of the member of highest key within k steps, which need not be the
// nearest one unless Nearest is set:
//
//	s = score(X, A),  X'_c = reduce{ s_i X_i : i in c }
//
// See HardClusters for A' and lift. The selection has the members as Index, in
// rising order, which is that of the clusters, and s as Score.
//
// Of equal keys the lower index comes first. Neighbours take A as undirected,
// the heuristic counts the entries into a node; an isolated node is a member.
// With a scorer without weights, modes.Coarsen can compute the clusters before
// training.
//
// Modes: all. Gradient: to what the scores came from, through s_i X_i.
// Errors: a score that is NaN, when run.
//
// Source: Bacciu, Conte, Landolfi, Generalizing Downsampling from Regular Data to
// Graphs, AAAI 2023, arXiv 2208.03523. tgp's layer rounds degrees to float32,
// reduces by the sum alone, and multiplies features by the random and canonical
// scores.
type KMISPool struct {
	HardClusters
	K           int       // k, at least 1
	Scorer      Scorer    // the score of each node
	Heuristic   Heuristic // what ranks divide it by
	Seed        uint64    // of the random scorer
	Nearest     bool      // a node's cluster is that of the nearest member, of several the lowest; see ops.Nearest
	MembersOnly bool      // X' is s_m X_m of the members alone; default: Reduction
	Trainable             // of the linear scorer; the activity regulariser is that of X'
	made
}

// NewKMISPool is a KMISPool with that k, the linear scorer and the greedy
// heuristic, which adds up the features of a cluster.
func NewKMISPool(k int) *KMISPool {
	return &KMISPool{
		HardClusters: HardClusters{Reduction: ops.ReduceSum, Merge: ops.ReduceSum},
		K:            k, Scorer: LinearScorer, Heuristic: Greedy, made: byNew(),
	}
}

// Class implements Classed.
func (*KMISPool) Class() string { return "kmispool" }

// Apply implements Layer.
func (p *KMISPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: around the members of the set.
func (p *KMISPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(atLeast("K", p.K, 1))
		ensure(p.noActivation())
		ensure(p.Heuristic.check())
		flat := must(in.Flatten())
		m := must(ops.Places(flat.A.(modes.SparseAdj).Sparse))
		linear := func() *G.Node { return p.linear(sc, in.X, 1, ops.Sigmoid) }
		score := must(ops.Reshape(p.Scorer.of(in, flat.A, linear), in.Rows()))
		member := must(ops.KMIS(m, p.rank(in, m, score), p.K, in.Segments()))
		sel := p.selectAround(in, member, score)
		if p.Nearest {
			sel = joinNearest(in, sel)
		}
		sel.Score = score
		return sel
	})
}

// rank is what nodes are ranked by.
func (p *KMISPool) rank(in modes.Graph, m ops.Sparse, score *G.Node) *G.Node {
	switch p.Scorer {
	case CanonicalScorer:
		return score
	case RandomScorer:
		score = must(ops.RowNoise(must(in.X.ToDense()), in.Segments(), p.Seed))
	}
	return p.Heuristic.under(score, m, p.K)
}

// Reduce implements Pooler: the rows times their scores, one for each cluster.
func (p *KMISPool) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		if !p.MembersOnly {
			return p.regularized(sc, must(p.HardClusters.Reduce(sc, in, sel)))
		}
		ensure(p.ready(in, sel, part{"Weight", sel.Weight}))
		return p.regularized(sc, keptRows(in, sel))
	})
}
