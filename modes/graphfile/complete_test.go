package graphfile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryFormatHasItsTests wants what each row of the table of formats
// promises. A new format fails here until it has all of it.
func TestEveryFormatHasItsTests(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	var tests strings.Builder
	for _, path := range files {
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		tests.Write(b)
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "files.md"))
	require.NoError(t, err)
	// npz and edge lists have tests of their own, JSON lines are read as JSON.
	own := []string{"npz", "edges", "tsv", "jsonl"}
	for _, f := range formats() {
		assert.True(t, strings.Contains(string(page), "`"+f.name+"`"), "%s has no row in the table of docs/files.md", f.name)
		if slices.Contains(own, f.name) {
			continue
		}
		for call, what := range map[string]string{
			`{"` + f.name + `", `:               "no example in formats_test.go",
			`requireBroken(t, "` + f.name + `"`: "no TestBroken… with files that are refused",
			`fuzzFormat(f, "` + f.name + `"`:    "no FuzzRead… in fuzzformats_test.go",
		} {
			assert.True(t, strings.Contains(tests.String(), call), "%s has %s", f.name, what)
		}
	}
}
