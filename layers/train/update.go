package train

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
)

// update is a frozen weight that follows a value of the graph.
type update struct {
	param.Update
	tap *tap
}

// tapUpdates taps the values that the frozen weights of the graph follow.
func (t *Trainer) tapUpdates(sc *param.Scope) (roots G.Nodes, err error) {
	for _, u := range sc.Updates() {
		tapped, root, err := newTap(u.Value)
		if err != nil {
			return nil, err
		}
		t.updates = append(t.updates, update{Update: u, tap: tapped})
		roots = append(roots, root)
	}
	return roots, nil
}

// follow stores what the last run computed in the frozen weights.
func (t *Trainer) follow() error {
	for _, u := range t.updates {
		v := u.tap.value
		if v == nil {
			return fmt.Errorf("train: %s: the update has no value", u.Path)
		}
		if copyData(u.Tensor.Data(), v.Data()) {
			continue
		}
		x, err := scalarOf(v)
		if err != nil {
			return fmt.Errorf("train: %s: update: %w", u.Path, err)
		}
		if err := u.Tensor.Memset(castTo(u.Tensor.Dtype(), x)); err != nil {
			return fmt.Errorf("train: %s: update: %w", u.Path, err)
		}
	}
	return nil
}
