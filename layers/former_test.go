package layers_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// A model that was saved before classes lost their underscores and choices got
// other words, of nineteen layers, gives what it gave then.
func TestModelSavedBeforeTheRenames(t *testing.T) {
	file := filepath.Join("testdata", "before_renames.safetensors")
	store, ls, err := layers.Load(file)
	require.NoError(t, err)
	sc := store.Scope(G.NewGraph(), false)
	in, err := modes.NewSingle(sc.Graph(), "graph", ringHost(12), tensor.Float64)
	require.NoError(t, err)
	out, err := layers.Sequence(sc, in, ls...)
	require.NoError(t, err)
	require.Empty(t, sc.Unused())

	var want struct{ X, Losses []float64 }
	text, err := os.ReadFile(filepath.Join("testdata", "before_renames.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &want))
	nodes := G.Nodes{out.X.Dense}
	for _, l := range out.Losses {
		nodes = append(nodes, l.Node)
	}
	values, err := train.Evaluate(nodes...)
	require.NoError(t, err)
	assert.InDeltaSlice(t, want.X, values[0].Data(), 1e-12)
	require.Len(t, out.Losses, len(want.Losses))
	for i, l := range out.Losses {
		assert.InDelta(t, want.Losses[i], values[i+1].Data(), 1e-12, l.Name)
	}
}

// ringHost is n nodes in a ring with edges three ahead as well.
func ringHost(n int) *modes.Host {
	x, a := make([]float64, 3*n), make([]float64, n*n)
	for i := range x {
		x[i] = float64(i%7) - float64(i%4)/2
	}
	for i := range n {
		for _, j := range []int{(i + 1) % n, (i + 3) % n} {
			a[i*n+j], a[j*n+i] = 1+float64(i%3), 1+float64(i%3)
		}
	}
	return &modes.Host{
		Nodes: n, X: tensor.New(tensor.WithShape(n, 3), tensor.WithBacking(x)),
		DenseA: tensor.New(tensor.WithShape(n, n), tensor.WithBacking(a)),
	}
}

func TestFormerWords(t *testing.T) {
	for text, want := range map[string]func(l layers.Layer) bool{
		`{"class":"mincut_pool","coarse":"raw"}`: func(l layers.Layer) bool {
			return l.(*layers.MinCutPool).Coarse == layers.Unnormalized
		},
		`{"class":"gcn_conv","normalization":{"kind":"none"}}`: func(l layers.Layer) bool {
			return l.(*layers.GCNConv).Normalization.Kind == modes.Unnormalized
		},
		`{"class":"diff_pool","entropy_count":"padded"}`: func(l layers.Layer) bool {
			return l.(*layers.DiffPool).EntropyCount == losses.CountRows
		},
		`{"class":"dmon_pool","count":"valid"}`: func(l layers.Layer) bool {
			return l.(*layers.DMoNPool).Count == losses.CountNodes
		},
	} {
		l, err := layers.Unmarshal([]byte(text))
		require.NoError(t, err, text)
		assert.True(t, want(l), text)
	}
	_, err := layers.Unmarshal([]byte(`{"class":"dmon_pool","normalizer":"raw"}`))
	assert.ErrorContains(t, err, `Normalizer = "raw"`)
}

// Saved models of before DiffPool's and SAGEConv's defaults were changed mean
// what they meant: each of their options is in the file, and one that there
// was not is off.
func TestFormerDefaults(t *testing.T) {
	l, err := layers.Unmarshal([]byte(`{"class":"diffpool","k":4,"link":{"whole_batch":false,"per_entry":false},"link_weight":1,"entropy_weight":1}`))
	require.NoError(t, err)
	pool := l.(*layers.DiffPool)
	assert.Equal(t, losses.LinkOptions{}, pool.Link)
	assert.Equal(t, [2]float64{1, 1}, [2]float64{pool.LinkWeight, pool.EntropyWeight})
	l, err = layers.Unmarshal([]byte(`{"class":"sageconv","units":4,"aggregation":"mean","unweighted":true}`))
	require.NoError(t, err)
	assert.Equal(t, layers.Neighbours{Aggregation: layers.Mean, Unweighted: true}, l.(*layers.SAGEConv).Neighbours)

	now := layers.NewDiffPool(4)
	data, err := layers.Marshal(now)
	require.NoError(t, err)
	back, err := layers.Unmarshal(data)
	require.NoError(t, err)
	assert.Equal(t, now, back)
}
