package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// Features is the features of nodes: dense, a node of shape N×F or B×N×F, or
// sparse, N×F in compressed rows, which are multiplied without being made
// dense. Exactly one of the two is set.
type Features struct {
	Dense  *G.Node
	Sparse *ops.Sparse // its weights are the stored values; none: they are all 1

	of *G.Node // of the features' dtype, where Sparse has no weights
}

func (f Features) empty() bool { return f.Dense == nil && f.Sparse == nil }

// check errs unless the features are those of a constructor's graph: dense or
// sparse, with rows and columns.
func (f Features) check() error {
	switch {
	case f.empty():
		return errNoFeatures
	case f.Dense != nil && f.Sparse != nil:
		return errors.New("modes: features both dense and sparse, want one of the two")
	case f.Dense != nil && (f.Dense.Dims() < 1 || f.Dense.Shape().TotalSize() < 1):
		return fmt.Errorf("modes: features of shape %v, want N×F or B×N×F", f.Dense.Shape())
	case f.Sparse != nil && (f.Sparse.Rows < 1 || f.Sparse.Cols < 1):
		return fmt.Errorf("modes: sparse features of %d×%d, want at least 1×1", f.Sparse.Rows, f.Sparse.Cols)
	}
	return nil
}

// String is the shape, and whether the features are sparse.
func (f Features) String() string {
	switch {
	case f.Dense != nil:
		return fmt.Sprintf("of shape %v", f.Dense.Shape())
	case f.Sparse != nil:
		return fmt.Sprintf("sparse, %d×%d", f.Sparse.Rows, f.Sparse.Cols)
	}
	return "not there"
}

var errNoFeatures = errors.New("modes: the graph has no features")

// Rows is the number of rows, over all axes but the last; 0 where there are no
// features, or ones of no such shape.
func (f Features) Rows() int {
	switch {
	case f.check() != nil:
		return 0
	case f.Dense != nil:
		s := f.Dense.Shape()
		return s.TotalSize() / s[s.Dims()-1]
	case f.Sparse != nil:
		return f.Sparse.Rows
	}
	return 0
}

// Width is the number of features, F; 0 where Rows is.
func (f Features) Width() int {
	switch {
	case f.check() != nil:
		return 0
	case f.Dense != nil:
		s := f.Dense.Shape()
		return s[s.Dims()-1]
	case f.Sparse != nil:
		return f.Sparse.Cols
	}
	return 0
}

// like is a node of the features' dtype.
func (f Features) like() (*G.Node, error) {
	switch {
	case f.Dense != nil:
		return f.Dense, nil
	case f.Sparse != nil && f.Sparse.Weights != nil:
		return f.Sparse.Weights, nil
	case f.Sparse != nil && f.of != nil:
		return f.of, nil
	}
	return nil, errNoFeatures
}

// Like is a node of the features' dtype, for ops that want one; nil where
// there are no features.
func (f Features) Like() *G.Node {
	n, err := f.like()
	if err != nil {
		return nil
	}
	return n
}

// Mul is X·W.
func (f Features) Mul(w *G.Node) (*G.Node, error) { return f.Linear(w, nil, ops.Identity) }

// Linear is a(X·W + b); b may be nil.
func (f Features) Linear(w, b *G.Node, a ops.Activation) (*G.Node, error) {
	switch {
	case f.Dense != nil:
		return ops.Linear(f.Dense, w, b, a)
	case f.Sparse == nil:
		return nil, errNoFeatures
	}
	return SparseAdj{Sparse: *f.Sparse}.Convolve(w, b, a)
}

// TransMul is SᵀX of each segment, Count×K×F, for S with X's rows.
func (f Features) TransMul(s *G.Node, seg ops.Segments) (*G.Node, error) {
	switch {
	case f.Dense != nil:
		return ops.TransMul(s, f.Dense, seg)
	case f.Sparse == nil:
		return nil, errNoFeatures
	case s == nil || s.Dims() != 2:
		return nil, fmt.Errorf("modes: features: %s, want a matrix of their rows", described(s))
	}
	return build(func() *G.Node {
		if seg.IDs != nil {
			return must(ops.TransMul(s, must(f.ToDense()), seg))
		}
		xs := must(ops.SpMMT(*f.Sparse, s)) // F×K
		return must(ops.Reshape(must(ops.Transpose(xs)), 1, s.Shape()[1], f.Sparse.Cols))
	})
}

// ToDense is the features as a dense node, for layers that read single rows;
// sparse features take N·F values then.
func (f Features) ToDense() (*G.Node, error) {
	if f.Dense != nil {
		return f.Dense, nil
	}
	if f.Sparse == nil {
		return nil, errNoFeatures
	}
	x, err := build(func() *G.Node {
		m := *f.Sparse
		if m.Weights == nil {
			m.Weights = must(ops.Full(must(f.like()), 1, m.Capacity))
		}
		return must(ops.Densify(m))
	})
	if err != nil {
		return nil, fmt.Errorf("modes: features: %w", err)
	}
	return x, nil
}

// described is a node as an error names it.
func described(n *G.Node) string {
	if n == nil {
		return "a nil node"
	}
	return fmt.Sprintf("a node of shape %v", n.Shape())
}
