package losses

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
)

// Sums is all that some losses read of S and A: sums over nodes and over the
// entries of A, a few numbers whatever the size of the graph. A loss of sums can
// be computed, and differentiated, from partial sums of parts of the graph:
//
//	∂L/∂θ = Σ ∂L/∂sum · ∂sum/∂θ
//
// Its methods are those losses: Modularity, Cluster, Orthogonality, Balance,
// NormalizedBalance, MinCut and LinkPrediction, each with the value of the
// function of that name. The others are no functions of sums of this kind:
// AsymBalance reads a quantile, TotalVariation and Entropy sums of absolute
// values and logarithms, HigherOrderCut triangles.
//
// SumsOf makes them of S and A, SumsFrom takes the sums themselves, SumNodes.
type Sums struct {
	s        *G.Node
	g        modes.Graph
	together bool
	given    *SumNodes
}

// SumNodes is the sums as nodes, of Graphs graphs and K clusters. A loss errs
// where a sum that it reads is nil; the others may be.
type SumNodes struct {
	Nodes   *G.Node // n, the number of nodes of each graph, Graphs
	TwoM    *G.Node // 2m = Σ_i d_i, Graphs
	Stored  *G.Node // the stored entries of A, Graphs
	Links   *G.Node // ‖A‖_F², Graphs
	Inside  *G.Node // t_c = Σ_ij a_ij s_ic s_jc, Graphs×K
	Volumes *G.Node // v = Sᵀd, Graphs×K
	Sizes   *G.Node // Σ_i S_i, Graphs×K
	Squares *G.Node // ‖S_c‖², the diagonal of SᵀS, Graphs×K
	Gram    *G.Node // SᵀS, Graphs×K×K
	Spread  *G.Node // Σ_i d_i ‖S_i‖², Graphs
}

// SumsOf is the sums of an assignment of the nodes of graphs. Only those that a
// loss reads are computed, those of each loss in a pass over S of its own: see
// Together.
func SumsOf(s *G.Node, g modes.Graph) Sums { return Sums{s: s, g: g} }

// Together is these sums for several losses: where there is an A, all of them are
// made in one pass over S, which costs the product A·S and K² multiplications a
// node if no loss reads these.
func (x Sums) Together() Sums {
	x.together = true
	return x
}

// SumsFrom is sums that were made elsewhere. The number of clusters is that of
// the first of Sizes, Volumes, Squares and Inside that is there.
func SumsFrom(n SumNodes) Sums { return Sums{given: &n} }

// sums is what the formulas are made of; it panics as must does.
type sums interface {
	clusters() int
	graphs() int
	counts() *G.Node
	countBy(count Count) *G.Node
	padded() *G.Node
	mean(v *G.Node) *G.Node
	result(v *G.Node) *G.Node
	normalizer(by Normalizer) *G.Node
	links() *G.Node
	trace() *G.Node
	volumes() *G.Node
	sizes() *G.Node
	squares() *G.Node
	gram() *G.Node
	spread() *G.Node
}

// of is the sums that a loss reads, and those that are made together with them.
func (x Sums) of(r reads) (sums, error) {
	if x.given != nil {
		return x.given.check()
	}
	checked := newAssignment
	if r.edges {
		checked = newAssignmentWithA
	}
	a, err := checked(x.s, x.g)
	if err != nil {
		return nil, err
	}
	if x.together && x.g.A != nil {
		r = ofAll
	}
	return a.sums(r), nil
}

// What the losses read.
var (
	ofNodes = reads{}
	ofGram  = reads{gram: true}
	ofEdges = reads{edges: true}
	ofAll   = reads{edges: true, gram: true}
)

// Modularity is the function of that name.
func (x Sums) Modularity(by Normalizer) (*G.Node, error) {
	return build(NameModularity, func() *G.Node { return modularity(must(x.of(ofEdges)), by) })
}

// Cluster is the function of that name.
func (x Sums) Cluster(count Count) (*G.Node, error) {
	return build(NameCluster, func() *G.Node { return collapse(must(x.of(ofNodes)), count) })
}

// Orthogonality is the function of that name.
func (x Sums) Orthogonality() (*G.Node, error) {
	return build(NameOrthogonality, func() *G.Node { return orthogonality(must(x.of(ofGram))) })
}

// Balance is the function of that name.
func (x Sums) Balance() (*G.Node, error) {
	return build(NameBalance, func() *G.Node { return balance(must(x.of(ofNodes))) })
}

// NormalizedBalance is the function of that name.
func (x Sums) NormalizedBalance() (*G.Node, error) {
	return build(NameNormalizedBalance, func() *G.Node { return normalizedBalance(must(x.of(ofNodes))) })
}

// MinCut is the function of that name.
func (x Sums) MinCut() (*G.Node, error) {
	return build(NameCut, func() *G.Node { return minCut(must(x.of(ofEdges))) })
}

// LinkPrediction is the function of that name.
func (x Sums) LinkPrediction(o LinkOptions) (*G.Node, error) {
	return build(NameLink, func() *G.Node { return linkPrediction(must(x.of(ofAll)), o) })
}

var errNoSums = errors.New("the sums are empty, want Nodes and at least one of Sizes, Volumes, Squares and Inside")

// check errs where the sums do not say how many graphs and clusters there are.
func (n *SumNodes) check() (sums, error) {
	if n.Nodes == nil || n.byCluster() == nil || n.byCluster().Dims() != 2 {
		return nil, errNoSums
	}
	return givenSums{n}, nil
}

// byCluster is a sum of which each graph has one number a cluster.
func (n *SumNodes) byCluster() *G.Node {
	for _, x := range []*G.Node{n.Sizes, n.Volumes, n.Squares, n.Inside} {
		if x != nil {
			return x
		}
	}
	return nil
}

// lacking is the error of a sum that a loss reads and that is not there.
func lacking(name string) error {
	return fmt.Errorf("the sums have no %s, want a node", name)
}
