package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// EigenPool reduces each cluster by the graph Fourier transform of its subgraph,
// one block of columns for each of the first eigenvectors θ of its Laplacian:
//
//	X'_c = [ Σ_i θ⁰_i X_i, Σ_i θ¹_i X_i, … ] over i in c,  L_c = I − D^-½AD^-½
//
// The clusters are those of Selector, any pooler by hard clusters. Eigenvectors
// go by rising eigenvalue, with the sign that gives the first node of a cluster
// whose element is not 0 one above 0; if a cluster has fewer nodes than that, its last
// eigenvector is repeated. That of a node alone is [1]. See HardClusters for
// A'. With a Selector without weights, modes.Coarsen can compute everything
// before training.
//
// Modes: all. Shapes: X' has Eigenvectors·F columns; Lift takes x of as many and
// gives Σ_h θʰ_i xʰ_c(i), F columns, the transposed transform.
// Gradient: to X, and to A's weights through A' alone: the eigenvectors are
// constants. Where eigenvalues repeat, they depend on the order of the nodes.
// Memory: the square of the largest cluster.
//
// Source: Ma, Wang, Aggarwal, Tang, Graph Convolutional Networks with
// EigenPooling, KDD 2019, arXiv 1904.13107. The paper's clusters are spectral;
// tgp's layer gives a node alone a_ii as its eigenvector, which is 0 without a
// self loop.
type EigenPool struct {
	HardClusters
	Eigenvectors int   // H, the number of eigenvectors, at least 1
	Unnormalized bool  // L = D − A
	Selector     Layer // the pooler whose clusters are taken
	made
}

// NewEigenPool is an EigenPool of so many eigenvectors, over the clusters of a
// GraclusPool.
func NewEigenPool(eigenvectors int) *EigenPool {
	return &EigenPool{
		HardClusters: HardClusters{Reduction: ops.ReduceSum, Merge: ops.ReduceSum},
		Eigenvectors: eigenvectors, Selector: NewGraclusPool(), made: byNew(),
	}
}

// Class implements Classed.
func (*EigenPool) Class() string { return "eigenpool" }

// Apply implements Layer.
func (p *EigenPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool(p, sc, in)
}

// Select implements Pooler: the clusters of Selector. The selection's Modes is
// θ.
func (p *EigenPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(atLeast("Eigenvectors", p.Eigenvectors, 1))
		by, ok := p.Selector.(Pooler)
		if !ok || isNil(p.Selector) {
			ensure(unwanted("Selector", fmt.Sprintf("a %T", p.Selector), "a pooler by hard clusters"))
		}
		m := edgesByPlace(in)
		sel := must(by.Select(sc.Sub(by.Class()), in))
		if sel.Cluster == nil {
			ensure(unwanted("Selector", fmt.Sprintf("a %T", p.Selector), "a pooler by hard clusters"))
		}
		out := must(p.SelectClusters(in, sel.Cluster, nil))
		out.Modes = must(ops.ClusterEigenvectors(m, out.Cluster, p.places(in), p.Eigenvectors, !p.Unnormalized))
		return out
	})
}

// Reduce implements Pooler: the transform of each cluster.
func (p *EigenPool) Reduce(_ *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel, part{"Modes", sel.Modes}))
		n, f := in.Rows(), in.X.Width()
		theta := must(ops.Reshape(sel.Modes, n, p.Eigenvectors, 1))
		each := must(ops.BatchMul(theta, must(ops.Reshape(must(in.X.ToDense()), n, 1, f)), false, false))
		rows := must(ops.Reshape(each, n, p.Eigenvectors*f))
		return byGraph(in, must(ops.SegmentSum(rows, ops.Segments{IDs: sel.Cluster, Count: p.places(in)})))
	})
}

// Lift implements Pooler: the transposed transform of each cluster's x.
func (p *EigenPool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return build(func() *G.Node {
		ensure(p.ready(in, sel, part{"Modes", sel.Modes}))
		ensure(atLeast("Eigenvectors", p.Eigenvectors, 1))
		ensure(pooledRows(x, p.places(in)))
		width := x.Shape()[x.Dims()-1]
		if width%p.Eigenvectors != 0 {
			ensure(fmt.Errorf("layers: lift of %d columns, want a multiple of the %d eigenvectors", width, p.Eigenvectors))
		}
		rows := must(ops.Gather(must(ops.Reshape(x, p.places(in), width)), sel.Cluster))
		rows = must(ops.Reshape(rows, in.Rows(), p.Eigenvectors, width/p.Eigenvectors))
		theta := must(ops.Reshape(sel.Modes, in.Rows(), 1, p.Eigenvectors))
		y := must(ops.BatchMul(theta, rows, false, false))
		return byGraph(in, must(ops.Reshape(y, in.Rows(), width/p.Eigenvectors)))
	})
}
