package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/modes/graphfile"
)

func TestDatasetsAreFetchedAndTrainedOn(t *testing.T) {
	dir := t.TempDir()
	made := filepath.Join(dir, "made.npz")
	require.Zero(t, runWith(t.Context(), nil, "generate", "sbm", "--nodes", "50", "--avg-degree", "6", "--out", made).code)
	content, err := os.ReadFile(made)
	require.NoError(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/npz/pubmed.npz", r.URL.Path)
		_, _ = w.Write(content)
	}))
	defer server.Close()
	cache := filepath.Join(dir, "cache")

	got := runWith(t.Context(), nil, "datasets", "--cache", cache, "--source", server.URL+"/npz", "pubmed")
	require.Zero(t, got.code, got.stderr)
	path := strings.TrimSuffix(got.stdout, "\n")
	assert.Equal(t, filepath.Join(cache, "pubmed.npz"), path)
	g, err := graphfile.Read(path)
	require.NoError(t, err)
	assert.Equal(t, 50, g.Nodes)

	got = runWith(t.Context(), nil, "datasets", "--cache", cache)
	require.Zero(t, got.code, got.stderr)
	for _, line := range strings.Split(got.stdout, "\n") {
		assert.LessOrEqual(t, len(line), max(80, len("Cache: "+cache)), line)
		if strings.HasPrefix(line, "pubmed ") {
			assert.True(t, strings.HasSuffix(line, "yes"), line)
		}
	}
}

func TestDatasetsRefuse(t *testing.T) {
	got := runWith(t.Context(), nil, "datasets", "kora")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, `trainclustering: data set = "kora", want one of cora,`)
	got = runWith(t.Context(), nil, "datasets", "--cache", t.TempDir(), "--source", "http://127.0.0.1:1", "cora")
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stderr, "trainclustering: cora: 127.0.0.1:1 cannot be reached")
	assert.Equal(t, 1, strings.Count(got.stderr, "\n"), "one line")
}
