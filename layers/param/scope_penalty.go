package param

import (
	"fmt"

	"github.com/graphpool/graphpool/ops"
	G "gorgonia.org/gorgonia"
)

// Penalties builds the terms that the regularisers of this graph's learnable
// weights add to the loss: one scalar node a weight that has one, in order of
// first use, then those given to [Scope.AddPenalty], in order of their call.
// Every scope of a graph gives the same list.
func (s *Scope) Penalties() ([]*G.Node, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	var terms []*G.Node
	for _, u := range s.shared().used {
		if u.Spec.Regularizer == nil || u.Spec.Frozen {
			continue
		}
		if isNil(u.Spec.Regularizer) {
			return nil, fmt.Errorf("param: %s: a nil %T, want a regularizer", u.Path, u.Spec.Regularizer)
		}
		n, err := u.Spec.Regularizer.Node(u.Node)
		if err != nil {
			return nil, fmt.Errorf("param: %s: %w", u.Path, err)
		}
		terms = append(terms, n)
	}
	return append(terms, s.shared().activity...), nil
}

// AddPenalty adds the penalty of an output to the loss of this graph: an
// activity regulariser. As in Keras it is divided by the size of the output's
// first axis (graphs in batch mode, nodes or clusters elsewhere, padding
// included), so that its weight does not depend on how much goes in at once.
// A nil penalty adds nothing.
func (s *Scope) AddPenalty(p Penalty, output *G.Node) error {
	if err := s.check(); err != nil {
		return err
	}
	if p == nil {
		return nil
	}
	if isNil(p) {
		return fmt.Errorf("param: %s: activity: a nil %T, want a penalty", s.path, p)
	}
	if output == nil {
		return fmt.Errorf("param: %s: activity: the output is nil, want a node", s.path)
	}
	n, err := p.Node(output)
	if err == nil && output.Dims() > 0 {
		n, err = ops.Affine(n, 1/float64(output.Shape()[0]), 0)
	}
	if err != nil {
		return fmt.Errorf("param: %s: activity: %w", s.path, err)
	}
	s.shared().activity = append(s.shared().activity, n)
	return nil
}
