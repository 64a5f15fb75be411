package golden_test

import (
	"fmt"
	"maps"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
)

// goldenFamily builds the layer of a case from its attributes, through the
// library's own options.
type goldenFamily func(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error)

// goldenModel is a layer and how the names of a file go to what it has.
type goldenModel struct {
	layer   layers.Layer
	params  map[string]string // parameters: their paths in the store
	losses  map[string]string // losses: their names in the library
	outputs func(out layers.Output) (map[string]goldenOutput, error)
	// slope is the gradient of an input as the library defines it, where that is
	// another than the file's; nil: the file's.
	slope  func(name string, want goldenTensor) goldenTensor
	fixedA bool // nothing that comes of A has a gradient
}

// goldenOutput is one output. Without place it is the node's value as it
// lies. A layer with room for more than there is has a place: for each value
// of the file, its position among the node's values, told from the values of
// the nodes in needs. An output that is no float is computed from needs.
type goldenOutput struct {
	node  *G.Node
	needs G.Nodes
	place func(needs []G.Value) ([]int, error)
	ints  func(needs []G.Value) ([]int, error)

	// floats is an output without a cotangent that is computed from needs.
	floats func(needs []G.Value) ([]float64, error)
}

// setParams writes the file's parameters into the store.
func (c *goldenCase) setParams(store *param.Store, paths map[string]string) error {
	if err := known("params", c.Params, slices.Sorted(maps.Keys(paths)), nil); err != nil {
		return err
	}
	set := map[string]bool{}
	for name, path := range paths {
		p := store.Get(path)
		if p == nil {
			return fmt.Errorf("params: the layer has no weight %q for %q", path, name)
		}
		x := c.Params[name]
		if p.Tensor.Shape().TotalSize() != len(x.Data) {
			return fmt.Errorf("params: %s has shape %v, the layer's %q %v", name, x.Shape, path, p.Tensor.Shape())
		}
		for i, v := range x.Data {
			switch data := p.Tensor.Data().(type) {
			case []float64:
				data[i] = float64(v)
			case []float32:
				data[i] = float32(v)
			}
		}
		set[path] = true
	}
	for p := range store.All() {
		if !set[p.Path] {
			return fmt.Errorf("params: nothing for the layer's weight %q", p.Path)
		}
	}
	return nil
}
