package check

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../../.."

func page(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(root + "/docs/architecture.md")
	require.NoError(t, err)
	return string(b)
}

func TestFilesThatArchitectureNamesExist(t *testing.T) {
	named := regexp.MustCompile("(?:`|\\]\\(\\.\\./)((?:ops|modes|losses|layers|cmd|docs)/[a-z0-9_/.]+)").FindAllStringSubmatch(page(t), -1)
	require.NotEmpty(t, named)
	for _, n := range named {
		_, err := os.Stat(filepath.Join(root, n[1]))
		assert.NoError(t, err)
	}
}

func TestTestsThatArchitectureNamesExist(t *testing.T) {
	var tests strings.Builder
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		tests.Write(b)
		return err
	})
	require.NoError(t, err)
	named := regexp.MustCompile(`\bTest[A-Za-z0-9]+`).FindAllString(page(t), -1)
	require.NotEmpty(t, named)
	for _, name := range named {
		assert.Contains(t, tests.String(), "func "+name+"(")
	}
}
