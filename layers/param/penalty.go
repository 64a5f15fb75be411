package param

import (
	"errors"
	"fmt"
	"math"

	"github.com/graphpool/graphpool/ops"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Penalty is a regulariser: a scalar of a weight or of an output that is
// added to the training loss. Those of this package are small comparable
// structs with Keras's formulas, defaults and names, and a JSON form (see
// [PenaltyByName] and [UnmarshalPenalty]).
type Penalty interface {
	// Node builds the scalar. It errs if the tensor does not suit the
	// penalty.
	Node(w *G.Node) (*G.Node, error)
}

// L1 is Factor·Σ|w|. Its derivative at w = 0 is 0.
type L1 struct {
	Factor float64 `json:"l1"` // Keras: 0.01
}

// Node implements [Penalty] for tensors of every shape; it errs if Factor is
// negative or not finite.
func (p L1) Node(w *G.Node) (*G.Node, error) {
	if err := checkFactor("l1", p.Factor, w); err != nil {
		return nil, err
	}
	return scaledSum(p.Factor, w, G.Abs)
}

// L2 is Factor·Σw².
type L2 struct {
	Factor float64 `json:"l2"` // Keras: 0.01
}

// Node implements [Penalty] for tensors of every shape; it errs if Factor is
// negative or not finite.
func (p L2) Node(w *G.Node) (*G.Node, error) {
	if err := checkFactor("l2", p.Factor, w); err != nil {
		return nil, err
	}
	return scaledSum(p.Factor, w, G.Square)
}

// L1L2 is L1·Σ|w| + L2·Σw².
type L1L2 struct {
	L1 float64 `json:"l1"` // Keras: 0
	L2 float64 `json:"l2"` // Keras: 0
}

// Node implements [Penalty] for tensors of every shape; it errs if a factor
// is negative or not finite.
func (p L1L2) Node(w *G.Node) (*G.Node, error) {
	a, err := L1{p.L1}.Node(w)
	if err != nil {
		return nil, fmt.Errorf("l1_l2: %w", err)
	}
	b, err := L2{p.L2}.Node(w)
	if err != nil {
		return nil, fmt.Errorf("l1_l2: %w", err)
	}
	return G.Add(a, b)
}

func checkFactor(name string, factor float64, w *G.Node) error {
	if w == nil {
		return errors.New(name + ": the node is nil")
	}
	if dt := w.Dtype(); dt != tensor.Float32 && dt != tensor.Float64 {
		return fmt.Errorf("%s: dtype %v, want float32 or float64", name, dt)
	}
	if !(factor >= 0) || math.IsInf(factor, 0) {
		return fmt.Errorf("%s: factor %v, want at least 0", name, factor)
	}
	return nil
}

func scaledSum(factor float64, w *G.Node, f func(*G.Node) (*G.Node, error)) (*G.Node, error) {
	n, err := f(w)
	if err != nil {
		return nil, err
	}
	if n, err = ops.Sum(n); err != nil {
		return nil, err
	}
	return ops.Affine(n, factor, 0)
}
