package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

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
