package modes

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Adj is the adjacency of a Graph: a linear operator on its rows. Layers never
// ask whether it is sparse or dense, or shared by a batch.
//
// Stored entries of one place are parallel edges: their weights add up, and A
// is the matrix of the sums, whatever reads it.
//
// There are two, SparseAdj and DenseAdj; no other package can add one.
type Adj interface {
	sealed()
	// Rows is the number of rows it acts on, those of the Graph's X.
	Rows() int
	// Mul is A·X, for x with these rows, in x's shape.
	Mul(x *G.Node) (*G.Node, error)
	// Degree is the sum of each row of A, a vector of Rows, of the dtype of
	// like.
	Degree(like *G.Node) (*G.Node, error)
	// Stored is the number of entries of each row: stored ones where A is
	// sparse, entries of one place as one; those not zero where it is dense. A
	// vector of Rows, of the dtype of like.
	Stored(like *G.Node) (*G.Node, error)
	// SquareSum is the sum of the squares of the entries of each row of A, a
	// vector of Rows. Entries of one place add up first.
	SquareSum(like *G.Node) (*G.Node, error)
	// Normalize is A normalised, with gradients to its weights.
	Normalize(like *G.Node, n Normalization) (Adj, error)
	// Transpose is Aᵀ, of each graph, with gradients to its weights.
	Transpose() (Adj, error)
	// Unweighted is 1 at each entry that Stored counts, and 0 elsewhere; it has
	// no gradient.
	Unweighted() (Adj, error)
	// WithoutLoops is A with 0 on its diagonal, with gradients to its weights.
	WithoutLoops() (Adj, error)
	// Convolve is act(A·x + b), in one operation where A allows it; b may be
	// nil.
	Convolve(x, b *G.Node, act ops.Activation) (*G.Node, error)
	// QuadForm is the diagonal of SᵀAS of each segment, Count×K.
	QuadForm(s *G.Node, seg ops.Segments) (*G.Node, error)
	// TotalVariation is how much the rows of s differ across the entries of A,
	// a vector of Rows:
	//
	//	y_i = Σ_j a_ij Σ_c |s_ic − s_jc|
	//
	// A sparse A takes one value an entry, never one a pair of nodes. It has
	// gradients to s and to A's weights.
	TotalVariation(s *G.Node) (*G.Node, error)
	// Differences is the product with D − A, Σ_j a_ij (x_i − x_j), in x's shape,
	// which loses no digits where rows are close; see ops.EdgeDifferences. A
	// dense A is read as all of its elements.
	Differences(x *G.Node) (*G.Node, error)
	// OverDistance is A with each entry over how much its rows of h differ:
	//
	//	a_ij / max(Σ_c |h_ic − h_jc|, ε)
	//
	// It has gradients to h, where the sum is above ε > 0, and to A's weights.
	// A graph that several signals share becomes one a signal.
	OverDistance(h *G.Node, eps float64) (Adj, error)
	// LocalMaxima is the rows whose value v is at least that of each neighbour,
	// the same number of slots a segment; see ops.LocalMaxima.
	LocalMaxima(v *G.Node, seg ops.Segments, slots int) (*G.Node, error)
	// InverseHops is 1 over the number of edges between each row and each row
	// that idx names, rows×slots, of the dtype of like; see ops.InverseHops.
	InverseHops(idx, like *G.Node, seg ops.Segments, rows int) (*G.Node, error)
	// Triangles is (A·A) ⊙ A, the triangles that each entry is in, with
	// gradients to A's weights; see ops.Triangles. like gives the dtype where
	// there are no weights.
	Triangles(like *G.Node) (Adj, error)
	// VisitRates is how often a walker over A is at each row, a vector of Rows
	// without gradient; see ops.VisitRates. A shared graph has the same rates
	// for each signal.
	VisitRates(like *G.Node, seg ops.Segments, alpha float64) (*G.Node, error)
	// Detached is A without gradients to its weights.
	Detached() (Adj, error)
	// EntrySoftplus is Σ_j log(1 + exp(u_i · v_j)) over the entries of each row
	// that Stored counts, a vector of Rows, with gradients to u and v. A sparse
	// A takes one value an entry.
	EntrySoftplus(u, v *G.Node) (*G.Node, error)
	// OtherSoftplus is Σ_ij log(1 + exp(u_i · v_j)) over the pairs of rows of each
	// graph that are no such entry, a vector of graphs, with gradients to u and v.
	// partners and seed are as in ops.PairSoftplus.
	OtherSoftplus(u, v *G.Node, seg ops.Segments, partners int, seed uint64) (*G.Node, error)
	// Induce is A[idx, idx] for the rows of a subset.
	Induce(rows Subset) (Adj, error)
}

// Subset is a selection of rows of a Graph.
type Subset struct {
	Index  *G.Node // the rows kept, −1 for padding
	Graphs int     // in batch and mixed mode the number of graphs, each with as many places of Index; else 0
}

// Normalization says how an adjacency is normalised.
type Normalization struct {
	SelfLoops bool    // A + I first
	Kind      Kind    // by which degrees
	Eps       float64 // added to √d (Symmetric) or d (RandomWalk) before dividing; where d ≤ 0 the factor is 0, with derivative 0, whatever ε is
}

// Kind is the degrees that a normalisation divides by.
type Kind int

// The kinds of normalisation, d_i being the sum of row i.
const (
	Symmetric    Kind = iota // a_ij / (√d_i + ε) / (√d_j + ε)
	RandomWalk               // a_ij / (d_i + ε): rows sum to 1
	Unnormalized             // a_ij
)

// GCN is the normalisation of graph convolutions, D^-½(A+I)D^-½ with the
// degrees of A + I (Kipf and Welling, 2017, arXiv 1609.02907).
func GCN() Normalization { return Normalization{SelfLoops: true} }

// inverse is the factor by which a degree divides, 0 for one of 0 or less: a
// row without entries stays 0, and neither 1/ε nor 1/ε² becomes a scale.
func (n Normalization) inverse(d *G.Node) *G.Node {
	if n.Kind == Symmetric {
		return must(ops.InvSqrt(d, n.Eps))
	}
	d = must(ops.Activate(d, ops.ReLU))
	over := d
	if n.Eps != 0 {
		over = must(ops.Affine(d, 1, n.Eps))
	}
	return must(ops.Divide(must(ops.NonZero(d)), over))
}
