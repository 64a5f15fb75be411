package param

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Spec says how one weight is drawn, penalised and constrained. A nil field
// means the default that the layer gives: its own initialiser, no
// regulariser, no constraint.
type Spec struct {
	// Init draws the weight when the store does not hold it yet.
	Init Initializer
	// Regularizer adds a term to the training loss.
	Regularizer Penalty
	// Constraint is applied to the weight after each step of a solver.
	Constraint Constraint
	// Frozen leaves the weight out of the learnables: it gets no gradient,
	// no penalty and no constraint. Running statistics are kept this way.
	Frozen bool
}

// Param is one stored weight. Tensor stays the same pointer for the life of
// the store; its data changes as a solver steps.
type Param struct {
	// Path names the weight, e.g. "gcn_1/kernel".
	Path string
	// Tensor is row-major, of the store's dtype.
	Tensor *tensor.Dense
	// Spec is what the last graph that used the weight asked for. It is zero
	// for a weight read from a file and not used yet.
	Spec Spec
}

// Store is an ordered collection of weights of one dtype. It is not safe for
// use by several goroutines at once.
type Store struct {
	dtype  tensor.Dtype
	seed   uint64
	params []*Param
	byPath map[string]*Param
	sealed bool
}

// NewStore makes an empty store of float32 or float64 weights. The seed
// decides every weight drawn later, and the seeds of [Scope.Seed].
func NewStore(dt tensor.Dtype, seed uint64) (*Store, error) {
	if dt != tensor.Float32 && dt != tensor.Float64 {
		return nil, fmt.Errorf("param: store: dtype %v, want float32 or float64", dt.Type) // the zero Dtype cannot be printed
	}
	return &Store{dtype: dt, seed: seed, byPath: map[string]*Param{}}, nil
}

// check errs where NewStore did not make the store.
func (s *Store) check() error {
	if s == nil || s.byPath == nil {
		return errors.New("param: the store is nil or zero, want one of NewStore")
	}
	return nil
}

// orZero is s, or a store of nothing in place of a nil one.
func (s *Store) orZero() *Store {
	if s == nil {
		return &Store{}
	}
	return s
}

// Dtype is float32 or float64.
func (s *Store) Dtype() tensor.Dtype { return s.orZero().dtype }

// Seed is the seed given to [NewStore].
func (s *Store) Seed() uint64 { return s.orZero().seed }

// Len is the number of weights.
func (s *Store) Len() int { return len(s.orZero().params) }

// All yields the weights in the order in which they were first asked for.
func (s *Store) All() iter.Seq[*Param] { return slices.Values(s.orZero().params) }

// Get finds a weight by its full path; nil if there is none.
func (s *Store) Get(path string) *Param { return s.orZero().byPath[path] }

// Size is the number of scalars in all weights together.
func (s *Store) Size() int {
	n := 0
	for _, p := range s.orZero().params {
		n += p.Tensor.Shape().TotalSize()
	}
	return n
}

// Seal makes every later request for an unknown weight an error instead of a
// fresh draw. Reading a file into an empty store seals it, so that a model
// that does not fit the file is noticed. Unseal takes it back.
func (s *Store) Seal() { s.orZero().sealed = true }

// Unseal lets the store draw new weights again.
func (s *Store) Unseal() { s.orZero().sealed = false }

// Sealed tells whether the store is sealed.
func (s *Store) Sealed() bool { return s.orZero().sealed }

// Scope opens a view of the store for one expression graph. Call it once a
// graph: names made unique by [Scope.Sub] begin anew with each call. Training
// is passed on to the layers, which ask it for dropout and the like.
func (s *Store) Scope(g *G.ExprGraph, training bool) *Scope {
	b := &build{store: s, graph: g, training: training, nodes: map[string]*G.Node{}}
	return &Scope{build: b, subs: map[string]bool{}}
}

// obtain finds a weight of that shape or draws it.
func (s *Store) obtain(path string, init Initializer, shape []int) (*Param, error) {
	if p := s.byPath[path]; p != nil {
		if !slices.Equal([]int(p.Tensor.Shape()), shape) {
			return nil, fmt.Errorf("param: %s: shape %v is stored, %v wanted", path, p.Tensor.Shape(), tensor.Shape(shape))
		}
		return p, nil
	}
	if s.sealed {
		return nil, fmt.Errorf("param: %s: not among the %d weights of the sealed store", path, len(s.params))
	}
	if isNil(init) {
		return nil, fmt.Errorf("param: %s: no initializer", path)
	}
	values, err := init.Draw(pathRand(s.seed, path), slices.Clone(shape))
	if err != nil {
		return nil, fmt.Errorf("param: %s: %w", path, err)
	}
	if n := tensor.Shape(shape).TotalSize(); len(values) != n {
		return nil, fmt.Errorf("param: %s: the initializer drew %d values, want %d", path, len(values), n)
	}
	return s.add(path, denseOf(s.dtype, shape, values)), nil
}

// isNil tells whether v is nil, or a nil pointer in an interface.
func isNil(v any) bool {
	r := reflect.ValueOf(v)
	return v == nil || r.Kind() == reflect.Pointer && r.IsNil()
}

// Put adds a weight that is not of a layer, such as a moment of an optimiser
// in a checkpoint. The store keeps the tensor. It errs for another dtype, a
// scalar, and a path that is empty or has a weight already.
func (s *Store) Put(path string, t *tensor.Dense) error {
	if err := s.check(); err != nil {
		return err
	}
	switch {
	case t == nil:
		return fmt.Errorf("param: %s: the tensor is nil", path)
	case t.Dtype() != s.dtype || t.Dims() == 0:
		return fmt.Errorf("param: %s: a tensor of %v and shape %v, want %v and at least one axis", path, t.Dtype(), t.Shape(), s.dtype)
	case path == "" || s.byPath[path] != nil:
		return fmt.Errorf("param: path = %q, want one that is not empty and has no weight yet", path)
	}
	s.add(path, t)
	return nil
}

func (s *Store) add(path string, t *tensor.Dense) *Param {
	p := &Param{Path: path, Tensor: t}
	s.params = append(s.params, p)
	s.byPath[path] = p
	return p
}
