package ops

import (
	"fmt"
	"unsafe"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// The methods below make *Pattern an opaque Gorgonia value: to the type
// system it is a vector of one Int, and only this package looks inside.

// Shape is (1).
func (p *Pattern) Shape() tensor.Shape { return tensor.Shape{1} }

// Size is 1.
func (p *Pattern) Size() int { return 1 }

// Data is the pattern itself.
func (p *Pattern) Data() interface{} { return p }

// Dtype is Int.
func (p *Pattern) Dtype() tensor.Dtype { return tensor.Int }

// Type is that of a vector of Int.
func (p *Pattern) Type() hm.Type { return G.TensorType{Dims: 1, Of: tensor.Int} }

// Clone is the pattern itself, which never changes.
func (p *Pattern) Clone() interface{} { return p }

// ZeroValue is the pattern itself: it has no gradient.
func (p *Pattern) ZeroValue() G.Value { return p }

// Uintptr is the pattern's address.
func (p *Pattern) Uintptr() uintptr { return uintptr(unsafe.Pointer(p)) }

// MemSize is the size of the pattern's indices in bytes.
func (p *Pattern) MemSize() uintptr { return uintptr(4 * (len(p.csr.Ptr) + len(p.csr.Col))) }

// Format prints the pattern's size.
func (p *Pattern) Format(s fmt.State, _ rune) {
	fmt.Fprintf(s, "pattern %d×%d with %d entries", p.Rows(), p.Cols(), p.NNZ())
}

// NewPatternNode makes p an input of g under a name that no other input of g
// may have: Gorgonia merges inputs of one name.
func NewPatternNode(g *G.ExprGraph, name string, p *Pattern) (*G.Node, error) {
	if g == nil || p == nil {
		return nil, fmt.Errorf("ops: pattern %q: a nil graph or pattern", name)
	}
	return G.NewVector(g, tensor.Int, G.WithShape(1), G.WithName(name), G.WithValue(p)), nil
}

// patternOf is the pattern that v is.
func patternOf(v G.Value) (*Pattern, error) {
	p, ok := v.(*Pattern)
	if !ok {
		return nil, fmt.Errorf("%w: a %T", errNotPattern, v)
	}
	return p, nil
}
