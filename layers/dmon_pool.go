package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// DMoNPool clusters nodes by modularity (deep modularity networks):
//
//	S = softmax(MLP(X)),  X' = selu(SᵀX),  A' = sym(zd(SᵀAS))
//
// The losses are modularity and cluster, and orthogonality with weight 0, for
// information; see package losses. They use A as it is given.
//
// Modes: all. Shapes: K nodes a graph: X' K×F (single), (B·K)×F (disjoint),
// B×K×F (batch, mixed); A' K×K, blocks, or B×K×K.
//
// As PyG's layer. As Spektral's with Activation ops.Identity, Coarse Unnormalized,
// HiddenActivation relu, Normalizer losses.TwiceStored, Count losses.CountRows and
// ClusterWeight 0.1, its default of collapse_regularization. The cluster loss of a batch is the mean over its graphs;
// PyG's is another value if the graphs differ in size.
// Source: Tsitsulin, Palowitch, Perozzi, Müller, Graph Clustering with Graph
// Neural Networks, JMLR 24, 2023, arXiv 2006.16904.
type DMoNPool struct {
	Soft
	Normalizer          losses.Normalizer // of the modularity loss; default 2m
	Count               losses.Count      // of the cluster loss; default the nodes
	ModularityWeight    float64           // of the modularity loss
	ClusterWeight       float64           // of the cluster loss
	OrthogonalityWeight float64           // of the orthogonality loss; default 0: a measure
	made
}

// NewDMoNPool is a DMoNPool with k clusters: no hidden layer and nothing
// between the layers if some are given, ε 1e-15, and the losses modularity
// and cluster of weight 1.
func NewDMoNPool(k int) *DMoNPool {
	p := &DMoNPool{Soft: newSoft(k), ModularityWeight: 1, ClusterWeight: 1, made: byNew()}
	p.Activation = ops.SELU
	return p
}

// Class implements Classed.
func (*DMoNPool) Class() string { return "dmonpool" }

// Apply implements Layer.
func (p *DMoNPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Losses implements Pooler: modularity, cluster and orthogonality.
func (p *DMoNPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	return p.SumLosses(losses.SumsOf(sel.Assignment, in).Together())
}

// SumLosses implements SumPooler.
func (p *DMoNPool) SumLosses(x losses.Sums) ([]losses.Term, error) {
	return build(func() []losses.Term {
		modularity := must(x.Modularity(p.Normalizer))
		cluster := must(x.Cluster(p.Count))
		ortho := must(x.Orthogonality())
		return []losses.Term{
			{Name: losses.NameModularity, Weight: p.ModularityWeight, Node: modularity},
			{Name: losses.NameCluster, Weight: p.ClusterWeight, Node: cluster},
			{Name: losses.NameOrthogonality, Weight: p.OrthogonalityWeight, Node: ortho},
		}
	})
}
