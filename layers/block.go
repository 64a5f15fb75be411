package layers

import "github.com/graphpool/graphpool/ops"

// Block is the usual part of a network in one line: a convolution, a norm and
// an activation, as a Stack that can be taken apart and saved as any other.
//
//	layers.Block(layers.NewGCNConv(64), layers.NewBatchNorm(), ops.ReLU, 0.5)
//
// norm may be nil, a the identity, and dropout 0: then there is no such layer.
// Dropout comes last, and acts in training alone.
func Block(conv, norm Layer, a ops.Activation, dropout float64) *Stack {
	ls := []Layer{conv}
	if !isNil(norm) {
		ls = append(ls, norm)
	}
	if a != ops.Identity {
		ls = append(ls, NewActivation(a))
	}
	if dropout != 0 {
		ls = append(ls, NewDropout(dropout))
	}
	return NewStack(ls...)
}
