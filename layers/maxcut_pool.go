package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// MaxCutPool keeps nodes on one side of a large cut, which are far apart, and
// assigns every other node to one of them:
//
//	H = X·W + b;  H = tanh(Pᵀ·H·W + b) for each of MessageUnits,  P = (1 − δ)I + δ D^-½AD^-½
//	z = tanh(MLP(H)),  X'_c = Σ_{i in c} z_i X_i
//
// A without self loops in P, and D the sums of its rows; δ above 1 makes
// neighbours differ. The nodes kept are the ⌈Ratio·n⌉ or K with the highest z,
// by rising index. In at most Rounds rounds, a node without a cluster joins the
// cluster from which most entries lead to it; ties: that of the lowest kept
// node. Remaining nodes join the lowest kept node of their graph. See
// HardClusters for A' and lift.
//
// The loss is Σ a_ij z_i z_j / Σ a_ij, which is minimised. The selection has z as
// Score and the nodes kept as Index.
//
// Modes: all. Gradient: to the weights, X and A's weights through z.
// Errors: a score that is NaN, when run.
//
// Source: Abate, Bianchi, MaxCutPool: Differentiable Feature-Aware Maxcut for
// Pooling in Graph Neural Networks, ICLR 2025, arXiv 2409.05100. tgp's layer
// gives nodes left over a cluster at random, divides A' by its largest weight
// unless told otherwise (EdgeWeightNorm), and counts graphs without nodes in the
// mean of the loss.
type MaxCutPool struct {
	HardClusters
	Ratio             float64        // the share of the nodes of each graph that are kept, in (0, 1]; 0 where K is set
	K                 int            // their number; 0 where Ratio is set
	Delta             float64        // δ
	MessageUnits      []int          // units of the layers that pass messages
	MessageActivation ops.Activation // after each of them
	Hidden            []int          // units of the MLP's hidden layers
	MLPActivation     ops.Activation // after each of these
	ScoreActivation   ops.Activation // that makes z
	Rounds            int            // of the assignment, at least 0
	MaxCutWeight      float64        // of the loss
	Trainable                        // the activity regulariser is that of X'
	made
}

// NewMaxCutPool is a MaxCutPool that keeps the given share of the nodes, with
// the network of the paper's code.
func NewMaxCutPool(ratio float64) *MaxCutPool {
	return &MaxCutPool{
		HardClusters: HardClusters{Reduction: ops.ReduceSum, Merge: ops.ReduceSum},
		Ratio:        ratio, Delta: 2, MessageUnits: []int{32, 32, 32, 32, 16, 16, 16, 16, 8, 8, 8, 8}, MessageActivation: ops.Tanh,
		Hidden: []int{16, 16}, MLPActivation: ops.ReLU, ScoreActivation: ops.Tanh, Rounds: 5, MaxCutWeight: 1, made: byNew(),
	}
}

// Class implements Classed.
func (*MaxCutPool) Class() string { return "maxcutpool" }

// Apply implements Layer.
func (p *MaxCutPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: around the nodes of highest score.
func (p *MaxCutPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(p.noActivation())
		ensure(allAtLeast("MessageUnits", p.MessageUnits, 1))
		ensure(allAtLeast("Hidden", p.Hidden, 1))
		ensure(atLeast("Rounds", p.Rounds, 0))
		m, seg := edgesByPlace(in), in.Segments()
		z := p.score(sc, in)
		kept := must(ops.SegmentTopK(z, seg, ops.TopK{Ratio: p.Ratio, K: p.K, Slots: in.Mode.Padded()}))
		sel := p.selectAround(in, must(ops.SpreadClusters(m, kept, p.Rounds, seg)), z)
		sel.Score = z
		return sel
	})
}

// score is z, a vector, 0 at padding.
func (p *MaxCutPool) score(sc *param.Scope, in modes.Graph) *G.Node {
	h := p.linear(sc.Sub("in"), in.X, in.X.Width(), ops.Identity)
	norm := must(must(in.A.WithoutLoops()).Normalize(h, modes.Normalization{}))
	norm = must(norm.Transpose())
	for _, n := range p.MessageUnits {
		sub := sc.Sub("message")
		y := must(ops.Linear(h, p.kernel(sub, "kernel", h.Shape()[h.Dims()-1], n), nil, ops.Identity))
		y = must(G.Add(must(ops.Affine(y, 1-p.Delta, 0)), must(ops.Affine(must(norm.Mul(y)), p.Delta, 0)))) // Pᵀy
		h = p.finish(y, p.bias(sub, "bias", n), p.MessageActivation)
	}
	for _, n := range p.Hidden {
		h = p.linear(sc.Sub("hidden"), modes.Features{Dense: h}, n, p.MLPActivation)
	}
	z := p.linear(sc.Sub("out"), modes.Features{Dense: h}, 1, p.ScoreActivation)
	return withoutPadding(in, must(ops.Reshape(z, in.Rows())))
}

// Losses implements Pooler: the cut.
func (p *MaxCutPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return build(func() []losses.Term {
		z := byGraph(in, must(ops.Reshape(sel.Score, in.Rows(), 1)))
		return []losses.Term{{Name: losses.NameMaxCut, Weight: p.MaxCutWeight, Node: must(losses.MaxCut(z, in))}}
	})
}

// Reduce implements Pooler: the rows of each cluster times their scores.
func (p *MaxCutPool) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node { return p.regularized(sc, must(p.HardClusters.Reduce(sc, in, sel))) })
}
