package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// ClusterPool puts nodes into one cluster if edges of high score connect them,
// directly or through other nodes:
//
//	s_uv = score([X_u, X_v]·W + b) for each entry (u, v) of A that is no self loop
//	c = the components of the graph of the entries with s_uv > Threshold
//	X'_c = Σ_{v in c} Σ_u s_uv X_u + X_v of a node v that is alone in c
//
// W is the 2F×1 weight kernel, b the weight bias. Weights of A do not enter the
// scores. See HardClusters for A' and lift; Reduction is of the nodes' terms of
// X'_c, the sum by default.
//
// Clusters are ordered by their lowest nodes. The selection has s_uv as
// EdgeScore, for A's entries by place, 0 for self loops.
//
// Modes: all. Gradient: to W, b and X through s_uv.
// Errors: a score that is NaN, when run.
//
// Source: Snelleman, Renting, Hoos, van Rijn, Edge-Based Graph Component Pooling,
// 2024, arXiv 2409.11856. As PyG's ClusterPooling, whose
// log_softmax is over all graphs of the batch, so that graphs influence each
// other, and whose A' has no weights; log_softmax passes no threshold of 0.
type ClusterPool struct {
	HardClusters
	Score     EdgeScore // tanh, sigmoid or log_softmax
	Threshold float64   // the score beyond which an entry joins its nodes
	Trainable           // the activity regulariser is that of X'
	made
}

// NewClusterPool is a ClusterPool with scores by tanh, which join above 0.
func NewClusterPool() *ClusterPool {
	return &ClusterPool{
		HardClusters: HardClusters{Reduction: ops.ReduceSum, Merge: ops.ReduceSum},
		Score:        TanhScore, made: byNew(),
	}
}

// Class implements Classed.
func (*ClusterPool) Class() string { return "clusterpool" }

// Apply implements Layer.
func (p *ClusterPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by components.
func (p *ClusterPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(p.noActivation())
		m := edgesByPlace(in)
		score := p.Score.of(in, m, p.edgeRaw(sc, in, m), TanhScore, SigmoidScore, LogSoftmaxScore)
		apart := must(ops.IDMask(must(ops.EdgesApart(m)), score, m.Capacity))
		score = must(ops.Hadamard(score, apart))
		lowest := must(ops.Components(m, score, p.Threshold, in.Segments()))
		sel := must(p.SelectClusters(in, lowest, nil))
		m.Weights, sel.EdgeScore = score, score
		sel.Features = byGraph(in, p.terms(in, m, sel))
		return sel
	})
}

// terms is Σ_u s_uv X_u of each row v, and X_v besides where v is alone.
func (p *ClusterPool) terms(in modes.Graph, m ops.Sparse, sel Selection) *G.Node {
	x := must(ops.Reshape(must(in.X.ToDense()), in.Rows(), in.X.Width()))
	seg := ops.Segments{IDs: sel.Cluster, Count: p.places(in)}
	size := must(ops.Spread(must(ops.SegmentCount(seg, x, in.Rows())), seg, in.Rows()))
	more := must(ops.NonZero(must(ops.Affine(size, 1, -1))))
	alone := must(ops.RowScale(x, must(ops.Affine(more, -1, 1))))
	return must(G.Add(must(ops.SpMMT(m, x)), alone))
}

// Reduce implements Pooler: the terms of each cluster.
func (p *ClusterPool) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node { return p.regularized(sc, must(p.HardClusters.Reduce(sc, in, sel))) })
}
