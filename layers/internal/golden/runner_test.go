package golden_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// object is a JSON object.
type object = map[string]any

// TestGoldenRunnerFailsWrongCases changes a case that passes, one thing at a
// time, and wants each change to be noticed.
func TestGoldenRunnerFailsWrongCases(t *testing.T) {
	at := func(c object, keys ...string) object {
		for _, k := range keys {
			c = c[k].(object)
		}
		return c
	}
	nudge := func(keys ...string) func(object) {
		return func(c object) {
			data := at(c, keys...)["data"].([]any)
			data[1] = data[1].(float64) + 1e-7
		}
	}
	drop := func(key string, keys ...string) func(object) {
		return func(c object) { delete(at(c, keys...), key) }
	}
	set := func(key string, value any, keys ...string) func(object) {
		return func(c object) { at(c, keys...)[key] = value }
	}
	swap := func(keys ...string) func(object) {
		return func(c object) {
			data := at(c, keys...)["data"].([]any)
			data[0], data[1] = data[1], data[0]
		}
	}
	wrong := map[string]map[string]wrongCase{"mincut_both_single_o3": {
		"nothing":             {func(object) {}, ""},
		"unknown field":       {set("weights", 1), "unknown field"},
		"unknown layer":       {set("layer", "nopool"), `layer "nopool"`},
		"unknown mode":        {set("mode", "sparse"), `mode "sparse"`},
		"unknown variant":     {set("variant", "dgl"), `variant "dgl"`},
		"unknown expect":      {set("expect", "inf"), `expect "inf"`},
		"unknown attribute":   {set("alpha", 1, "attrs"), `attrs: "alpha"`},
		"attribute of a kind": {set("k", "four", "attrs"), "attrs: k = four"},
		"unknown activation":  {set("mlp_activation", "gelu", "attrs"), "attrs: mlp_activation = gelu"},
		"unknown input":       {set("e", object{"shape": []int{0}, "dtype": "float64", "data": []int{}}, "inputs"), "e"},
		"unknown output":      {set("z", object{"shape": []int{0}, "dtype": "float64", "data": []int{}}, "outputs"), `outputs: "z"`},
		"unknown loss":        {set("link", 0, "losses"), `losses: "link"`},
		"missing loss":        {drop("cut", "losses"), `losses: "cut"`},
		"missing parameter":   {drop("b1", "params"), `"b1"`},
		"missing gradient":    {drop("a", "grads", "inputs"), `grads.inputs: "a"`},
		"a loss":              {set("ortho", .7181763, "losses"), "losses: ortho"},
		"a loss that is NaN":  {set("ortho", "NaN", "losses"), "losses: ortho"},
		"the scalar":          {func(c object) { c["scalar"] = c["scalar"].(float64) * (1 + 1e-7) }, "scalar"},
		"an input":            {nudge("inputs", "x"), "outputs"},
		"an edge weight":      {nudge("inputs", "a"), "outputs"},
		"a parameter":         {nudge("params", "w0"), "outputs"},
		"an output x":         {nudge("outputs", "x"), "outputs: x: value 1"},
		"an output a":         {nudge("outputs", "a"), "outputs: a: value 1"},
		"an output s":         {nudge("outputs", "s"), "outputs: s: value 1"},
		"a cotangent":         {nudge("R", "x"), "gradients: "},
		"a gradient of x":     {nudge("grads", "inputs", "x"), "gradients: x: value 1"},
		"a gradient of a":     {nudge("grads", "inputs", "a"), "gradients: a: value 1"},
		"a gradient of b1":    {nudge("grads", "params", "b1"), "gradients: b1: value 1"},
		"too few values":      {set("shape", []int{13, 5}, "inputs", "x"), "60 values of shape [13 5]"},
		"a dtype":             {set("dtype", "int8", "inputs", "x"), `dtype "int8"`},
		"entries out of A":    {set("data", make([]int, 54), "inputs", "a_idx"), "a_idx"},
	}, "topk_pyg_disjoint_o0": {
		"nothing":            {func(object) {}, ""},
		"unknown gate":       {set("gating", "relu", "attrs"), "attrs: gating = relu"},
		"a multiplier":       {set("multiplier", 2, "attrs"), "outputs: x"},
		"missing ids":        {drop("i", "inputs"), "inputs: i in disjoint mode"},
		"too few ids":        {set("i", object{"shape": []int{1}, "dtype": "int64", "data": []int{0}}, "inputs"), "inputs: i"},
		"an index":           {swap("outputs", "index"), "outputs: index"},
		"ids of nodes kept":  {set("data", make([]int, 10), "outputs", "i"), "outputs: i"},
		"an entry's ends":    {swap("outputs", "a_idx"), "a_val: an entry (0, 2), want (1, 2)"},
		"an entry's weight":  {nudge("outputs", "a_val"), "outputs: a_val: value 1"},
		"a score":            {nudge("outputs", "score"), "outputs: score: value 1"},
		"an edge's gradient": {nudge("grads", "inputs", "a"), "gradients: a: value 1"},
	}}
	for file, changes := range wrong {
		for name, change := range changes {
			t.Run(file+"/"+name, func(t *testing.T) { change.test(t, file) })
		}
	}
}

// wrongCase is a change to a case, and what the error says of it.
type wrongCase struct {
	change func(object)
	want   string
}

func (w wrongCase) test(t *testing.T, file string) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "golden", file+".json"))
	require.NoError(t, err)
	var c object
	require.NoError(t, json.Unmarshal(text, &c))
	w.change(c)
	text, err = json.Marshal(c)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "case.json")
	require.NoError(t, os.WriteFile(path, text, 0o600))
	changed, err := readGolden(path)
	if err == nil {
		err = changed.check("case")
	}
	if w.want == "" {
		assert.NoError(t, err)
		return
	}
	assert.ErrorContains(t, err, w.want)
}
