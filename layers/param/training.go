package param

import (
	"errors"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// trainingMark is the name of an input that a graph has once a layer asked
// whether it trains, and it does.
const trainingMark = "graphpool: acts as in training"

// Training says whether layers act as in training: dropout on, batch
// statistics taken from the batch. A layer asks where it acts differently; the
// graph is then one that cannot be evaluated (CheckEvaluates).
func (s *Scope) Training() bool {
	if !s.shared().training {
		return false
	}
	if g := s.shared().graph; g != nil && len(g.ByName(trainingMark)) == 0 {
		G.NewScalar(g, tensor.Float64, G.WithName(trainingMark), G.WithValue(1.0))
	}
	return true
}

// CheckTrains errs where the graph was opened for evaluation.
func (s *Scope) CheckTrains() error {
	if !s.shared().training {
		return errors.New("the graph was built for evaluation, want one built with Store.Scope(graph, true)")
	}
	return nil
}

// CheckEvaluates errs where a layer of the graph acts as in training, and not
// as in evaluation.
func CheckEvaluates(g *G.ExprGraph) error {
	if g == nil {
		return errors.New("a nil graph")
	}
	if len(g.ByName(trainingMark)) > 0 {
		return errors.New("the graph was built for training, with dropout or statistics of the batch; want a graph of its own, built with Store.Scope(graph, false) of the same store")
	}
	return nil
}
