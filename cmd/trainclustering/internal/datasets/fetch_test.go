package datasets

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// serve serves content as /a.npz and notes the ranges asked for.
func serve(t *testing.T, content []byte) (source string, ranges *[]string) {
	t.Helper()
	ranges = new([]string)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*ranges = append(*ranges, r.Header.Get("Range"))
		if r.URL.Path != "/a.npz" {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	}))
	t.Cleanup(s.Close)
	return s.URL, ranges
}

func setOf(content []byte) Set {
	sum := sha256.Sum256(content)
	return Set{Name: "a", SHA256: hex.EncodeToString(sum[:])}
}

func TestFetchOnceThenFromTheCache(t *testing.T) {
	content := bytes.Repeat([]byte("graph "), 40000)
	source, ranges := serve(t, content)
	var last [2]int64
	f := &Fetcher{Folder: filepath.Join(t.TempDir(), "x", "y"), Source: source, Progress: func(done, of int64) { last = [2]int64{done, of} }}
	for range 2 {
		path, err := f.Fetch(context.Background(), setOf(content))
		require.NoError(t, err)
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, content, got)
	}
	assert.Equal(t, []string{""}, *ranges, "asked once")
	assert.Equal(t, [2]int64{int64(len(content)), int64(len(content))}, last)
}

func TestFetchGoesOnWhereItBrokeOff(t *testing.T) {
	content := bytes.Repeat([]byte("graph "), 4000)
	source, ranges := serve(t, content)
	f := &Fetcher{Folder: t.TempDir(), Source: source}
	for _, have := range []int{1000, len(content)} { // the second: all but the rename was done
		part := filepath.Join(f.Folder, "a.npz.part")
		require.NoError(t, os.WriteFile(part, content[:have], 0o600))
		path, err := f.Fetch(context.Background(), setOf(content))
		require.NoError(t, err)
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, content, got)
		assert.NoFileExists(t, part)
		require.NoError(t, os.Remove(path))
	}
	assert.Equal(t, []string{"bytes=1000-", "bytes=24000-"}, *ranges)
}

func TestABrokenTransferIsKeptForTheNextTry(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("half"))
	}))
	t.Cleanup(s.Close)
	f := &Fetcher{Folder: t.TempDir(), Source: s.URL}
	_, err := f.Fetch(context.Background(), setOf(nil))
	assert.ErrorContains(t, err, "a: broke off after 4 bytes")
	got, err := os.ReadFile(filepath.Join(f.Folder, "a.npz.part"))
	require.NoError(t, err)
	assert.Equal(t, "half", string(got))
}

func TestFilesThatAreWrong(t *testing.T) {
	source, _ := serve(t, []byte("another file"))
	f := &Fetcher{Folder: t.TempDir(), Source: source}
	_, err := f.Fetch(context.Background(), setOf([]byte("a graph")))
	assert.ErrorContains(t, err, "SHA-256 is")
	assert.NoFileExists(t, filepath.Join(f.Folder, "a.npz"))
	assert.NoFileExists(t, filepath.Join(f.Folder, "a.npz.part"), "what is wrong is not gone on with")

	_, err = f.Fetch(context.Background(), Set{Name: "a"}) // no checksum known
	assert.ErrorContains(t, err, "not a whole npz")

	_, err = f.Fetch(context.Background(), Set{Name: "b"})
	assert.ErrorContains(t, err, "/b.npz answers 404")

	require.NoError(t, os.WriteFile(filepath.Join(f.Folder, "a.npz"), []byte("spoilt"), 0o600))
	_, err = f.Fetch(context.Background(), setOf([]byte("a graph")))
	assert.ErrorContains(t, err, "remove it to fetch it again")
}

func TestArchivesAreReadThrough(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "adj.npy", Method: zip.Store})
	require.NoError(t, err)
	_, err = w.Write([]byte(strings.Repeat("0123456789", 100)))
	require.NoError(t, err)
	require.NoError(t, z.Close())

	source, _ := serve(t, b.Bytes())
	f := &Fetcher{Folder: t.TempDir(), Source: source}
	_, err = f.Fetch(context.Background(), Set{Name: "a"})
	require.NoError(t, err)

	b.Bytes()[200] ^= 1
	source, _ = serve(t, b.Bytes())
	f = &Fetcher{Folder: t.TempDir(), Source: source}
	_, err = f.Fetch(context.Background(), Set{Name: "a"})
	assert.ErrorContains(t, err, "adj.npy: zip: checksum error")
}

func TestOffline(t *testing.T) {
	f := &Fetcher{Folder: t.TempDir(), Source: "http://127.0.0.1:1/"}
	_, err := f.Fetch(context.Background(), Set{Name: "cora"})
	assert.ErrorContains(t, err, "cora: 127.0.0.1:1 cannot be reached")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = f.Fetch(ctx, Set{Name: "cora"})
	assert.ErrorIs(t, err, context.Canceled)
}

func TestSetsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Sets() {
		assert.False(t, seen[s.Name], s.Name)
		seen[s.Name] = true
		assert.Positive(t, s.Nodes*s.Features*s.Classes, s.Name)
		assert.Contains(t, []int{0, 64}, len(s.SHA256), s.Name)
		found, err := ByName(s.Name)
		require.NoError(t, err)
		assert.Equal(t, s, found)
	}
	_, err := ByName("kora")
	assert.ErrorContains(t, err, `data set = "kora", want one of cora, citeseer`)
}
