package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Dropout sets each feature to 0 with probability P in training, and divides
// the others by 1 − P. In evaluation features stay as they are.
//
// The mask is drawn by the store's seed, the layer's place in the model, and
// the number of the step: the same seed gives the same training.
//
// Modes: all. Shapes: X' has the shape of X. Sparse features are made dense. A
// may be nil, and is passed on. Gradient: to X, through the mask. As Keras's
// layer.
// Source: Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks
// from Overfitting, JMLR 15, 2014.
type Dropout struct {
	P float64 // the probability, in [0, 1)
	made
}

// NewDropout is a Dropout with probability p.
func NewDropout(p float64) *Dropout { return &Dropout{P: p, made: byNew()} }

// Class implements Classed.
func (*Dropout) Class() string { return "dropout" }

// Apply implements Layer.
func (l *Dropout) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.Check())
		ensure(probability("P", l.P))
		x := must(in.X.ToDense())
		if l.P == 0 || !sc.Training() {
			return x
		}
		return must(ops.Dropout(x, l.P, sc.Seed()))
	})
}
