package param

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

type specFields struct {
	Initializer json.RawMessage `json:"initializer,omitempty"`
	Regularizer json.RawMessage `json:"regularizer,omitempty"`
	Constraint  json.RawMessage `json:"constraint,omitempty"`
	Frozen      bool            `json:"frozen,omitempty"`
}

// MarshalJSON writes an object with the fields that are not nil. It errs for
// an initialiser, regulariser or constraint that is not of this package,
// since that could not be read back.
func (s Spec) MarshalJSON() ([]byte, error) {
	f := specFields{Frozen: s.Frozen}
	var err error
	if f.Initializer, err = readable(s.Init, s.Init == nil, UnmarshalInitializer); err != nil {
		return nil, err
	}
	if f.Regularizer, err = readable(s.Regularizer, s.Regularizer == nil, UnmarshalPenalty); err != nil {
		return nil, err
	}
	if f.Constraint, err = readable(s.Constraint, s.Constraint == nil, UnmarshalConstraint); err != nil {
		return nil, err
	}
	return json.Marshal(f)
}

// UnmarshalJSON reads what MarshalJSON writes; names alone will do for the
// three fields. Unknown fields are an error.
func (s *Spec) UnmarshalJSON(data []byte) error {
	var f specFields
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return fmt.Errorf("param: spec: %w", err)
	}
	read := Spec{Frozen: f.Frozen}
	var err error
	if read.Init, err = optional(f.Initializer, UnmarshalInitializer); err != nil {
		return err
	}
	if read.Regularizer, err = optional(f.Regularizer, UnmarshalPenalty); err != nil {
		return err
	}
	if read.Constraint, err = optional(f.Constraint, UnmarshalConstraint); err != nil {
		return err
	}
	*s = read
	return nil
}

func readable[T any](v T, none bool, read func([]byte) (T, error)) (json.RawMessage, error) {
	if none {
		return nil, nil
	}
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	back, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("param: %T has no JSON form: %w", v, err)
	}
	if t := reflect.TypeOf(v); t != reflect.TypeOf(back) && t != reflect.PointerTo(reflect.TypeOf(back)) {
		return nil, fmt.Errorf("param: %T has no JSON form: what it writes is read as %T", v, back)
	}
	return data, nil
}

func optional[T any](data []byte, read func([]byte) (T, error)) (v T, err error) {
	if len(data) == 0 || string(data) == "null" {
		return v, nil
	}
	return read(data)
}
