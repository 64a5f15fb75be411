package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SetAttention is the base of the readouts with attention blocks. A block of
// queries q on a set y, both of F columns, is
//
//	o = heads(softmax(QKᵀ/√d) V)·W_o + b_o + q,  MAB(q, y) = o + relu(o·W + b)
//
// with Q = q·W_q + b_q, and K and V made of y alike, d = F over the heads. A set
// attends to itself by SAB(x) = MAB(x, x), and seeds that are learned attend to
// it by PMA(x) = MAB(seeds, relu(x·W_in + b_in)). Attention stays inside each
// graph, and no matrix of all pairs is kept.
type SetAttention struct {
	Heads     int  // of each block, at least 1; F is a multiple of it
	LayerNorm bool // o, and the block's result, are brought to mean 0 and variance 1 by row, scaled and shifted
	Trainable      // of all blocks; the activity regulariser is that of X'
}

// members is rows of several sets and the set of each.
type members struct {
	x   *G.Node
	seg ops.Segments
}

// nodes is the nodes of each graph as a set.
func (p *SetAttention) nodes(in modes.Graph) members {
	ensure(p.noActivation())
	ensure(atLeast("Heads", p.Heads, 1))
	if f := in.X.Width(); f%p.Heads != 0 {
		ensure(unwanted("Heads", p.Heads, fmt.Sprintf("a number that divides %d, that of the features", f)))
	}
	r := newReading(in)
	return members{r.x, r.seg}
}

// block is MAB(q, y), whose weights have names that begin with prefix.
func (p *SetAttention) block(sc *param.Scope, prefix string, q, y members) members {
	n := q.x.Shape()[1]
	query := p.layer(sc, prefix+"q", q.x, n, ops.Identity)
	key, value := p.layer(sc, prefix+"k", y.x, n, ops.Identity), p.layer(sc, prefix+"v", y.x, n, ops.Identity)
	o := must(ops.Attention(query, key, value, q.seg, y.seg, p.Heads))
	o = must(G.Add(p.layer(sc, prefix+"o", o, n, ops.Identity), q.x))
	o = p.norm(sc, prefix+"ln1", o)
	o = must(G.Add(o, p.layer(sc, prefix+"lin", o, n, ops.ReLU)))
	return members{p.norm(sc, prefix+"ln2", o), q.seg}
}

// layer is a(x·W + b).
func (p *SetAttention) layer(sc *param.Scope, name string, x *G.Node, n int, a ops.Activation) *G.Node {
	return must(ops.Linear(x, p.kernel(sc, name+"_kernel", x.Shape()[1], n), p.bias(sc, name+"_bias", n), a))
}

// norm is x normalised by row, where the option says so.
func (p *SetAttention) norm(sc *param.Scope, name string, x *G.Node) *G.Node {
	if !p.LayerNorm {
		return x
	}
	n := x.Shape()[1]
	gamma := must(sc.Param(name+"_gamma", param.Ones{}, param.Spec{}, n))
	beta := must(sc.Param(name+"_beta", param.Zeros{}, param.Spec{}, n))
	x = must(ops.Standardize(x, ops.OneSegment(), ops.OverRows, 1e-5))
	return must(ops.BiasActivate(must(ops.LastScale(x, gamma)), beta, ops.Identity))
}

// pool is PMA(y) with so many seeds a graph.
func (p *SetAttention) pool(sc *param.Scope, prefix string, y members, seeds int) members {
	n := y.x.Shape()[1]
	seed := p.kernel(sc, prefix+"seed", seeds, n)
	q := members{must(ops.Tile(seed, y.seg.Count)), y.seg}
	if y.seg.IDs != nil {
		q.seg.IDs = must(ops.SlotIDs(y.seg.IDs, y.seg.Count, seeds))
	}
	return p.block(sc, prefix, q, members{p.layer(sc, prefix+"in", y.x, n, ops.ReLU), y.seg})
}

// several is so many blocks SAB one after the other.
func (p *SetAttention) several(sc *param.Scope, prefix string, count int, x members) members {
	for i := range count {
		x = p.block(sc, fmt.Sprintf("%s%d_", prefix, i), x, x)
	}
	return x
}

// mean is the mean of each set's rows, 0 for a graph without nodes.
func (m members) mean() *G.Node { return must(ops.SegmentMean(m.x, m.seg)) }

// row is each set's rows side by side, 0 for a graph without nodes.
func (m members) row() *G.Node {
	x := m.x
	if m.seg.IDs != nil {
		x = must(ops.RowScale(x, must(ops.IDMask(m.seg.IDs, x, x.Shape()[0]))))
	}
	return must(ops.Reshape(x, m.seg.Count, x.Shape().TotalSize()/m.seg.Count))
}

// SetTransformer is a readout by attention among the nodes, of seeds to the
// nodes, and among the seeds:
//
//	X' = SAB_dec(… PMA(SAB_enc(… X)))
//
// with the rows of the seeds side by side, or their mean. A graph without nodes
// gives 0.
//
// Modes and edges as GlobalSumPool. Shapes: X' B×(Seeds·F), or B×F without Concat;
// B is 1 in single mode. Sparse features are made dense.
// Gradient: to X and the weights.
// Source: Lee et al., Set Transformer: A Framework for Attention-based
// Permutation-Invariant Neural Networks, ICML 2019, arXiv 1810.00825. As PyG's
// SetTransformerAggregation without dropout, which gives a graph without nodes
// what seeds and biases make of it.
type SetTransformer struct {
	Seeds    int  // at least 1
	Encoders int  // blocks among the nodes, at least 0
	Decoders int  // blocks among the seeds, at least 0
	Concat   bool // the seeds' rows side by side; else their mean
	SetAttention
	made
}

// NewSetTransformer is a SetTransformer with so many seeds, side by side, one
// encoder, one decoder, one head, and no normalisation.
func NewSetTransformer(seeds int) *SetTransformer {
	return &SetTransformer{Seeds: seeds, Encoders: 1, Decoders: 1, Concat: true, SetAttention: SetAttention{Heads: 1}, made: byNew()}
}

// Class implements Classed.
func (*SetTransformer) Class() string { return "settransformer" }

// Apply implements Layer.
func (p *SetTransformer) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(sc *param.Scope) *G.Node {
		ensure(atLeast("Seeds", p.Seeds, 1))
		ensure(atLeast("Encoders", p.Encoders, 0))
		ensure(atLeast("Decoders", p.Decoders, 0))
		x := p.several(sc, "enc", p.Encoders, p.nodes(in))
		x = p.several(sc, "dec", p.Decoders, p.pool(sc, "pma_", x, p.Seeds))
		if p.Concat {
			return p.regularized(sc, x.row())
		}
		return p.regularized(sc, x.mean())
	})
}

// GraphMultisetTransformer is a readout that lets seeds attend to the nodes, the
// seeds to each other, and one more seed to them:
//
//	X' = PMA₂(SAB(… PMA₁(X)))
//
// A graph without nodes gives 0.
//
// Modes, shapes and edges as GlobalSumPool. Sparse features are made dense.
// Gradient: to X and the weights.
// Source: Baek, Kang, Hwang, Accurate Learning of Graph Representations with Graph
// Multiset Pooling, ICLR 2021, arXiv 2102.11533. As PyG's
// GraphMultisetTransformer without dropout, whose keys and values are of a linear
// layer as well.
type GraphMultisetTransformer struct {
	Seeds    int // at least 1
	Encoders int // blocks among the seeds, at least 0
	SetAttention
	made
}

// NewGraphMultisetTransformer is a GraphMultisetTransformer with so many seeds,
// one encoder, one head, and no normalisation.
func NewGraphMultisetTransformer(seeds int) *GraphMultisetTransformer {
	return &GraphMultisetTransformer{Seeds: seeds, Encoders: 1, SetAttention: SetAttention{Heads: 1}, made: byNew()}
}

// Class implements Classed.
func (*GraphMultisetTransformer) Class() string { return "graphmultisettransformer" }

// Apply implements Layer.
func (p *GraphMultisetTransformer) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return global(p, sc, in, func(sc *param.Scope) *G.Node {
		ensure(atLeast("Seeds", p.Seeds, 1))
		ensure(atLeast("Encoders", p.Encoders, 0))
		x := p.several(sc, "enc", p.Encoders, p.pool(sc, "pma1_", p.nodes(in), p.Seeds))
		return p.regularized(sc, p.pool(sc, "pma2_", x, 1).row())
	})
}
