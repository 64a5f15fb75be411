package table_test

import (
	"encoding"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// TestTableConfiguration wants each layer back from its JSON as it was: as it
// is in the table, and with every option changed.
func TestTableConfiguration(t *testing.T) {
	tableEach(t, func(t *testing.T, _ tableRow, l layers.Layer) {
		tableRoundTrip(t, l)
		changed := reflect.New(reflect.TypeOf(l).Elem())
		changed.Elem().Set(reflect.ValueOf(l).Elem())
		tableChange(t, changed.Elem(), "")
		tableRoundTrip(t, changed.Interface().(layers.Layer))
	})
}

func tableRoundTrip(t *testing.T, l layers.Layer) {
	t.Helper()
	data, err := layers.Marshal(l)
	require.NoError(t, err)
	back, err := layers.Unmarshal(data)
	require.NoError(t, err, string(data))
	assert.Equal(t, l, back, string(data))
	again, err := layers.Marshal(back)
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again))
}

// tableChange gives every exported field below v another value.
func tableChange(t *testing.T, v reflect.Value, path string) {
	t.Helper()
	for i := range v.NumField() {
		f, field := v.Field(i), v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		before := fmt.Sprintf("%#v", f.Interface())
		tableChangeOne(t, f, path+"."+field.Name)
		if f.Kind() != reflect.Func {
			assert.NotEqual(t, before, fmt.Sprintf("%#v", f.Interface()), "%s.%s stays as it was", path, field.Name)
		}
	}
}

func tableChangeOne(t *testing.T, f reflect.Value, path string) {
	t.Helper()
	switch x := f.Interface().(type) {
	case ops.Activation:
		f.Set(reflect.ValueOf(map[bool]ops.Activation{true: ops.ELU, false: ops.Tanh}[x == ops.Tanh]))
		return
	case param.Spec:
		x.Init, x.Regularizer = param.VarianceScaling{Scale: 2, Mode: "fan_out", Distribution: "uniform"}, param.L1L2{L1: 0.5, L2: 0.25}
		x.Constraint, x.Frozen = param.MaxNorm{Max: 3, Axis: param.AllAxes}, !x.Frozen
		f.Set(reflect.ValueOf(x))
		return
	case encoding.TextMarshaler:
		f.SetInt((f.Int() + 1) % 2)
		return
	case []layers.Layer:
		f.Set(reflect.ValueOf(append([]layers.Layer{layers.NewDense(7)}, x...)))
		return
	}
	switch f.Type() {
	case reflect.TypeFor[param.Penalty]():
		f.Set(reflect.ValueOf(param.L2{Factor: 0.125}))
	case reflect.TypeFor[layers.Layer]():
		f.Set(reflect.ValueOf(layers.NewStack(layers.NewDense(3), layers.NewMinCutPool(2))))
	default:
		tableChangePlain(t, f, path)
	}
}

func tableChangePlain(t *testing.T, f reflect.Value, path string) {
	t.Helper()
	switch f.Kind() {
	case reflect.Struct:
		tableChange(t, f, path)
	case reflect.Bool:
		f.SetBool(!f.Bool())
	case reflect.Int:
		require.Equal(t, "int", f.Type().Name(), "%s: a kind of its own has a text", path)
		f.SetInt(f.Int() + 3)
	case reflect.Uint64:
		f.SetUint(f.Uint() + 3)
	case reflect.Float64:
		f.SetFloat(f.Float() + 0.375)
	case reflect.String:
		f.SetString(f.String() + "x")
	case reflect.Slice:
		next := reflect.New(f.Type().Elem()).Elem()
		switch next.Kind() {
		case reflect.String:
			next.SetString("x")
		default:
			next.Set(reflect.ValueOf(9).Convert(next.Type()))
		}
		f.Set(reflect.Append(f, next))
	case reflect.Pointer:
		f.Set(reflect.New(f.Type().Elem()))
		tableChangePlain(t, f.Elem(), path)
	case reflect.Func: // has no JSON: TestFunctionsHaveNoJSON
	default:
		t.Fatalf("%s: options of type %v are new to this test", path, f.Type())
	}
}

// TestTableSaved wants a model that was saved to give the same bits when
// loaded, on graphs of other sizes than it was built for.
func TestTableSaved(t *testing.T) {
	tableEach(t, func(t *testing.T, row tableRow, l layers.Layer) {
		lay := row.base()
		for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
			store, err := tableStore(l, dt, 1, lay)
			require.NoError(t, err)
			file := filepath.Join(t.TempDir(), "model.safetensors")
			require.NoError(t, layers.Save(file, store, l))
			loaded, ls, err := layers.Load(file)
			require.NoError(t, err)
			require.Equal(t, []layers.Layer{l}, ls)
			for _, h := range tableHosts() {
				want, err := tableEvaluate(l, store, lay, []*modes.Host{h}, false)
				require.NoError(t, err)
				got, err := tableEvaluate(ls[0], loaded, lay, []*modes.Host{h}, false)
				require.NoError(t, err)
				assert.Equal(t, want.raw(), got.raw())
				assert.Empty(t, got.sc.Unused())
			}
		}
	})
}
