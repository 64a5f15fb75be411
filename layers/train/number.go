package train

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// number is a float64 that is written as JSON, which has no NaN and no infinity:
// they are text, "NaN", "+Inf" and "-Inf".
type number float64

// MarshalJSON implements [json.Marshaler].
func (n number) MarshalJSON() ([]byte, error) {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return json.Marshal(fmt.Sprint(v))
	}
	return json.Marshal(v)
}

// UnmarshalJSON implements [json.Unmarshaler].
func (n *number) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) != nil {
		return json.Unmarshal(b, (*float64)(n))
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return fmt.Errorf("train: number = %q, want one", text)
	}
	*n = number(v)
	return nil
}

// epochJSON is an Epoch as JSON.
type epochJSON struct {
	Number     int    `json:"epoch"`
	Loss       number `json:"loss"`
	Validation number `json:"validation"`
	Figure     number `json:"figure"`
}

// MarshalJSON writes the fields as epoch, loss, validation and figure, those that
// are not finite as text: "NaN", "+Inf", "-Inf".
func (e Epoch) MarshalJSON() ([]byte, error) {
	return json.Marshal(epochJSON{e.Number, number(e.Loss), number(e.Validation), number(e.Figure)})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (e *Epoch) UnmarshalJSON(b []byte) error {
	var j epochJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return fmt.Errorf("train: epoch: %w", err)
	}
	*e = Epoch{j.Number, float64(j.Loss), float64(j.Validation), float64(j.Figure)}
	return nil
}
