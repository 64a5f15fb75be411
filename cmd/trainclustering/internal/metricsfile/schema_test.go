package metricsfile

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/losses/metrics"
)

const schemaPath = "../../../../docs/metrics.schema.json"

func example(t *testing.T) *File {
	// Two triangles joined by an edge; the second restart splits one of them.
	g := metrics.Graph{RowPtr: []int32{0, 2, 4, 7, 10, 12, 14}, Col: []int32{1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4}}
	clusters := []int{0, 0, 0, 1, 1, 1}
	parts, disconnected, err := NewParts(g, clusters)
	require.NoError(t, err)
	agreement, err := NewAgreement([][]int{clusters, {0, 0, 2, 1, 1, 1}})
	require.NoError(t, err)
	nan := Figure(math.NaN())
	classes, peak := 2, int64(20_000_000)
	return &File{
		Format: Format, Version: "v1.0.0", Command: "trainclustering train --data g.csv",
		Graph:    Graph{Data: "g.csv", Nodes: 6, Edges: 7, Classes: &classes, Changes: []string{}},
		Training: Training{Method: "dmon", K: 2, Encoder: "gcn", Hidden: []int{64}, Epochs: 10, EpochsAsked: 10, LR: 0.001, Anneal: "linear", LossWeights: map[string]Figure{"modularity": 1}, Dtype: "float32", Threads: 2, Losses: map[string]Figure{"modularity": -0.35}, Loss: -0.35},
		Clustering: Clustering{
			Clusters: 2, EffectiveClusters: 2, DisconnectedClusters: disconnected, Modularity: 5.0 / 14, Coverage: 12.0 / 14, Conductance: 2.0 / 14, ConductanceMean: 1.0 / 7,
			NMI: nan, AMI: nan, ARI: nan, Homogeneity: nan, Completeness: nan, VariationOfInformation: nan, Accuracy: nan, F1: nan, Parts: parts,
		},
		Runs:       Runs{Restarts: 2, Finished: 2, KeptRestart: 1, Seeds: []uint64{0, 7}, Totals: []Figure{-0.35, -0.2}, Modularities: []Figure{5.0 / 14, 0.2}, Agreement: agreement},
		References: []Reference{{Name: "random", Runs: 5, Clusters: 2, Modularity: -0.1, Conductance: 0.6, NMI: nan, ARI: nan, Spread: &Spread{Modularity: 0.05, Conductance: 0.1, NMI: nan, ARI: nan}}},
		Refinement: &Refinement{Moved: 1, ModularityBefore: 0.3, ModularityAfter: 5.0 / 14, ClustersBefore: 2, ClustersAfter: 2, Kept: true},
		Choice:     &Choice{Criterion: "modularity", Tried: []Candidate{{2, 5.0 / 14, 0.5}, {3, 0.2, 0.4}}},
		Dissolved:  &Dissolved{Clusters: 2, Left: 1},
		Alignment:  &Alignment{File: "old.csv", Nodes: 6, Agree: 5, Matched: 1, New: 1, Numbers: []int{3, 0}},
		Levels:     []Level{{2, 2, 5.0 / 14, nan}, {1, 1, 0, nan}},
		Warnings:   []string{}, Complete: true, Seconds: 1.5, SecondsPerEpoch: 0.01, PeakRSS: &peak,
		Timing: []Timing{{"reading", .5, .25}, {"training", 1.5, .75}},
	}
}

func bytesOf(t *testing.T, f *File) []byte {
	var b bytes.Buffer
	require.NoError(t, Write(&b, f))
	return b.Bytes()
}

func validate(t *testing.T, b []byte) error {
	schema, err := jsonschema.NewCompiler().Compile(schemaPath)
	require.NoError(t, err)
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	require.NoError(t, err)
	return schema.Validate(instance)
}

func TestFilesAreAsTheSchemaSays(t *testing.T) {
	require.NoError(t, validate(t, bytesOf(t, example(t))))

	plain := example(t) // one restart, nothing else asked for
	plain.Classes, plain.Agreement, plain.References, plain.Refinement, plain.Choice, plain.PeakRSS = nil, nil, nil, nil, nil, nil
	plain.Dissolved, plain.Alignment, plain.Levels = nil, nil, nil
	plain.Timing = nil
	plain.Parts, plain.Seeds, plain.Modularities, plain.Warnings = nil, nil, nil, nil
	require.NoError(t, validate(t, bytesOf(t, plain)))
}

func TestTheSchemaRefusesOthers(t *testing.T) {
	for from, to := range map[string]string{
		`"nodes": 6`:                     `"nodes": -6`,
		`"coverage": 0.8571428571428571`: `"coverage": 2`,
		`"format": 1`:                    `"format": 2`,
		`"dtype": "float32"`:             `"dtype": "int8"`,
		`"complete": true,`:              ``,
		`"complete": true`:               `"complete": true, "unknown": 1`,
		`"kept": true`:                   `"kept": "yes"`,
		`"disconnected_clusters": 0`:     `"disconnected_clusters": null`,
	} {
		b := bytesOf(t, example(t))
		require.True(t, bytes.Contains(b, []byte(from)), from)
		assert.Error(t, validate(t, bytes.Replace(b, []byte(from), []byte(to), 1)), to)
	}
}

// TestTheSchemaHasEveryField compares the fields of the structs with the
// properties of the schema, both ways, and wants each described.
func TestTheSchemaHasEveryField(t *testing.T) {
	b, err := os.ReadFile(schemaPath)
	require.NoError(t, err)
	var schema map[string]any
	require.NoError(t, json.Unmarshal(b, &schema))
	compare(t, "metrics.json", reflect.TypeFor[File](), schema)
}

func compare(t *testing.T, where string, typ reflect.Type, schema map[string]any) {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		if typ.Kind() == reflect.Slice {
			schema = schema["items"].(map[string]any)
		}
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return
	}
	properties := schema["properties"].(map[string]any)
	var names []string
	for _, field := range reflect.VisibleFields(typ) {
		if field.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
		property, ok := properties[name].(map[string]any)
		if assert.True(t, ok, "%s: the schema lacks %s", where, name) {
			assert.NotEmpty(t, property["description"], "%s.%s", where, name)
			compare(t, where+"."+name, field.Type, property)
		}
	}
	assert.Len(t, properties, len(names), "%s: the schema has more than %v", where, names)
	assert.ElementsMatch(t, names, schema["required"], where)
}

func TestFiguresGoThereAndBack(t *testing.T) {
	var f File
	require.NoError(t, json.Unmarshal(bytesOf(t, example(t)), &f))
	assert.True(t, math.IsNaN(float64(f.NMI)))
	assert.Equal(t, Figure(5.0/14), f.Modularity)
	assert.Equal(t, bytesOf(t, example(t)), bytesOf(t, &f))
	b, err := json.Marshal(Figure(math.Inf(-1)))
	require.NoError(t, err)
	assert.Equal(t, "null", string(b))
}

func TestAgreement(t *testing.T) {
	a, err := NewAgreement([][]int{{0, 0, 1, 1}, {1, 1, 0, 0}, {0, 1, 0, 1}})
	require.NoError(t, err)
	assert.Equal(t, [][]Figure{{1, 1, 0}, {1, 1, 0}, {0, 0, 1}}, a.Matrix)
	assert.InDelta(t, 1.0/3, float64(a.Mean), 1e-15)
	assert.Equal(t, Figure(0), a.Least)
	left, err := NewAgreement([][]int{{0, 0, 1, 1}, nil, {1, 1, 0, 0}, {0, 1, 0, 1}}) // the second diverged
	require.NoError(t, err)
	assert.InDelta(t, float64(a.Mean), float64(left.Mean), 1e-15)
	assert.Equal(t, a.Least, left.Least)
	require.Len(t, left.Matrix, 4)
	for i := range 4 {
		assert.True(t, math.IsNaN(float64(left.Matrix[1][i])) && math.IsNaN(float64(left.Matrix[i][1])))
	}
	assert.Equal(t, a.Matrix[1][2], left.Matrix[2][3])
	one, err := NewAgreement([][]int{nil, {0, 1}})
	require.NoError(t, err)
	assert.Nil(t, one)
	none, err := NewAgreement([][]int{{0}})
	require.NoError(t, err)
	assert.Nil(t, none)
	_, err = NewAgreement([][]int{{0}, {0, 1}})
	require.Error(t, err)
	_, _, err = NewParts(metrics.Graph{}, []int{0})
	require.Error(t, err)
}
