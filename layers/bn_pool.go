package layers

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// BNPool clusters nodes by a stochastic block model whose number of clusters is
// learned, by stick breaking (Bayesian nonparametric pooling):
//
//	α, β = clamp(softplus(MLP(X)), 0.001, 1000),  z = α/(α+β)
//	S_ij = z_ij Π_{l<j} (1 − z_il),  S_iK what is left
//	X' = SᵀX,  A' = sym(zd(SᵀAS))
//
// z is the mean of the posterior Beta(α, β) of each fraction; the authors draw
// it in training. K is the maximum number of clusters: clusters that explain no
// links get no nodes. The losses are reconstruction, posterior divergence and
// connectivity prior; see losses.Reconstruction, losses.PosteriorDivergence and
// losses.ConnectivityPrior. The selection has what they read as Sticks. The
// connections between clusters are a weight that is learned, added to
// Connection on the diagonal and −Connection off it.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K. No matrix of N² is formed for
// a sparse A; without Partners the reconstruction takes N² time. Source:
// Castellana, Bianchi, BN-Pool: Bayesian Nonparametric Pooling for Graphs,
// 2025, arXiv 2501.09821. As tgp's layer with PriorOncePerBatch, except that it
// uses the mean instead of samples, and that links count 1 whatever their
// weight.
type BNPool struct {
	Clusters
	Hidden               []int          // units of the MLP's hidden layers; default: none
	HiddenActivation     ops.Activation // between the MLP's layers; default: none
	HiddenActivationFunc Func           // replaces HiddenActivation if set; it has no JSON
	Dropout              float64        // probability that an output of the MLP is dropped in training

	Concentration     float64    // of the Dirichlet process, above 0: the smaller, the fewer clusters
	PriorMean         float64    // of the connections: on the diagonal, and negative off it
	PriorVariance     float64    // of the connections, above 0
	PriorOncePerBatch bool       // the prior is divided by the number of graphs once more, as tgp does
	Connection        float64    // where the connections start: on the diagonal, and negative off it
	ConnectionSpec    param.Spec // initialiser, regulariser and constraint of what is learned of them; default: it starts at 0
	Partners          int        // nodes drawn for each node, in place of all pairs; 0: all pairs

	ReconstructionWeight float64 // of the reconstruction loss
	DivergenceWeight     float64 // of the posterior divergence
	PriorWeight          float64 // of the connectivity prior

	PosteriorFunc PosteriorFunc // replaces the MLP, and the mean, if set; it has no JSON
	Trainable                   // of the MLP; the activity regulariser is that of S
	made
}

// PosteriorFunc gives the fractions z of the stick, in (0, 1), and the parameters
// α and β of their posterior, each of X's rows and K−1 columns.
type PosteriorFunc func(sc *param.Scope, in modes.Graph) (z, alpha, beta *G.Node, err error)

// Sticks is what BNPool's selection has beside S: the posterior of the fractions,
// nil where K is 1, and the connections between clusters, K×K.
type Sticks struct {
	Alpha, Beta, Connections *G.Node

	seed uint64 // of the partners that the reconstruction draws
}

// NewBNPool is a BNPool with at most k clusters and tgp's options: concentration
// 1, a prior of mean 10 and variance 1 of connections that start at 1, all
// losses of weight 1, no hidden layer, relu between the layers if some are
// given, ε 1e-15.
func NewBNPool(k int) *BNPool {
	return &BNPool{
		Clusters: Clusters{K: k, Eps: 1e-15}, HiddenActivation: ops.ReLU,
		Concentration: 1, PriorMean: 10, PriorVariance: 1, Connection: 1,
		ReconstructionWeight: 1, DivergenceWeight: 1, PriorWeight: 1, made: byNew(),
	}
}

// Class implements Classed.
func (*BNPool) Class() string { return "bnpool" }

// Apply implements Layer.
func (p *BNPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

func (p *BNPool) ensureOptions(in modes.Graph) {
	ensure(p.check())
	ensure(p.noActivation())
	ensure(allAtLeast("Hidden", p.Hidden, 1))
	ensure(atLeast("Partners", p.Partners, 0))
	ensure(probability("Dropout", p.Dropout))
	ensure(in.CheckA())
}

// Select implements Pooler: S by breaking sticks. Its logits are log S.
func (p *BNPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		p.ensureOptions(in)
		like := must(in.X.ToDense())
		learned := must(sc.Param("connections", param.Zeros{}, p.ConnectionSpec, p.K, p.K))
		start := must(ops.AddDiagonal(must(ops.Full(like, -p.Connection, p.K, p.K)), 2*p.Connection))
		sticks := &Sticks{Connections: must(G.Add(start, learned))}
		if p.Partners > 0 {
			sticks.seed = sc.Seed()
		}
		logits := must(ops.Full(like, 0, in.Rows(), p.K))
		if p.K > 1 {
			logits = p.broken(sc, in, sticks)
		}
		sel := SoftAssign{}.assign(sc, in, byGraph(in, logits))
		sel.Sticks = sticks
		p.regularized(sc, sel.Assignment)
		return sel
	})
}

// broken is log S: log z_j + Σ_{l<j} log(1 − z_l), with log z_K = 0.
func (p *BNPool) broken(sc *param.Scope, in modes.Graph, sticks *Sticks) *G.Node {
	taken, left := p.fractions(sc, in, sticks)
	own := matrixOf(taken, "own", p.K-1, p.K, func(l, j int) bool { return l == j })
	before := matrixOf(taken, "before", p.K-1, p.K, func(l, j int) bool { return l < j })
	rows := func(x *G.Node) *G.Node { return must(ops.Reshape(x, in.Rows(), p.K-1)) }
	y := must(ops.Linear(rows(taken), own, nil, ops.Identity))
	return must(G.Add(y, must(ops.Linear(rows(left), before, nil, ops.Identity))))
}

// fractions is log z and log(1 − z), and sets the posterior.
func (p *BNPool) fractions(sc *param.Scope, in modes.Graph, sticks *Sticks) (taken, left *G.Node) {
	if p.PosteriorFunc != nil {
		z, alpha, beta, err := p.PosteriorFunc(sc, in)
		ensure(err)
		for _, n := range []*G.Node{z, alpha, beta} {
			if n == nil || n.Shape().TotalSize() != in.Rows()*(p.K-1) {
				ensure(fmt.Errorf("PosteriorFunc gave %v, want a node of %d rows and %d columns", n, in.Rows(), p.K-1))
			}
		}
		sticks.Alpha, sticks.Beta = alpha, beta
		return must(ops.Log(z)), must(ops.Log(must(ops.Affine(z, -1, 1))))
	}
	t := p.Trainable
	t.Activity, t.ActivationFunc = nil, p.HiddenActivationFunc
	mlp := MLP{Hidden: p.Hidden, Units: 2 * (p.K - 1), Activation: p.HiddenActivation, Trainable: t}
	y := mlp.logits(sc, in)
	if p.Dropout > 0 && sc.Training() {
		y = must(ops.Dropout(y, p.Dropout, sc.Seed()))
	}
	both := must(ops.Clamp(must(ops.Softplus(y)), 1e-3, 1e3))
	sticks.Alpha = must(ops.ColumnRange(both, 0, p.K-1))
	sticks.Beta = must(ops.ColumnRange(both, p.K-1, 2*(p.K-1)))
	sum := must(ops.Log(must(G.Add(sticks.Alpha, sticks.Beta))))
	return must(G.Sub(must(ops.Log(sticks.Alpha)), sum)), must(G.Sub(must(ops.Log(sticks.Beta)), sum))
}

// Losses implements Pooler: reconstruction, posterior divergence and
// connectivity prior.
func (p *BNPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return build(func() []losses.Term {
		ensure(p.ready(in, sel))
		if sel.Sticks == nil {
			ensure(errors.New("Sticks of the selection is nil, want what Select of the same pooler gives"))
		}
		k := sel.Sticks.Connections
		o := losses.ReconstructionOptions{Partners: p.Partners, Seed: sel.Sticks.seed}
		quality := must(losses.Reconstruction(sel.Assignment, k, in, o))
		kl := must(ops.Full(k, 0))
		if p.K > 1 {
			kl = must(losses.PosteriorDivergence(sel.Sticks.Alpha, sel.Sticks.Beta, in, p.Concentration))
		}
		prior := must(losses.ConnectivityPrior(k, in, losses.PriorOptions{Mean: p.PriorMean, Variance: p.PriorVariance, OncePerBatch: p.PriorOncePerBatch}))
		return []losses.Term{
			{Name: losses.NameReconstruction, Weight: p.ReconstructionWeight, Node: quality},
			{Name: losses.NamePosteriorDivergence, Weight: p.DivergenceWeight, Node: kl},
			{Name: losses.NameConnectivityPrior, Weight: p.PriorWeight, Node: prior},
		}
	})
}
