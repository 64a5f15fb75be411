package table_test

import (
	paths "path"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// tableCopy is a copy of a layer whose fields can be set.
func tableCopy(l layers.Layer) (layers.Layer, reflect.Value) {
	v := reflect.New(reflect.TypeOf(l).Elem())
	v.Elem().Set(reflect.ValueOf(l).Elem())
	return v.Interface().(layers.Layer), v.Elem()
}

// tableSpecs sets every param.Spec of a layer to one of its own, by the names
// of the fields.
func tableSpecs(v reflect.Value, specs map[string]param.Spec) {
	for i := range v.NumField() {
		switch f, name := v.Field(i), v.Type().Field(i).Name; {
		case f.Type() == reflect.TypeFor[param.Spec]():
			x := 0.25 + 0.125*float64(len(specs))
			specs[name] = param.Spec{Init: param.Constant{Value: x}, Regularizer: param.L2{Factor: x}, Constraint: param.MaxNorm{Max: x}}
			f.Set(reflect.ValueOf(specs[name]))
		case v.Type().Field(i).Anonymous && f.Kind() == reflect.Struct:
			tableSpecs(f, specs)
		}
	}
}

// TestTableSpecs wants initialisers, regularisers, constraints, the activity
// regulariser and the use of biases to be what a layer was told, each weight
// by one of the layer's options and each option in use.
func TestTableSpecs(t *testing.T) {
	for _, row := range table() {
		l, v := tableCopy(row.layers[0])
		t.Run(row.class(), func(t *testing.T) {
			specs := map[string]param.Spec{}
			tableSpecs(v, specs)
			bias := v.FieldByName("NoBias")
			if bias.IsValid() {
				bias.SetBool(false)
			}
			penalties := 0
			activity := v.FieldByName("Activity")
			if activity.IsValid() {
				activity.Set(reflect.ValueOf(param.L1{Factor: 0.5}))
				penalties++
			}
			used := map[string]bool{}
			for _, u := range tableUsed(t, row, l, &penalties) {
				base := paths.Base(u.Path)
				for name, s := range specs {
					if u.Spec == s {
						used[name] = true
						assert.Equal(t, s.Init.(param.Constant).Value, u.Tensor.Data().([]float64)[0], u.Path)
					}
				}
				if strings.Contains(base, "bias") {
					assert.Equal(t, specs["Bias"], u.Spec, u.Path)
				} else if strings.Contains(base, "kernel") {
					assert.Equal(t, specs["Kernel"], u.Spec, u.Path)
				}
			}
			for name := range specs {
				// A layer without biases has the option for those of its parts.
				assert.True(t, used[name] || name == "Bias" || len(used) == 0, "%s is not in use", name)
			}
			if bias.IsValid() {
				bias.SetBool(true)
				for _, u := range tableUsed(t, row, l, nil) {
					assert.NotContains(t, u.Path, "bias")
				}
			}
		})
	}
}

// tableUsed is the weights of a layer in training. The graph has as many
// penalties as given and one more for each weight that has one.
func tableUsed(t *testing.T, row tableRow, l layers.Layer, penalties *int) []*param.Used {
	t.Helper()
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	r, err := tableBuild(l, store, row.base(), row.base().input(), true)
	require.NoError(t, err)
	if penalties != nil {
		for _, u := range r.sc.Used() {
			if u.Spec.Regularizer != nil {
				*penalties++
			}
		}
		terms, err := r.sc.Penalties()
		require.NoError(t, err)
		assert.Len(t, terms, *penalties)
	}
	return r.sc.Used()
}

// TestTableActivations wants an activation by function to do what the one of
// that name does, and to be what Marshal refuses.
func TestTableActivations(t *testing.T) {
	for _, row := range table() {
		for _, fields := range [][2]string{{"Activation", "ActivationFunc"}, {"HiddenActivation", "HiddenActivationFunc"}, {"Gate", "ActivationFunc"}} {
			named, v := tableCopy(row.layers[len(row.layers)-1])
			byFunc, w := tableCopy(named)
			if !v.FieldByName(fields[0]).IsValid() || v.FieldByName(fields[0]).Type() != reflect.TypeFor[ops.Activation]() {
				continue
			}
			t.Run(row.class()+"/"+fields[0], func(t *testing.T) {
				if m := v.FieldByName("MinScore"); m.IsValid() {
					m.SetZero() // it has a gate of its own
					w.FieldByName("MinScore").SetZero()
					v.FieldByName("K").SetInt(2)
					w.FieldByName("K").SetInt(2)
					v.FieldByName("Ratio").SetFloat(0)
					w.FieldByName("Ratio").SetFloat(0)
				}
				v.FieldByName(fields[0]).SetString(string(ops.Tanh))
				w.FieldByName(fields[0]).SetString(string(ops.ReLU))
				w.FieldByName(fields[1]).Set(reflect.ValueOf(layers.Func(func(y *G.Node) (*G.Node, error) { return G.Tanh(y) })))
				store, err := tableStore(named, tensor.Float64, 1, row.base())
				require.NoError(t, err)
				want, err := tableEvaluate(named, store, row.base(), tableHosts()[:1], false)
				require.NoError(t, err)
				got, err := tableEvaluate(byFunc, store, row.base(), tableHosts()[:1], false)
				require.NoError(t, err)
				assert.InDeltaSlice(t, want.x, got.x, 1e-12)
				_, err = layers.Marshal(byFunc)
				assert.ErrorContains(t, err, "a function has no JSON")
			})
		}
	}
}
