package graphfile

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// expected is what a reader has to find in a small file.
type expected struct {
	Nodes    int
	Edges    int
	Weighted *bool
	Error    string // the reading fails with a line that matches
	OrError  string `json:"or_error"` // reading it right, or such a line
}

// TestSmallFiles reads the files of testdata/lists, each as some program or
// person writes a graph, and compares with expected.json beside them.
func TestSmallFiles(t *testing.T) {
	b, err := os.ReadFile("testdata/lists/expected.json")
	require.NoError(t, err)
	var cases map[string]expected
	require.NoError(t, json.Unmarshal(b, &cases))
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			g, err := Read(filepath.Join("testdata/lists", name))
			if err != nil && want.OrError != "" {
				want.Error = want.OrError
			}
			if want.Error != "" {
				require.Error(t, err)
				assert.Regexp(t, want.Error, err.Error())
				assert.Regexp(t, `^testdata/lists/`+name+`[: ]`, err.Error())
				return
			}
			require.NoError(t, err)
			requireSound(t, g)
			assert.Equal(t, [2]int{want.Nodes, want.Edges}, [2]int{g.Nodes, g.Edges()})
			if want.Weighted != nil {
				assert.Equal(t, *want.Weighted, g.Weights != nil, "weighted")
			}
		})
	}
}
