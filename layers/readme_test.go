package layers_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadmeExample keeps the README's example the one that runs as Example.
func TestReadmeExample(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	source, err := os.ReadFile("example_test.go")
	require.NoError(t, err)
	_, code, ok := strings.Cut(string(readme), "```go\n")
	require.True(t, ok, "README.md has no Go example")
	code, _, ok = strings.Cut(code, "\n```")
	require.True(t, ok, "the README's example is not closed")
	body := "\t" + strings.ReplaceAll(code, "\n", "\n\t")
	body = strings.ReplaceAll(body, "\n\t\n", "\n\n")
	require.Contains(t, string(source), body, "README.md and example_test.go differ")
}
