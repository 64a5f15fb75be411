package layers_test

import (
	"encoding"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/source"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

var update = flag.Bool("update", false, "write testdata/names.json")

// savedNames is every name that a saved model may hold.
type savedNames struct {
	Layers map[string]layerNames // by type
	Words  map[string][]string   // of choices
}

type layerNames struct {
	Class, Scope string
	Options      []string
}

// TestNames wants the names that saved models hold to be those of
// testdata/names.json. Where one changes on purpose, what was saved before has
// to be read all the same: see internal/config/former.go. Then
// go test ./layers -run TestNames -update writes the file.
func TestNames(t *testing.T) {
	have := savedNames{Layers: map[string]layerNames{}, Words: map[string][]string{
		"layers.Coarse":       wordsOf(t, layers.Normalized, layers.ZeroDiagonal, layers.Unnormalized),
		"layers.Aggregation":  {string(layers.Sum), string(layers.Mean), string(layers.WeightedMean), string(layers.Max), string(layers.Min), string(layers.Std)},
		"layers.EdgeFeatures": {string(layers.NoEdgeFeatures), string(layers.EdgeWeights), string(layers.EdgeAttributes)},
		"layers.Combination":  {string(layers.CombineConcat), string(layers.CombineMax), string(layers.CombineSum), string(layers.CombineMean)},
		"losses.Count":        wordsOf(t, losses.CountNodes, losses.CountRows),
		"losses.Normalizer":   wordsOf(t, losses.TwoM, losses.TwiceStored),
		"modes.Kind":          wordsOf(t, modes.Symmetric, modes.RandomWalk, modes.Unnormalized),
	}}
	p, err := source.Read(".")
	require.NoError(t, err)
	all, err := p.Layers()
	require.NoError(t, err)
	for _, l := range all {
		have.Layers[l.Name] = namesOf(t, l.Class)
	}
	file := filepath.Join("testdata", "names.json")
	text, err := json.MarshalIndent(have, "", "  ")
	require.NoError(t, err)
	text = append(text, '\n')
	if *update {
		require.NoError(t, os.WriteFile(file, text, 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(text), "where this is a new layer or a change on purpose: go test ./layers -run TestNames -update")
}

// A pooler is found by the name of its file, mincut_pool.go for MinCutPool.
func TestEveryPoolerHasItsFile(t *testing.T) {
	files, err := filepath.Glob("*_pool.go")
	require.NoError(t, err)
	p, err := source.Read(".")
	require.NoError(t, err)
	all, err := p.Layers()
	require.NoError(t, err)
	for _, l := range all {
		made, err := layers.Unmarshal([]byte(fmt.Sprintf(`{"class":%q}`, l.Class)))
		require.NoError(t, err)
		if _, pooler := made.(layers.Pooler); !pooler {
			continue
		}
		assert.True(t, slices.ContainsFunc(files, func(file string) bool {
			return strings.ReplaceAll(file, "_", "") == strings.ToLower(l.Name)+".go"
		}), "%s is in no file of its own, want layers/<name>_pool.go", l.Name)
	}
}

func wordsOf[T encoding.TextMarshaler](t *testing.T, values ...T) (words []string) {
	t.Helper()
	for _, v := range values {
		text, err := v.MarshalText()
		require.NoError(t, err)
		words = append(words, string(text))
	}
	return words
}

// namesOf is the names of a class: the class as it is written, the scope that
// Apply opens, and the keys of the options.
func namesOf(t *testing.T, class string) layerNames {
	t.Helper()
	l, err := layers.Unmarshal([]byte(fmt.Sprintf(`{"class":%q}`, class)))
	require.NoError(t, err)
	data, err := layers.Marshal(l)
	require.NoError(t, err)
	var options map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(data, &options))
	var n layerNames
	require.NoError(t, json.Unmarshal(options["class"], &n.Class))
	delete(options, "class")
	n.Options = []string{}
	for key := range options {
		n.Options = append(n.Options, key)
	}
	slices.Sort(n.Options)
	n.Scope = scopeOf(t, l)
	return n
}

// scopeOf is the scope that Apply opened: the next one of the same name gets
// a number.
func scopeOf(t *testing.T, l layers.Layer) string {
	t.Helper()
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), false)
	_, err = l.Apply(sc, modes.Graph{})
	if stack, ok := l.(*layers.Stack); ok {
		require.NoError(t, err)
		stack.Layers = []layers.Layer{nil}
		sc = store.Scope(G.NewGraph(), false)
		_, err = l.Apply(sc, modes.Graph{})
	}
	require.Error(t, err)
	var scope string
	_, err = fmt.Sscanf(err.Error(), "layers: %s", &scope)
	require.NoError(t, err)
	return scope[:len(scope)-1]
}
