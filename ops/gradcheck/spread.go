package gradcheck

import (
	"fmt"
	"hash"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// spread is the gradient of a contraction with respect to output k: the
// derivative of the loss, a scalar, times c_k, in the shape of the output.
type spread struct {
	of *contraction
	k  int
}

func (s *spread) Arity() int { return 1 }

func (s *spread) Type() hm.Type { return hm.NewFnType(s.of.dt, s.of.types[s.k]) }

func (s *spread) InferShape(...G.DimSizer) (tensor.Shape, error) {
	return s.of.shapes[s.k].Clone(), nil
}

func (s *spread) Do(in ...G.Value) (G.Value, error) {
	scale, err := entriesOf(in[0])
	if err != nil {
		return nil, err
	}
	v := newFloats(s.of.dt, s.of.shapes[s.k])
	e, err := s.of.entries(s.k, v)
	if err != nil {
		return nil, err
	}
	for i, c := range s.of.c[s.k] {
		e.set(i, c*scale.at(0))
	}
	return v, nil
}

func (s *spread) ReturnsPtr() bool     { return false }
func (s *spread) CallsExtern() bool    { return false }
func (s *spread) OverwritesInput() int { return -1 }
func (s *spread) String() string       { return fmt.Sprintf("spread %d of %v", s.k, s.of) }

func (s *spread) WriteHash(h hash.Hash) { fmt.Fprint(h, "gradcheck ", s) }
func (s *spread) Hashcode() uint32      { return hashcode(s) }
