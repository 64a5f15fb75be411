package layers

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

// encodeFields writes ,"key":value for each option.
func encodeFields(b *bytes.Buffer, v reflect.Value) error {
	for _, f := range fieldsOf(v) {
		if f.value.Kind() == reflect.Func {
			if f.value.IsNil() {
				continue
			}
			return fmt.Errorf("%s: a function has no JSON", f.key)
		}
		data, err := encode(f.value)
		if err != nil {
			return fmt.Errorf("%s: %w", f.key, err)
		}
		fmt.Fprintf(b, ",%q:%s", f.key, data)
	}
	return nil
}

// decodeFields sets the options that fields names.
func decodeFields(v reflect.Value, fields map[string]json.RawMessage) error {
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
		if err := decode(option, fields[key]); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}
