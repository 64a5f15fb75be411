package losses

import (
	"errors"
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
)

// Term is a loss by name. Node is not yet multiplied by Weight, so what is
// logged is the loss itself.
type Term struct {
	Name   string  // one of the constants NameX, or a name of your own
	Weight float64 // a finite number; 0 leaves the loss out of the total
	Node   *G.Node // the loss, a scalar
	// Scale is nil, or a scalar node that multiplies the weight: an input whose
	// value changes during training.
	Scale *G.Node
}

// Total is Σ weight·scale·loss over the terms, without those of weight 0. The
// sum is made in their order, and the order decides the last bits of the
// result.
// Errors: a weight that is NaN or infinite, a nil Node whose weight is not 0,
// and no term with a weight other than 0.
func Total(terms []Term) (*G.Node, error) {
	var sum *G.Node
	for _, t := range terms {
		if t.Weight == 0 {
			continue
		}
		next, err := build(t.Name, func() *G.Node { return t.addTo(sum) })
		if err != nil {
			return nil, err
		}
		sum = next
	}
	if sum == nil {
		return nil, errors.New("losses: no term has a weight other than 0")
	}
	return sum, nil
}

// addTo is sum + weight·scale·loss; a nil sum is 0.
func (t Term) addTo(sum *G.Node) *G.Node {
	n := must(t.loss())
	if t.Weight != 1 {
		n = must(ops.Affine(n, t.Weight, 0))
	}
	if t.Scale != nil {
		n = must(ops.Hadamard(n, t.Scale))
	}
	if sum == nil {
		return n
	}
	return must(G.Add(sum, n))
}

// loss is the node of a term that can be added up.
func (t Term) loss() (*G.Node, error) {
	if math.IsNaN(t.Weight) || math.IsInf(t.Weight, 0) {
		return nil, fmt.Errorf("the weight is %v, want a finite number", t.Weight)
	}
	if t.Node == nil {
		return nil, errors.New("the node is nil, want a scalar")
	}
	if t.Node.Dtype() == tensor.Float32 && math.Abs(t.Weight) > math.MaxFloat32 {
		return nil, fmt.Errorf("the weight is %v, want at most %.4g, what float32 holds", t.Weight, math.MaxFloat32)
	}
	return t.Node, nil
}
