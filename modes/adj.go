package modes

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Adj is the adjacency of a Graph: a linear operator on its rows. Layers never
// ask whether it is sparse or dense, or shared by a batch.
type Adj interface {
	// Rows is the number of rows it acts on, those of the Graph's X.
	Rows() int
	// Mul is A·X, for x with these rows, in x's shape.
	Mul(x *G.Node) (*G.Node, error)
	// Degree is the sum of each row of A, a vector of Rows, of the dtype of
	// like.
	Degree(like *G.Node) (*G.Node, error)
	// Stored is the number of entries of each row: stored ones where A is
	// sparse, those not zero where it is dense. A vector of Rows, of the dtype
	// of like.
	Stored(like *G.Node) (*G.Node, error)
	// SquareSum is the sum of the squares of the entries of each row of A, a
	// vector of Rows. Entries of one place count each on its own.
	SquareSum(like *G.Node) (*G.Node, error)
	// Normalize is A normalised, with gradients to its weights.
	Normalize(like *G.Node, n Normalization) (Adj, error)
	// Transpose is Aᵀ, of each graph, with gradients to its weights.
	Transpose() (Adj, error)
	// Unweighted is 1 at each entry that Stored counts, and 0 elsewhere; it has
	// no gradient.
	Unweighted() (Adj, error)
	// Induce is A[idx, idx] for the rows kept by a selection.
	Induce(kept Subset) (Adj, error)
}

// Convolve is act(A·x + b), in one operation where A allows it; b may be nil.
func Convolve(a Adj, x, b *G.Node, act ops.Activation) (*G.Node, error) {
	if s, ok := a.(SparseAdj); ok && s.Copies == 0 && b != nil && x.Dims() == 2 {
		return ops.SpMMLinear(s.Sparse, x, b, act)
	}
	y, err := a.Mul(x)
	switch {
	case err != nil:
		return nil, err
	case b != nil:
		return ops.BiasActivate(y, b, act)
	case act != ops.Identity:
		return ops.Activate(y, act)
	}
	return y, nil
}

// QuadForm is the diagonal of SᵀAS of each segment, given the product as =
// A·S: Count×K.
func QuadForm(a Adj, s, as *G.Node, seg ops.Segments) (*G.Node, error) {
	if m, ok := a.(SparseAdj); ok && m.Copies == 0 && s.Dims() == 2 {
		return ops.QuadForm(m.Sparse, s, as, seg)
	}
	return ops.ColDot(s, as, seg)
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
	Eps       float64 // added to √d (Symmetric) or d (RandomWalk) before dividing; where d = 0 the factor is 0, with derivative 0, whatever ε is
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

// inverse is the factor by which a degree divides, 0 for a degree of 0: a row
// without entries stays 0, and 1/ε² never becomes the scale of its gradient.
func (n Normalization) inverse(d *G.Node) (*G.Node, error) {
	inv, err := n.reciprocal(d)
	if err != nil || n.Eps == 0 {
		return inv, err
	}
	there, err := ops.NonZero(d)
	if err != nil {
		return nil, err
	}
	return ops.Hadamard(inv, there)
}

func (n Normalization) reciprocal(d *G.Node) (*G.Node, error) {
	if n.Kind == Symmetric {
		return ops.InvSqrt(d, n.Eps)
	}
	if n.Eps != 0 {
		var err error
		if d, err = ops.Affine(d, 1, n.Eps); err != nil {
			return nil, err
		}
	}
	ones, err := ops.Full(d, 1, d.Shape()...)
	if err != nil {
		return nil, err
	}
	return ops.Divide(ones, d)
}
