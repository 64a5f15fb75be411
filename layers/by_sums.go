package layers

import (
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

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
	out, err := apply(p, sc, func(sc *param.Scope) Output {
		return Output{Selection: must(p.Select(sc, in))}
	})
	return out.Selection, err
}
