package param

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// encode writes {"class": class, …} with the fields of a struct.
func encode(class string, fields any) ([]byte, error) {
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("param: %s: %w", class, err)
	}
	out := append([]byte(`{"class":"`), class...)
	if string(body) == "{}" {
		return append(out, `"}`...), nil
	}
	return append(append(out, `",`...), body[1:]...), nil
}

// decode reads {"class": name, …} or the bare string "name". Fields that are
// not there keep the values of defaults, which the class gives; what is there
// and is no field is an error. kind is what is being read, for errors.
func decode[T any](kind string, data []byte, byClass func(class string, body []byte) (T, error)) (T, error) {
	var none T
	var name string
	if json.Unmarshal(data, &name) == nil {
		return byClass(name, []byte("{}"))
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil || fields == nil {
		return none, fmt.Errorf("param: %s: want a name or an object with a class, got %.40s", kind, data)
	}
	if err := json.Unmarshal(fields["class"], &name); err != nil {
		return none, fmt.Errorf(`param: %s: want "class" to be a name, got %.40s`, kind, data)
	}
	delete(fields, "class")
	body, err := json.Marshal(fields)
	if err != nil {
		return none, fmt.Errorf("param: %s: %w", kind, err)
	}
	return byClass(name, body)
}

// fill reads the fields of one class over its defaults.
func fill[T any](class string, defaults T, body []byte) (T, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&defaults); err != nil {
		return defaults, fmt.Errorf("param: %s: %w", class, err)
	}
	return defaults, nil
}
