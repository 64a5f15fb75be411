package losses

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameHigherOrderCut is the name of HigherOrderCut.
const NameHigherOrderCut = "higher_order_cut"

// HigherOrderOptions are the variants of HigherOrderCut.
type HigherOrderOptions struct {
	// Alpha is the share α of the triangles, in [0, 1]: 0 cuts edges alone, 1
	// triangles alone.
	Alpha float64
	// Diagonal divides by the diagonal of SᵀDS, as one may read the paper.
	// Default: by its row sums, as the authors' code does. The two are equal
	// for hard clusters.
	Diagonal bool
}

// HigherOrderCut is the relaxed cut of edges and triangles (HOSC):
//
//	L = −(1−α)/K Σ_c (SᵀAS)_cc / v_c(A) − α/K Σ_c (SᵀMS)_cc / v_c(M)
//	v_c(B) = Σ_i S_ic Σ_j b_ij,  M = (A·A) ⊙ A
//
// m_ij counts the triangles of the edge {i, j}. A is read with its weights. A
// cluster with at most 1e-18 of the volume counts as empty, 0. M has A's pattern, so no N×N matrix is
// formed.
// Range: [−1, 0] for rows that sum to 1 and a symmetric A without negative
// weights; −1 where no edge and no triangle is cut, and no cluster is empty.
//
// Shapes: S rows×K; the result is a scalar.
// Gradient: to S, and to the weights of A.
// Errors: α out of [0, 1].
// Source: Duval, Malliaros, Higher-order Clustering and Pooling for Graph Neural
// Networks, CIKM 2022, arXiv 2209.03473, eq. 6 and the authors' code. tgp takes
// A³ in place of M, and one ratio of traces.
func HigherOrderCut(s *G.Node, g modes.Graph, o HigherOrderOptions) (*G.Node, error) {
	return build(NameHigherOrderCut, func() *G.Node {
		a := must(newAssignmentWithA(s, g))
		if !(o.Alpha >= 0 && o.Alpha <= 1) {
			return must[*G.Node](nil, fmt.Errorf("alpha = %v, want 0 to 1", o.Alpha))
		}
		if o.Alpha == 0 {
			return a.mean(a.clusterCut(o))
		}
		m := *a
		m.g.A = must(g.A.Triangles(s))
		if o.Alpha == 1 {
			return a.mean(m.clusterCut(o))
		}
		edges := must(ops.Affine(a.clusterCut(o), 1-o.Alpha, 0))
		triangles := must(ops.Affine(m.clusterCut(o), o.Alpha, 0))
		return a.mean(must(G.Add(edges, triangles)))
	})
}

// clusterCut is −1/K Σ_c (SᵀAS)_cc / v_c of each graph.
func (a *assignment) clusterCut(o HigherOrderOptions) *G.Node {
	d := must(a.g.A.Degree(a.s))
	volume := must(ops.SegmentSum(must(ops.RowScale(a.s, d)), a.seg))
	if o.Diagonal {
		volume = must(ops.ColDot(a.s, must(ops.RowScale(a.s, d)), a.seg))
	}
	volume = without(volume, a.perGraph(d))
	inside := must(ops.RowSum(must(ops.Divide(a.trace(), volume))))
	return must(ops.Affine(inside, -1/float64(a.k), 0))
}

// without is the volumes, 0 where they are next to nothing of all: shares and
// their squares may underflow, and a gradient would be one over them.
func without(volume, all *G.Node) *G.Node {
	over := must(ops.Affine(must(ops.Divide(volume, all)), 1, -1e-18))
	return must(ops.Hadamard(volume, must(ops.NonZero(must(ops.Activate(over, ops.ReLU))))))
}
