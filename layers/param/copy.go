package param

import (
	"errors"
	"fmt"
	"slices"

	"gorgonia.org/tensor"
)

// Clone is a store of its own with the same weights in the same order: a
// snapshot to come back to with [Store.CopyFrom].
func (s *Store) Clone() *Store {
	s = s.orZero()
	c := &Store{dtype: s.dtype, seed: s.seed, byPath: map[string]*Param{}, sealed: s.sealed}
	for p := range s.All() {
		c.add(p.Path, p.Tensor.Clone().(*tensor.Dense)).Spec = p.Spec
	}
	return c
}

// CopyFrom sets the weights to those of another store, in place, so that
// graphs already built see them. Both stores must have the same paths, shapes
// and dtype; otherwise it errs and changes nothing.
func (s *Store) CopyFrom(from *Store) error {
	if err := s.check(); err != nil {
		return err
	}
	if from == nil {
		return errors.New("param: copy: the other store is nil")
	}
	if from.dtype != s.dtype {
		return fmt.Errorf("param: copy: the other store is of %v, this one of %v", from.dtype, s.dtype)
	}
	if err := s.match(slices.Collect(from.All())); err != nil {
		return fmt.Errorf("param: copy: %w", err)
	}
	for p := range s.All() {
		if err := copyDense(p.Tensor, from.Get(p.Path).Tensor); err != nil {
			return fmt.Errorf("param: copy: %s: %w", p.Path, err)
		}
	}
	return nil
}

// match checks that the store has exactly these paths, with these shapes.
func (s *Store) match(others []*Param) error {
	known := make(map[string]*Param, len(others))
	var extra, missing []string
	for _, o := range others {
		known[o.Path] = o
		if s.byPath[o.Path] == nil {
			extra = append(extra, o.Path)
		}
	}
	for p := range s.All() {
		o := known[p.Path]
		if o == nil {
			missing = append(missing, p.Path)
			continue
		}
		if !p.Tensor.Shape().Eq(o.Tensor.Shape()) {
			return fmt.Errorf("%s: shape %v, want %v", p.Path, o.Tensor.Shape(), p.Tensor.Shape())
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("missing %s", listing(missing))
	}
	if len(extra) > 0 {
		return fmt.Errorf("%s: not among the weights of the store", listing(extra))
	}
	return nil
}

// listing names the first path and counts the rest.
func listing(paths []string) string {
	if len(paths) == 1 {
		return paths[0]
	}
	return fmt.Sprintf("%s (and %d more)", paths[0], len(paths)-1)
}
