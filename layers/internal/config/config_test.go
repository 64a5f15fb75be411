package config_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers/internal/config"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// inner is what nested writes by itself: as a number.
type inner struct{ N int }

type base struct{ NoBias bool }

type options struct {
	base
	Units      int
	Activation ops.Activation
	Activity   param.Penalty
	Range      struct{ MinValue float64 }
	Inner      inner
	Func       func()
	hidden     int
}

var nested = config.Nested{
	Write: func(option any) ([]byte, bool, error) {
		x, mine := option.(inner)
		data, err := json.Marshal(x.N)
		return data, mine, err
	},
	Read: func(option any, data []byte) (bool, error) {
		x, mine := option.(*inner)
		if !mine {
			return false, nil
		}
		return true, json.Unmarshal(data, &x.N)
	},
}

func TestEncodeAndDecode(t *testing.T) {
	in := options{base: base{true}, Units: 3, Activation: ops.ReLU, Activity: param.L2{Factor: 0.5}, Inner: inner{7}, hidden: 1}
	in.Range.MinValue = 0.25
	var b bytes.Buffer
	require.NoError(t, nested.Encode(&b, reflect.ValueOf(in)))
	assert.Equal(t, `,"no_bias":true,"units":3,"activation":"relu","activity":{"class":"l2","l2":0.5},"range":{"min_value":0.25},"inner":7`, b.String())

	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte("{"+b.String()[1:]+"}"), &fields))
	var out options
	require.NoError(t, nested.Decode(reflect.ValueOf(&out).Elem(), fields))
	in.hidden = 0
	assert.Equal(t, in, out)

	for key, want := range map[string]string{"hidden": `unknown field "hidden"`, "func": `unknown field "func"`, "inner": "inner: json: cannot unmarshal"} {
		err := nested.Decode(reflect.ValueOf(&out).Elem(), map[string]json.RawMessage{key: []byte(`"x"`)})
		assert.ErrorContains(t, err, want)
	}
	in.Func = func() {}
	assert.EqualError(t, nested.Encode(&b, reflect.ValueOf(in)), "func: a function has no JSON")
}

func TestFormerOptionsAreAddedToDiffPoolAlone(t *testing.T) {
	for class, want := range map[string]string{
		"diff_pool": `{"per_entry":true,"per_pair":false}`, "diffpool": `{"per_entry":true,"per_pair":false}`, "dense": `{"per_entry":true}`,
	} {
		fields := map[string]json.RawMessage{"link": []byte(`{"per_entry":true}`)}
		config.AddFormerOptions(class, fields)
		assert.JSONEq(t, want, string(fields["link"]), class)
	}
	fields := map[string]json.RawMessage{"link": []byte(`{"per_pair":true}`)}
	config.AddFormerOptions("diffpool", fields)
	assert.JSONEq(t, `{"per_pair":true}`, string(fields["link"]))
}

func TestBracketsInATextDoNotNest(t *testing.T) {
	assert.NoError(t, config.CheckNesting(bytes.Repeat([]byte(`"[\"{"`), 500)))
	assert.NoError(t, config.CheckNesting(bytes.Repeat([]byte(`[]{}`), 500)))
	assert.Error(t, config.CheckNesting(bytes.Repeat([]byte(`[{`), 101)))
}
