package graphfile

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
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

// TestMoreLists reads the lists in testdata/lists/more.json: the same kinds in
// other words, orders and separators.
func TestMoreLists(t *testing.T) {
	b, err := os.ReadFile("testdata/lists/more.json")
	require.NoError(t, err)
	var cases []struct {
		expected
		Name, Text, Says string
	}
	require.NoError(t, json.Unmarshal(b, &cases))
	for _, c := range cases {
		g, err := ReadFrom(strings.NewReader(c.Text), c.Name, Options{})
		if c.Error != "" {
			if assert.Error(t, err, c.Text) {
				assert.Regexp(t, c.Error, err.Error(), c.Text)
				assert.NotContains(t, err.Error(), "\n")
			}
			continue
		}
		if assert.NoError(t, err, c.Text) {
			requireSound(t, g)
			assert.Equal(t, [2]int{c.Nodes, c.Edges}, [2]int{g.Nodes, g.Edges()}, c.Text)
			assert.Equal(t, *c.Weighted, g.Weights != nil, c.Text)
			assert.Contains(t, strings.Join(g.Changes, "; "), c.Says, c.Text)
		}
	}
}
