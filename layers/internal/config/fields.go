// Package config reads and writes options of structs as JSON, by their names in
// lower case with underscores. What the options of layers mean stands in package
// layers.
package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/graphpool/graphpool/layers/internal/names"
)

// field is an option of a layer.
type field struct {
	key   string
	value reflect.Value
}

// fieldsOf is the exported fields of a struct, those of embedded structs in
// their place.
func fieldsOf(v reflect.Value) (fs []field) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			fs = append(fs, fieldsOf(v.Field(i))...)
		case f.IsExported():
			fs = append(fs, field{names.Snake(f.Name), v.Field(i)})
		}
	}
	return fs
}

// Encode writes ,"key":value for each option of the struct v.
func (n Nested) Encode(b *bytes.Buffer, v reflect.Value) error {
	for _, f := range fieldsOf(v) {
		if f.value.Kind() == reflect.Func {
			if f.value.IsNil() {
				continue
			}
			return fmt.Errorf("%s: a function has no JSON", f.key)
		}
		data, err := n.encode(f.value)
		if err != nil {
			return fmt.Errorf("%s: %w", f.key, err)
		}
		fmt.Fprintf(b, ",%q:%s", f.key, data)
	}
	return nil
}

// Decode sets the options of the struct v that fields names. It errs for a name
// that is not one of them.
func (n Nested) Decode(v reflect.Value, fields map[string]json.RawMessage) error {
	options := map[string]reflect.Value{}
	for _, f := range fieldsOf(v) {
		if f.value.Kind() != reflect.Func {
			options[f.key] = f.value
		}
	}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		option, ok := options[key]
		if !ok {
			return fmt.Errorf("unknown field %q", key)
		}
		if err := n.decode(option, fields[key]); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}
