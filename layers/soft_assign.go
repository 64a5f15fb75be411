package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// SoftAssign says how logits become an assignment:
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
	if sc.Training() && p.Dropout > 0 {
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
