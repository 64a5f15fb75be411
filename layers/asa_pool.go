package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// ASAPool is adaptive structure aware pooling: the neighbourhood of every node is
// a cluster, whose nodes attention weighs, and the fittest clusters are kept:
//
//	m_v = max_u X_u,  α_uv = softmax over u of LeakyReLU([m_v·W + b, X_u]·W' + b')
//	X̂_v = Σ_u α_uv X_u,  y = LEConv(X̂),  X' = (X̂ ⊙ sigmoid(y))[idx],  A' = (SᵀAS)[idx, idx]
//
// u runs over the entries (u, v) into v, a self loop among them: A has one of
// weight 1 where none is stored. S has α_uv at (u, v). idx is the ⌈ratio·n⌉ nodes
// with the highest y; see TopNodes, also for the lift, which Nearest changes and A'
// not. Weights of A enter A'
// alone. The weights of the layer are lin_kernel and lin_bias (W, b), att_kernel
// and att_bias (W', b'), and those of an LEConv of one unit without edge weights.
//
// Modes: all. Shapes: A' is sparse, whatever A is, with an entry wherever a way of
// at most three entries joins two of the nodes kept; it has no attributes of
// edges, and no diagonal unless Loops is set. The selection has X̂ as Features and
// α as EdgeScore, for A's entries by place with the self loops.
// Gradient: to X and the weights, and to A's weights through A'.
// Errors: more entries of A' or of A·S than Capacity, when run.
//
// As PyG's layer with Descending and RankGated, and with K for a ratio that is an
// integer. tgp's layer gives the weights of A to the score.
//
// Source: Ranjan, Sanyal, Talukdar, ASAP: Adaptive Structure Aware Pooling for
// Learning Hierarchical Graph Representations, AAAI 2020, arXiv 1911.07979.
type ASAPool struct {
	TopNodes
	Slope    float64 // of the leaky relu, for what is below 0
	Dropout  float64 // probability that an α is dropped in training
	GNN      Layer   // gives what attention reads in place of X, a row for each node; nil for X
	Loops    bool    // keep the diagonal of A'; default: it is dropped
	Capacity int     // the most entries of A' and of A·S; 0: 32 for each row and edge that there is room for, or all pairs of a graph
	made
}

// NewASAPool is an ASAPool that keeps the given share of each graph's clusters,
// with sigmoid as the gate and a slope of 0.2.
func NewASAPool(ratio float64) *ASAPool {
	return &ASAPool{TopNodes: TopNodes{Ratio: ratio, Multiplier: 1, Gate: ops.Sigmoid}, Slope: 0.2, made: byNew()}
}

// Class implements Classed.
func (*ASAPool) Class() string { return "asapool" }

// Apply implements Layer.
func (p *ASAPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: by the fitness of each neighbourhood.
func (p *ASAPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(probability("Dropout", p.Dropout))
		if p.Slope-p.Slope != 0 {
			ensure(unwanted("Slope", p.Slope, "a finite number"))
		}
		s := looped(in)
		s.Weights = p.attention(sc, in, s)
		in.X = modes.Features{Dense: must(in.X.ToDense())}
		clusters := in.WithX(byGraph(in, must(ops.SpMMT(s, asRows(in.X.Dense)))))
		sel := must(p.SelectTop(in, p.fitness(sc, clusters, s)))
		sel.Features, sel.EdgeScore = clusters.X.Dense, s.Weights
		return sel
	})
}

// looped is A by place with the self loops that it lacks.
func looped(in modes.Graph) ops.Sparse { return must(ops.MissingLoops(edgesByPlace(in))) }

// attention is α for each entry of m.
func (p *ASAPool) attention(sc *param.Scope, in modes.Graph, m ops.Sparse) *G.Node {
	x := p.read(sc, in, m)
	f, list := x.Shape()[1], edgeList{m: m, toColumns: true}
	top := must(ops.SegmentMax(must(ops.Gather(x, list.senders())), list.heard()))
	top = must(ops.Linear(top, p.kernel(sc, "lin_kernel", f, f), p.bias(sc, "lin_bias", f), ops.Identity))
	first, second := halves(p.kernel(sc, "att_kernel", 2*f, 1))
	into := must(ops.Linear(top, first, p.bias(sc, "att_bias", 1), ops.Identity))
	raw := sumOfEnds(m, must(ops.Linear(x, second, nil, ops.Identity)), into)
	alpha := must(ops.EdgeSoftMax(m, must(ops.LeakyReLU(raw, p.Slope)), ops.PerColumn))
	if p.Dropout > 0 && sc.Training() {
		alpha = must(ops.Dropout(alpha, p.Dropout, sc.Seed()))
	}
	return alpha
}

// read is what attention reads, a row for each node.
func (p *ASAPool) read(sc *param.Scope, in modes.Graph, m ops.Sparse) *G.Node {
	if p.GNN == nil {
		return asRows(must(in.X.ToDense()))
	}
	in.A, in.E = modes.SparseAdj{Sparse: m}, nil
	out := must(p.GNN.Apply(sc, in))
	if out.Rows() != in.Rows() || len(out.Losses) > 0 {
		ensure(fmt.Errorf("GNN gives %d rows and %d losses, want %d, one for each node, and none", out.Rows(), len(out.Losses), in.Rows()))
	}
	return asRows(must(out.X.ToDense()))
}

// fitness is y: a node's cluster among those of its neighbours.
func (p *ASAPool) fitness(sc *param.Scope, clusters modes.Graph, m ops.Sparse) *G.Node {
	le := NewLEConv(1)
	le.ToColumns = true
	le.Kernel, le.Bias, le.NoBias = p.Kernel, p.Bias, p.NoBias
	m.Weights = nil
	clusters.A, clusters.E = modes.SparseAdj{Sparse: m}, nil
	return must(le.Apply(sc, clusters)).X.Dense
}

// Connect implements Pooler: SᵀAS of the clusters kept.
func (p *ASAPool) Connect(_ *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return build(func() modes.Graph {
		ensure(p.ready(in, sel))
		ensure(ready(in, part{"EdgeScore", sel.EdgeScore}))
		ensure(atLeast("Capacity", p.Capacity, 0))
		m, most := looped(in), productCapacity(in, edgesByPlace(in), p.Capacity)
		s := m
		s.Weights = sel.EdgeScore
		s = must(ops.TakeColumns(s, sel.Index))
		a := must(ops.SpSpMM(must(ops.Transposed(s)), must(ops.SpSpMM(m, s, most, s.Weights)), most, s.Weights))
		if !p.Loops {
			a = must(ops.WithoutLoops(a))
		}
		return modes.Graph{Mode: pooledMode(in.Mode), Graphs: in.Graphs, IDs: p.keptIDs(in, sel), A: modes.SparseAdj{Sparse: a}}
	})
}
