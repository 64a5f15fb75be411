package param

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var initializers = map[string]Initializer{
	`{"class":"zeros"}`:                                                                Zeros{},
	`{"class":"ones"}`:                                                                 Ones{},
	`{"class":"constant","value":0.1}`:                                                 Constant{0.1},
	`{"class":"random_uniform","minval":-1,"maxval":2}`:                                Uniform{-1, 2},
	`{"class":"random_normal","mean":1,"stddev":2}`:                                    Normal{1, 2},
	`{"class":"truncated_normal","mean":1e-300,"stddev":2}`:                            TruncatedNormal{1e-300, 2},
	`{"class":"variance_scaling","scale":2,"mode":"fan_out","distribution":"uniform"}`: VarianceScaling{2, "fan_out", "uniform"},
	`{"class":"glorot_uniform"}`:                                                       GlorotUniform{},
	`{"class":"glorot_normal"}`:                                                        GlorotNormal{},
	`{"class":"he_uniform"}`:                                                           HeUniform{},
	`{"class":"he_normal"}`:                                                            HeNormal{},
	`{"class":"lecun_uniform"}`:                                                        LecunUniform{},
	`{"class":"lecun_normal"}`:                                                         LecunNormal{},
	`{"class":"orthogonal","gain":0.5}`:                                                Orthogonal{0.5},
	`{"class":"identity","gain":0}`:                                                    Identity{},
}

var penalties = map[string]Penalty{
	`{"class":"l1","l1":0.25}`:                                          L1{0.25},
	`{"class":"l2","l2":0.25}`:                                          L2{0.25},
	`{"class":"l1_l2","l1":0.25,"l2":0.5}`:                              L1L2{0.25, 0.5},
	`{"class":"orthogonal_regularizer","factor":0.25,"mode":"columns"}`: OrthogonalPenalty{0.25, "columns"},
}

var constraints = map[string]Constraint{
	`{"class":"max_norm","max_value":3,"axis":1}`:                                MaxNorm{3, 1},
	`{"class":"unit_norm","axis":-1}`:                                            UnitNorm{-1},
	`{"class":"unit_norm","axis":"all"}`:                                         UnitNorm{AllAxes},
	`{"class":"min_max_norm","min_value":0.5,"max_value":3,"rate":0.5,"axis":1}`: MinMaxNorm{0.5, 3, 0.5, 1},
	`{"class":"non_neg"}`:                                                        NonNeg{},
}

func roundTrip[T any](t *testing.T, cases map[string]T, read func([]byte) (T, error)) {
	t.Helper()
	for text, v := range cases {
		data, err := json.Marshal(v)
		require.NoError(t, err)
		assert.Equal(t, text, string(data))
		got, err := read(data)
		require.NoError(t, err)
		assert.Equal(t, v, got)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	roundTrip(t, initializers, UnmarshalInitializer)
	roundTrip(t, penalties, UnmarshalPenalty)
	roundTrip(t, constraints, UnmarshalConstraint)
}

// The defaults are those of Keras 3.
func TestByNameGivesKerasDefaults(t *testing.T) {
	for name, want := range map[string]Initializer{
		"zeros": Zeros{}, "ones": Ones{}, "constant": Constant{0},
		"random_uniform": Uniform{-0.05, 0.05}, "uniform": Uniform{-0.05, 0.05},
		"random_normal": Normal{0, 0.05}, "normal": Normal{0, 0.05}, "truncated_normal": TruncatedNormal{0, 0.05},
		"variance_scaling": VarianceScaling{1, "fan_in", "truncated_normal"},
		"glorot_uniform":   GlorotUniform{}, "glorot_normal": GlorotNormal{},
		"he_uniform": HeUniform{}, "he_normal": HeNormal{},
		"lecun_uniform": LecunUniform{}, "lecun_normal": LecunNormal{},
		"orthogonal": Orthogonal{1}, "identity": Identity{1},
	} {
		got, err := InitializerByName(name)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for name, want := range map[string]Penalty{
		"l1": L1{0.01}, "l2": L2{0.01}, "l1_l2": L1L2{}, "orthogonal_regularizer": OrthogonalPenalty{0.01, "rows"},
	} {
		got, err := PenaltyByName(name)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for name, want := range map[string]Constraint{
		"max_norm": MaxNorm{2, 0}, "unit_norm": UnitNorm{0}, "min_max_norm": MinMaxNorm{0, 1, 1, 0}, "non_neg": NonNeg{},
	} {
		got, err := ConstraintByName(name)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

func TestJSONDefaultsAndBareNames(t *testing.T) {
	init, err := UnmarshalInitializer([]byte(`{"class":"random_normal","mean":3}`))
	require.NoError(t, err)
	assert.Equal(t, Normal{3, 0.05}, init)
	c, err := UnmarshalConstraint([]byte(`"max_norm"`))
	require.NoError(t, err)
	assert.Equal(t, MaxNorm{Max: 2}, c)
}

func TestJSONErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{"class":"glorot"}`:                       `param: unknown initializer "glorot"`,
		`"glorot"`:                                 `param: unknown initializer "glorot"`,
		`{"class":"zeros","value":1}`:              `param: zeros: json: unknown field "value"`,
		`{"class":"constant","value":"x"}`:         `param: constant: json: cannot unmarshal string`,
		`{"class":"orthogonal","gain":1,"axis":0}`: `param: orthogonal: json: unknown field "axis"`,
		`{"gain":1}`:                               `param: initializer: want "class" to be a name, got {"gain":1}`,
		`{"class":3}`:                              `param: initializer: want "class" to be a name, got {"class":3}`,
		`[]`:                                       `param: initializer: want a name or an object with a class, got []`,
		`null`:                                     `param: unknown initializer ""`,
		`{`:                                        `param: initializer: want a name or an object with a class, got {`,
	} {
		_, err := UnmarshalInitializer([]byte(text))
		assert.ErrorContains(t, err, want, text)
	}
	_, err := PenaltyByName("max_norm")
	assert.EqualError(t, err, `param: unknown penalty "max_norm"`)
	_, err = ConstraintByName("l1")
	assert.EqualError(t, err, `param: unknown constraint "l1"`)
	_, err = UnmarshalConstraint([]byte(`{"class":"unit_norm","axis":"every"}`))
	assert.ErrorContains(t, err, "param: unit_norm: ")
	_, err = json.Marshal(Constant{math.NaN()})
	assert.Error(t, err)
}

func FuzzUnmarshal(f *testing.F) {
	for text := range initializers {
		f.Add([]byte(text))
	}
	for text := range constraints {
		f.Add([]byte(text))
	}
	f.Add([]byte(`"l1"`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if v, err := UnmarshalInitializer(data); err == nil {
			again(t, v, UnmarshalInitializer)
		}
		if v, err := UnmarshalPenalty(data); err == nil {
			again(t, v, UnmarshalPenalty)
		}
		if v, err := UnmarshalConstraint(data); err == nil {
			again(t, v, UnmarshalConstraint)
		}
	})
}

// again checks that what could be read is written and read the same.
func again[T any](t *testing.T, v T, read func([]byte) (T, error)) {
	data, err := json.Marshal(v)
	require.NoError(t, err)
	got, err := read(data)
	require.NoError(t, err)
	assert.Equal(t, v, got)
}
