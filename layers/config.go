package layers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/graphpool/graphpool/layers/internal/config"
	"github.com/graphpool/graphpool/layers/param"
)

//go:generate go run ./internal/layergen

// Marshal is the configuration of a layer as JSON: an object with the name of
// its class and every option,
//
//	{"class":"mincutpool","k":4,"hidden":[32],"hidden_activation":"relu", …}
//
// Keys are the names of the fields in lower case with underscores; those of
// embedded structs stand beside the layer's own. Layers within layers nest.
//
// It errs for a type that is neither of this package nor registered (see
// Register), and for what has no JSON: a function as activation, an
// initialiser, regulariser or constraint that is not of package param, a
// number that is not finite.
func Marshal(l Layer) ([]byte, error) {
	class, err := classOf(l)
	if err != nil {
		return nil, fmt.Errorf("layers: %w", err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"class":%q`, class)
	if err := nestedLayers().Encode(&b, reflect.ValueOf(l).Elem()); err != nil {
		return nil, fmt.Errorf("layers: %s: %w", class, err)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Unmarshal is the layer that a configuration describes. Options left out
// have the constructor's defaults; what the constructor is given, such as K,
// is then 0. It errs for a class or a field that does not exist, and for a
// value that does not fit its field. Whether the values make sense is checked
// by Apply. Layers nest at most 100 deep.
func Unmarshal(data []byte) (Layer, error) {
	if err := config.CheckNesting(data); err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil || fields == nil {
		return nil, fmt.Errorf("layers: configuration: want an object with a class, got %.40s", data)
	}
	var name string
	if err := json.Unmarshal(fields["class"], &name); err != nil {
		return nil, fmt.Errorf(`layers: configuration: want "class" to be a name, got %.40s`, fields["class"])
	}
	delete(fields, "class")
	l, err := layerOf(name)
	if err != nil {
		return nil, fmt.Errorf("layers: configuration: %w", err)
	}
	config.AddFormerOptions(name, fields)
	if err := nestedLayers().Decode(reflect.ValueOf(l).Elem(), fields); err != nil {
		return nil, fmt.Errorf("layers: %s: %w", l.Class(), err)
	}
	return l, nil
}

// MarshalModel is the configuration of layers that are applied in turn, an
// array of what Marshal gives.
func MarshalModel(ls ...Layer) ([]byte, error) {
	parts := make([]json.RawMessage, len(ls))
	for i, l := range ls {
		var err error
		if parts[i], err = Marshal(l); err != nil {
			return nil, fmt.Errorf("layer %d: %w", i, err)
		}
	}
	return json.Marshal(parts)
}

// UnmarshalModel is the layers that MarshalModel wrote.
func UnmarshalModel(data []byte) ([]Layer, error) {
	if err := config.CheckNesting(data); err != nil {
		return nil, err
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil || parts == nil {
		return nil, fmt.Errorf("layers: configuration: want an array of layers, got %.40s", data)
	}
	ls := make([]Layer, len(parts))
	for i, p := range parts {
		var err error
		if ls[i], err = Unmarshal(p); err != nil {
			return nil, fmt.Errorf("layer %d: %w", i, err)
		}
	}
	return ls, nil
}

// nestedLayers is how options that are layers are written and read.
func nestedLayers() config.Nested { return config.Nested{Write: writeLayers, Read: readLayers} }

func writeLayers(option any) (data []byte, mine bool, err error) {
	switch x := option.(type) {
	case Layer:
		data, err = Marshal(x)
	case []Layer:
		if x == nil {
			return []byte("null"), true, nil
		}
		data, err = MarshalModel(x...)
	default:
		return nil, false, nil
	}
	return data, true, err
}

func readLayers(option any, data []byte) (mine bool, err error) {
	switch x := option.(type) {
	case *Layer:
		return true, config.Nullable(x, data, Unmarshal)
	case *[]Layer:
		return true, config.Nullable(x, data, UnmarshalModel)
	}
	return false, nil
}

// Save writes a model to one safetensors file: the weights of the store, and
// the configuration of the layers, as MarshalModel gives it, in the metadata
// of its header under "config". The file appears whole or not at all.
//
// It errs, and writes nothing, for a layer that has no configuration; see
// Marshal. The weights alone are written by the store's own Save.
func Save(file string, store *param.Store, ls ...Layer) error {
	data, err := MarshalModel(ls...)
	if err != nil {
		return fmt.Errorf("layers: save %s: %w", file, err)
	}
	return store.Save(file, data)
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
