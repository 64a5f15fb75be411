package golden_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
)

// goldenCase is one file: inputs and parameters of a layer, and what comes
// out of it. See testdata/golden.
type goldenCase struct {
	ID      string                  `json:"id"`
	Layer   string                  `json:"layer"`
	Mode    string                  `json:"mode"`
	Variant string                  `json:"variant"`
	Note    string                  `json:"note"`
	Attrs   map[string]any          `json:"attrs"`
	Inputs  map[string]goldenTensor `json:"inputs"`
	Params  map[string]goldenTensor `json:"params"`
	Outputs map[string]goldenTensor `json:"outputs"`
	Losses  map[string]goldenNumber `json:"losses"`
	R       map[string]goldenTensor `json:"R"` // cotangents of outputs
	Scalar  goldenNumber            `json:"scalar"`
	Grads   goldenGrads             `json:"grads"` // of scalar = Σ ⟨R, output⟩ + Σ losses
	Expect  string                  `json:"expect"`

	// What other programs gave for the case; not compared.
	NonFinite json.RawMessage `json:"pyg_grad_nonfinite"`
	Actual    json.RawMessage `json:"pyg_actual_losses"`
	Verified  json.RawMessage `json:"verified"`
}

type goldenGrads struct {
	Inputs map[string]goldenTensor `json:"inputs"`
	Params map[string]goldenTensor `json:"params"`
}

// goldenTensor is a tensor in row-major order.
type goldenTensor struct {
	Shape []int          `json:"shape"`
	Dtype string         `json:"dtype"`
	Data  []goldenNumber `json:"data"`
}

// goldenNumber is a number, or the name of one that JSON does not have.
type goldenNumber float64

func (n *goldenNumber) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case `"NaN"`:
		*n = goldenNumber(math.NaN())
	case `"Infinity"`:
		*n = goldenNumber(math.Inf(1))
	case `"-Infinity"`:
		*n = goldenNumber(math.Inf(-1))
	case "null":
		return fmt.Errorf("a number is null")
	default:
		return json.Unmarshal(b, (*float64)(n))
	}
	return nil
}

// readGolden reads a case and checks that it is well formed.
func readGolden(file string) (*goldenCase, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	d.UseNumber()
	c := new(goldenCase)
	if err := d.Decode(c); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for what, set := range map[string]map[string]goldenTensor{
		"inputs": c.Inputs, "params": c.Params, "outputs": c.Outputs, "R": c.R,
		"grads.inputs": c.Grads.Inputs, "grads.params": c.Grads.Params,
	} {
		for name, x := range set {
			if err := x.check(); err != nil {
				return nil, fmt.Errorf("%s: %s.%s: %w", file, what, name, err)
			}
		}
	}
	return c, nil
}

func (x goldenTensor) check() error {
	if x.Dtype != "float64" && x.Dtype != "int64" {
		return fmt.Errorf("dtype %q, want float64 or int64", x.Dtype)
	}
	size := 1
	for _, n := range x.Shape {
		if n < 0 {
			return fmt.Errorf("shape %v", x.Shape)
		}
		size *= n
	}
	if size != len(x.Data) {
		return fmt.Errorf("%d values of shape %v", len(x.Data), x.Shape)
	}
	return nil
}

// floats is the values, rounded to float32 where asked.
func (x goldenTensor) floats(narrow bool) []float64 {
	y := make([]float64, len(x.Data))
	for i, v := range x.Data {
		y[i] = float64(v)
		if narrow {
			y[i] = float64(float32(v))
		}
	}
	return y
}

// ints is the values of an int64 tensor.
func (x goldenTensor) ints() []int {
	y := make([]int, len(x.Data))
	for i, v := range x.Data {
		y[i] = int(v)
	}
	return y
}

func (x goldenTensor) finite() bool {
	return !slices.ContainsFunc(x.Data, func(v goldenNumber) bool { return v-v != 0 })
}

// known errs unless the names are among those allowed, and those needed are
// there.
func known[V any](what string, have map[string]V, needed, allowed []string) error {
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if !slices.Contains(needed, name) && !slices.Contains(allowed, name) {
			return fmt.Errorf("%s: %q is not known, want one of %q", what, name, append(slices.Clone(needed), allowed...))
		}
	}
	for _, name := range needed {
		if _, ok := have[name]; !ok {
			return fmt.Errorf("%s: %q is missing", what, name)
		}
	}
	return nil
}
