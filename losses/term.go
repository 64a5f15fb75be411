package losses

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops"
)

// The names of the losses, everywhere: in the API, on the command line, in
// histories.
const (
	NameCut           = "cut"
	NameOrthogonality = "orthogonality"
	NameModularity    = "modularity"
	NameCluster       = "cluster"
	NameLink          = "link"
	NameEntropy       = "entropy"
	NameCrossEntropy  = "cross_entropy"
)

// Term is a loss by name, not multiplied by its weight yet, so that what is
// logged is the loss itself.
type Term struct {
	Name   string
	Weight float64
	Node   *G.Node // a scalar
	// Scale, where set, is a scalar node that multiplies the weight: an input
	// whose value changes during training.
	Scale *G.Node
}

// Total is Σ weight·loss over the terms in their order, leaving out those of
// weight 0; the order is part of the result, down to the last bit.
func Total(terms []Term) (*G.Node, error) {
	var sum *G.Node
	for _, t := range terms {
		if t.Weight == 0 {
			continue
		}
		n := t.Node
		var err error
		if t.Weight != 1 {
			if n, err = ops.Affine(n, t.Weight, 0); err != nil {
				return nil, fmt.Errorf("losses: %s: %w", t.Name, err)
			}
		}
		if t.Scale != nil {
			if n, err = ops.Hadamard(n, t.Scale); err != nil {
				return nil, fmt.Errorf("losses: %s: %w", t.Name, err)
			}
		}
		if sum == nil {
			sum = n
			continue
		}
		if sum, err = G.Add(sum, n); err != nil {
			return nil, fmt.Errorf("losses: %s: %w", t.Name, err)
		}
	}
	if sum == nil {
		return nil, fmt.Errorf("losses: no term has a weight other than 0")
	}
	return sum, nil
}
