package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// saved writes a model of three classes, untrained, on the degrees and two
// more features, or none.
func saved(t *testing.T, features int) string {
	t.Helper()
	store, err := param.NewStore(tensor.Float32, 1)
	require.NoError(t, err)
	g := G.NewGraph()
	in, err := modes.NewDisjoint(g, "g", []*modes.Host{{Nodes: 1, X: tensor.New(tensor.WithShape(1, features+11), tensor.Of(tensor.Float32))}}, tensor.Float32, modes.Budget{})
	require.NoError(t, err)
	ls := []layers.Layer{layers.NewGraphConv(8), layers.NewTopKPool(.5), layers.NewGlobalSumPool(), layers.NewDense(3)}
	_, err = layers.Sequence(store.Scope(g, true), in, ls...)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "model.safetensors")
	require.NoError(t, layers.Save(file, store, ls...))
	return file
}

func post(t *testing.T, url, body string) (code int, a answer) {
	t.Helper()
	r, err := http.Post(url+"/classify", "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer r.Body.Close()
	if r.StatusCode == http.StatusOK {
		require.NoError(t, json.NewDecoder(r.Body).Decode(&a))
	}
	return r.StatusCode, a
}

func TestServes(t *testing.T) {
	m, err := load(saved(t, 0))
	require.NoError(t, err)
	server := httptest.NewServer(m.handler())
	defer server.Close()
	ring := `{"nodes": 4, "edges": [[0, 1], [1, 2], [2, 3], [3, 0]]}`
	code, want := post(t, server.URL, ring)
	assert.Equal(t, 200, code)
	require.Len(t, want.Shares, 3)
	assert.InDelta(t, 1, want.Shares[0]+want.Shares[1]+want.Shares[2], 1e-12)
	for _, s := range want.Shares {
		assert.LessOrEqual(t, s, want.Shares[want.Class])
	}
	var all sync.WaitGroup
	for range 8 { // at once, with others between: the answer is the same
		all.Go(func() {
			code, got := post(t, server.URL, ring)
			assert.Equal(t, 200, code)
			assert.Equal(t, want, got)
			code, _ = post(t, server.URL, `{"nodes": 2, "edges": []}`)
			assert.Equal(t, 200, code)
		})
	}
	all.Wait()
	for _, bad := range []string{
		`{`, `{"nodes": 0}`, `{"nodes": 1001}`, `{"nodes": 2, "edges": [[0, 2]]}`, `{"nodes": 1, "x": [[1]]}`,
		`{"nodes": 2, "x": [[1]]}`, `{"nodes": 2, "x": [[1], [1, 2]]}`,
	} {
		code, _ := post(t, server.URL, bad)
		assert.Equal(t, 400, code, bad)
	}
}

func TestServesFeatures(t *testing.T) {
	m, err := load(saved(t, 2))
	require.NoError(t, err)
	server := httptest.NewServer(m.handler())
	defer server.Close()
	body := func(v int) string {
		return fmt.Sprintf(`{"nodes": 2, "edges": [[0, 1]], "x": [[%d, 0], [0, 1]]}`, v)
	}
	code, a := post(t, server.URL, body(1))
	assert.Equal(t, 200, code)
	_, b := post(t, server.URL, body(50))
	assert.NotEqual(t, a, b, "the features count")
	_, err = load("no such file")
	assert.Error(t, err)
}
