package layers

import (
	"errors"
	"fmt"

	"github.com/graphpool/graphpool/layers/param"
)

// Save writes a model to one safetensors file: the weights of the store, and
// the configuration of the layers, as MarshalModel gives it, in the metadata
// of its header under "config". The file appears whole or not at all.
//
// It errs, and writes nothing, for a layer that has no configuration; see
// Marshal. The weights alone are written by the store's own Save.
func Save(file string, store *param.Store, ls ...Layer) error {
	config, err := MarshalModel(ls...)
	if err != nil {
		return fmt.Errorf("layers: save %s: %w", file, err)
	}
	return store.Save(file, config)
}

// Load reads what Save wrote: a store with the weights, bit for bit, sealed so
// that a layer which asks for others is an error that names it; and the
// layers, which Sequence applies to a graph of any size with as many
// features.
//
// It errs for a file that is not whole, or whose configuration is missing or
// not one of this package's layers.
func Load(file string) (*param.Store, []Layer, error) {
	store, info, err := param.Open(file)
	if err != nil {
		return nil, nil, err
	}
	if info.Config == nil {
		err = errors.New("the file has weights but no configuration of layers")
	}
	var ls []Layer
	if err == nil {
		ls, err = UnmarshalModel(info.Config)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("layers: load %s: %w", file, err)
	}
	return store, ls, nil
}
