package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

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
