package config

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// Nested is how options that are layers themselves are written and read; mine is
// false for any other.
type Nested struct {
	Write func(option any) (data []byte, mine bool, err error)
	Read  func(option any, data []byte) (mine bool, err error) // option is a pointer
}

// encode is the JSON of one option.
func (n Nested) encode(v reflect.Value) ([]byte, error) {
	if data, mine, err := n.Write(v.Interface()); mine {
		return data, err
	}
	switch x := v.Interface().(type) {
	case ops.Activation:
		return encodeActivation(x)
	case param.Penalty:
		return encodePenalty(x)
	case json.Marshaler:
		return x.MarshalJSON()
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		if err != nil {
			return nil, err
		}
		return json.Marshal(string(text))
	}
	if v.Kind() != reflect.Struct {
		return json.Marshal(v.Interface())
	}
	var b bytes.Buffer
	if err := n.Encode(&b, v); err != nil {
		return nil, err
	}
	if b.Len() == 0 {
		return []byte("{}"), nil
	}
	body := append([]byte{'{'}, b.Bytes()[1:]...)
	return append(body, '}'), nil
}

func encodeActivation(a ops.Activation) ([]byte, error) {
	a, err := ops.ParseActivation(string(a))
	if a == ops.Identity {
		a = "linear" // its name in Keras
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(string(a))
}

// encodePenalty writes a regulariser as package param does in a Spec, which
// refuses those that could not be read back.
func encodePenalty(p param.Penalty) ([]byte, error) {
	data, err := param.Spec{Regularizer: p}.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var spec struct{ Regularizer json.RawMessage }
	err = json.Unmarshal(data, &spec)
	return spec.Regularizer, err
}

// decode sets one option.
func (n Nested) decode(v reflect.Value, data []byte) error {
	if mine, err := n.Read(v.Addr().Interface(), data); mine {
		return err
	}
	switch x := v.Addr().Interface().(type) {
	case *ops.Activation:
		return decodeActivation(x, data)
	case *param.Penalty:
		return Nullable(x, data, param.UnmarshalPenalty)
	case json.Unmarshaler:
		return json.Unmarshal(data, x)
	case encoding.TextUnmarshaler:
		return decodeText(x, data)
	}
	if v.Kind() != reflect.Struct {
		return json.Unmarshal(data, v.Addr().Interface())
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	return n.Decode(v, fields)
}

func decodeActivation(a *ops.Activation, data []byte) error {
	var name string
	err := json.Unmarshal(data, &name)
	if err == nil {
		*a, err = ops.ParseActivation(name)
	}
	return err
}

// Nullable sets v by what read gives, and to its zero value for null.
func Nullable[T any](v *T, data []byte, read func([]byte) (T, error)) (err error) {
	var none T
	if *v = none; string(data) != "null" {
		*v, err = read(data)
	}
	return err
}
