package param

import (
	"encoding/json"
	"fmt"

	"gorgonia.org/tensor"
)

// Info is what a file of weights says about itself.
type Info struct {
	// Config is what was given to [Store.Save]; nil for none.
	Config json.RawMessage
	// Dtype is the dtype of all tensors; the zero Dtype for a file without
	// tensors that another program wrote.
	Dtype tensor.Dtype
	// Seed is the seed of the store that was saved.
	Seed uint64
	// Tensors lists the weights in the order of the store that was saved.
	Tensors []TensorInfo
}

// TensorInfo is one weight of a file.
type TensorInfo struct {
	Path  string
	Shape []int
}

// Inspect reads what a file of weights says about itself, its configuration
// above all, and checks that the file is whole.
func Inspect(file string) (Info, error) {
	c, err := readFile(file)
	if err != nil {
		return Info{}, fmt.Errorf("param: %s: %w", file, err)
	}
	return c.info, nil
}

// Open makes a store of the dtype and seed of a file and loads it.
func Open(file string) (*Store, Info, error) {
	c, err := readFile(file)
	if err != nil {
		return nil, Info{}, fmt.Errorf("param: %s: %w", file, err)
	}
	s, err := NewStore(c.info.Dtype, c.info.Seed)
	if err != nil {
		return nil, Info{}, fmt.Errorf("param: %s: %w", file, err)
	}
	if err := s.take(c); err != nil {
		return nil, Info{}, fmt.Errorf("param: %s: %w", file, err)
	}
	return s, c.info, nil
}

// Load reads the weights of a safetensors file, bit for bit.
//
// A store that holds weights must have exactly those of the file, by path and
// shape; they are overwritten in place, so graphs already built see them. An
// empty store gets the tensors of the file and is sealed ([Store.Seal]), so
// that a model which asks for others fails instead of training on a mixture.
//
// A file that is not whole, a missing or extra weight, another shape or
// another dtype is an error that names it, and leaves the store as it was.
// The store keeps its own seed.
func (s *Store) Load(file string) error {
	if err := s.check(); err != nil {
		return err
	}
	c, err := readFile(file)
	if err == nil {
		err = s.take(c)
	}
	if err != nil {
		return fmt.Errorf("param: %s: %w", file, err)
	}
	return nil
}

func (s *Store) take(c *contents) error {
	if len(c.params) > 0 && c.info.Dtype != s.dtype {
		return fmt.Errorf("%s: dtype %v, want %v", c.params[0].Path, c.info.Dtype, s.dtype)
	}
	if s.Len() == 0 {
		for _, p := range c.params {
			s.add(p.Path, p.Tensor)
		}
		s.sealed = true
		return nil
	}
	if err := s.match(c.params); err != nil {
		return err
	}
	for _, p := range c.params {
		if err := copyDense(s.byPath[p.Path].Tensor, p.Tensor); err != nil {
			return fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	return nil
}
