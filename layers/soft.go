package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Soft is what poolers by soft assignment have in common: their options, the
// assignment by an MLP, and the verbs
//
//	S = softmax(MLP(X)/τ),  X' = a(SᵀX),  A' = SᵀAS,  lift: S·X'
//
// per graph; A' goes through Coarse. A fixed number K of new nodes a graph.
type Soft struct {
	K                    int            // the number of clusters, at least 1; may exceed the number of nodes
	Hidden               []int          // units of the MLP's hidden layers; default: none
	HiddenActivation     ops.Activation // between the MLP's layers; default: none
	HiddenActivationFunc Func           // in place of HiddenActivation where set; it has no JSON
	Temperature          float64        // τ of the softmax, above 0; 0 means 1
	Dropout              float64        // probability that a logit is dropped in training
	Activation           ops.Activation // a, on the pooled features; default: none
	Coarse               Coarse         // what becomes of SᵀAS
	Eps                  float64        // ε of the normalisation by Coarse, added to √d
	InverseLift          bool           // Lift undoes Reduce as far as it can; default: it is S·x
	Trainable
}

func (p *Soft) check() error {
	if err := atLeast("K", p.K, 1); err != nil {
		return err
	}
	for i, n := range p.Hidden {
		if err := atLeast(fmt.Sprintf("Hidden[%d]", i), n, 1); err != nil {
			return err
		}
	}
	if p.Temperature < 0 || p.Temperature != p.Temperature {
		return unwanted("Temperature", p.Temperature, "above 0")
	}
	if err := p.Coarse.check(); err != nil {
		return err
	}
	return probability("Dropout", p.Dropout)
}

// Select implements Pooler: S by an MLP on the features.
func (p *Soft) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	if err := p.check(); err != nil {
		return Selection{}, err
	}
	if err := in.Check(); err != nil {
		return Selection{}, err
	}
	t := p.Trainable
	t.Activity, t.ActivationFunc = nil, p.HiddenActivationFunc
	logits, err := (&MLP{Hidden: p.Hidden, Units: p.K, Activation: p.HiddenActivation, Trainable: t}).logits(sc, in)
	if err != nil {
		return Selection{}, err
	}
	return p.assign(sc, in, logits)
}

// assign is the selection by the softmax of logits; padding gets rows of 0.
func (p *Soft) assign(sc *param.Scope, in modes.Graph, logits *G.Node) (Selection, error) {
	sel := Selection{Logits: logits}
	var err error
	if p.Dropout > 0 && sc.Training() {
		if logits, err = ops.Dropout(logits, p.Dropout, sc.Seed()); err != nil {
			return Selection{}, err
		}
	}
	tau := p.Temperature
	if tau == 0 {
		tau = 1
	}
	if sel.Assignment, err = ops.SoftMax(logits, tau); err != nil {
		return Selection{}, err
	}
	if in.IDs != nil {
		mask, err := in.Mask()
		if err != nil {
			return Selection{}, err
		}
		if sel.Assignment, err = ops.RowScale(sel.Assignment, mask); err != nil {
			return Selection{}, err
		}
	}
	return sel, p.regularize(sc, sel.Assignment)
}

// Reduce implements Pooler: X' = a(SᵀX) of each graph.
func (p *Soft) Reduce(in modes.Graph, sel Selection) (*G.Node, error) {
	x, err := in.X.TransMul(sel.Assignment, in.Segments())
	if err != nil {
		return nil, err
	}
	f := in.X.Width()
	switch in.Mode {
	case modes.Single:
		x, err = ops.Reshape(x, p.K, f)
	case modes.Disjoint:
		x, err = ops.Reshape(x, in.Graphs*p.K, f)
	}
	if err != nil {
		return nil, err
	}
	return p.activate(x, p.Activation)
}

// Connect implements Pooler: A' = SᵀAS of each graph, in the form Coarse
// says. In disjoint mode it is a sparse matrix of K×K blocks.
func (p *Soft) Connect(sc *param.Scope, in modes.Graph, sel Selection) (modes.Adj, error) {
	as, err := in.A.Mul(sel.Assignment)
	if err != nil {
		return nil, err
	}
	a, err := ops.TransMul(sel.Assignment, as, in.Segments())
	if err != nil {
		return nil, err
	}
	if p.Coarse != Unnormalized {
		if a, err = ops.ZeroDiagonal(a); err != nil {
			return nil, err
		}
	}
	if p.Coarse == Normalized {
		norm, err := modes.DenseAdj{Node: a}.Normalize(a, modes.Normalization{Eps: p.Eps})
		if err != nil {
			return nil, err
		}
		a = norm.(modes.DenseAdj).Node
	}
	switch in.Mode {
	case modes.Single:
		a, err = ops.Reshape(a, p.K, p.K)
		return modes.DenseAdj{Node: a}, err
	case modes.Disjoint:
		return modes.NewBlocks(sc.Path()+"/blocks", a)
	}
	return modes.DenseAdj{Node: a}, nil
}

// Regroup implements Pooler: K nodes a graph; those of a graph without nodes
// are padding.
func (p *Soft) Regroup(_ *param.Scope, in modes.Graph, _ Selection) (modes.Graph, error) {
	out := modes.Graph{Mode: in.Mode, Graphs: in.Graphs}
	if in.Mode == modes.Mixed {
		out.Mode = modes.Batch // each signal has clusters of its own
	}
	var err error
	if in.IDs != nil {
		out.IDs, err = ops.SlotIDs(in.IDs, in.Graphs, p.K)
	}
	return out, err
}

// Lift implements Pooler: S·x, each node the sum of its clusters by its shares
// in them. With InverseLift each cluster is over its size Σ_i S_ic first, 0
// where that is 0: the pseudo-inverse of Reduce's Sᵀ for hard clusters, whose
// nodes get the mean of their cluster.
func (p *Soft) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	f := x.Shape()[x.Dims()-1]
	x, err := ops.Reshape(x, in.Graphs, p.K, f)
	if err != nil {
		return nil, err
	}
	if p.InverseLift {
		size, err := ops.SegmentSum(sel.Assignment, in.Segments())
		if err != nil {
			return nil, err
		}
		if x, err = ops.Divide(x, size); err != nil {
			return nil, err
		}
	}
	return ops.SegmentMul(sel.Assignment, x, in.Segments())
}
