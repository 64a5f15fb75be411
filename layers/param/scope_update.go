package param

import (
	"fmt"

	G "gorgonia.org/gorgonia"
)

// Update is a frozen weight and the value it takes at the end of a training
// step, computed from the values before it.
type Update struct {
	*Used
	Value *G.Node
}

// AddUpdate makes a frozen weight follow a node: a trainer stores the node's
// value in it at the end of each step. Running statistics are kept this way.
// Layers call it in training only.
//
// weight is a node that Param returned, with a Spec that is frozen; value is
// of its dtype and number of elements. A second call for a weight takes the
// place of the first.
func (s *Scope) AddUpdate(weight, value *G.Node) error {
	if err := s.check(); err != nil {
		return err
	}
	if weight == nil || value == nil {
		return fmt.Errorf("param: %s: update: a nil node", s.path)
	}
	var used *Used
	for _, u := range s.shared().used {
		if u.Node == weight {
			used = u
		}
	}
	switch {
	case used == nil:
		return fmt.Errorf("param: %s: update: %v is not a weight of this graph", s.path, weight)
	case !used.Spec.Frozen:
		return fmt.Errorf("param: %s: update: the weight is trained, want a frozen one", used.Path)
	case value.Dtype() != weight.Dtype() || value.Shape().TotalSize() != weight.Shape().TotalSize():
		return fmt.Errorf("param: %s: update of shape %v and dtype %v, want %v and %v",
			used.Path, value.Shape(), value.Dtype(), weight.Shape(), weight.Dtype())
	}
	for i, u := range s.shared().updates {
		if u.Used == used {
			s.shared().updates[i].Value = value
			return nil
		}
	}
	s.shared().updates = append(s.shared().updates, Update{Used: used, Value: value})
	return nil
}

// Updates lists what AddUpdate was given in this graph, in order. Every scope
// of a graph gives the same list.
func (s *Scope) Updates() []Update { return s.shared().updates }
