package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Soft is the base of poolers that assign nodes to clusters with an MLP: their
// options and the steps
//
//	S = softmax(MLP(X)/τ),  X' = a(SᵀX),  A' = SᵀAS,  lift: S·x
//
// per graph; see Clusters. A new pooler embeds Soft and adds its losses.
type Soft struct {
	Clusters
	Hidden               []int          // units of the MLP's hidden layers; default: none
	HiddenActivation     ops.Activation // between the MLP's layers; default: none
	HiddenActivationFunc Func           // replaces HiddenActivation if set; it has no JSON
	SoftAssign
	Activation ops.Activation // a, on the pooled features; default: none
	Trainable                 // of the MLP; the activity regulariser is that of S, ActivationFunc replaces Activation
}

// newSoft is a Soft with k clusters: no hidden layer, ε 1e-15.
func newSoft(k int) Soft {
	return Soft{Clusters: Clusters{K: k, Eps: 1e-15}, SoftAssign: SoftAssign{Temperature: 1}}
}

// reluSoft is newSoft with relu between the layers, if some are given.
func reluSoft(k int) Soft {
	p := newSoft(k)
	p.HiddenActivation = ops.ReLU
	return p
}

func (p *Soft) check() error {
	if err := p.Clusters.check(); err != nil {
		return err
	}
	if err := allAtLeast("Hidden", p.Hidden, 1); err != nil {
		return err
	}
	return p.SoftAssign.check()
}

// Select implements Pooler: S by an MLP on the features.
func (p *Soft) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	return build(func() Selection {
		ensure(p.check())
		ensure(in.Check())
		t := p.Trainable
		t.Activity, t.ActivationFunc = nil, p.HiddenActivationFunc
		mlp := MLP{Hidden: p.Hidden, Units: p.K, Activation: p.HiddenActivation, Trainable: t}
		sel := p.assign(sc, in, mlp.logits(sc, in))
		p.regularized(sc, sel.Assignment)
		return sel
	})
}

// Reduce implements Pooler: X' = a(SᵀX) of each graph.
func (p *Soft) Reduce(sc *param.Scope, in modes.Graph, sel Selection) (*G.Node, error) {
	return build(func() *G.Node {
		return p.activate(must(p.Clusters.Reduce(sc, in, sel)), p.Activation)
	})
}

// SoftAssign sets how logits become an assignment:
//
//	S = softmax(logits/τ)
type SoftAssign struct {
	Temperature float64 // τ of the softmax, above 0; 0 means 1
	Dropout     float64 // probability that a logit is dropped in training
}

func (p SoftAssign) check() error {
	if p.Temperature < 0 || p.Temperature != p.Temperature {
		return unwanted("Temperature", p.Temperature, "above 0")
	}
	return probability("Dropout", p.Dropout)
}

// assign is the selection by logits; padding gets rows of 0.
func (p SoftAssign) assign(sc *param.Scope, in modes.Graph, logits *G.Node) Selection {
	sel := Selection{Logits: logits}
	if p.Dropout > 0 && sc.Training() {
		logits = must(ops.Dropout(logits, p.Dropout, sc.Seed()))
	}
	tau := p.Temperature
	if tau == 0 {
		tau = 1
	}
	sel.Assignment = must(ops.SoftMax(logits, tau))
	if in.IDs != nil {
		sel.Assignment = must(ops.RowScale(sel.Assignment, must(in.Mask())))
	}
	return sel
}

// SumPooler is a pooler whose losses read S and A through sums over nodes and
// edges alone, so that they can be computed from partial sums of parts of a
// graph: DMoNPool, MinCutPool and JustBalancePool. See losses.Sums.
type SumPooler interface {
	Pooler
	// SumLosses is Losses of the sums of an assignment.
	SumLosses(x losses.Sums) ([]losses.Term, error)
}

// Select is the selection of a pooler alone, without what it makes of it, in the
// scope that Pool gives it.
func Select(p Pooler, sc *param.Scope, in modes.Graph) (Selection, error) {
	out, err := apply(p, sc, in, func(sc *param.Scope) Output {
		return Output{Selection: must(p.Select(sc, in))}
	})
	return out.Selection, err
}
