package assignment

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// family is five nodes in clusters 7, 2, 4, of which 2 and 7 are in 1.
func family() Hierarchy {
	return Hierarchy{
		Names: []string{"a", "b", "c", "d", "e \"x\""}, Levels: [][]int{{7, 2, 2, 4, 7}, {1, 1, 1, 0, 1}},
		Modularity: []float64{.5, .25}, Flow: []float64{.1, .2, .3, .2, .2}, Header: []string{"made", "here"},
	}
}

func TestAHierarchyIsWrittenAsATree(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, family().WriteTree(&b))
	assert.Equal(t, strings.Join([]string{
		"# made", "# here", "# path flow name node_id",
		`1:1:1 0.2 "d" 4`, `2:1:1 0.3 "c" 3`, `2:1:2 0.2 "b" 2`, `2:2:1 0.2 "e "x"" 5`, `2:2:2 0.1 "a" 1`, "",
	}, "\n"), b.String())

	f, err := ReadFrom(&b, "hierarchy.tree")
	require.NoError(t, err)
	assert.Equal(t, 2, f.Levels())
	for level, want := range map[int][]int{1: {2, 2, 2, 1, 2}, -1: {2, 1, 1, 0, 2}} {
		require.NoError(t, f.AtLevel(level))
		m, err := f.Match(5, family().Names)
		require.NoError(t, err)
		assert.Equal(t, want, m.Cluster)
	}
}

func TestAHierarchyIsWrittenAsJSON(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, family().WriteJSON(&b))
	var got, want any
	require.NoError(t, json.Unmarshal(b.Bytes(), &got))
	require.NoError(t, json.Unmarshal([]byte(`{"header": ["made", "here"],
		"levels": [{"level": 1, "clusters": 3, "modularity": 0.5}, {"level": 2, "clusters": 2, "modularity": 0.25}],
		"tree": [{"cluster": 0, "size": 1, "clusters": [{"cluster": 4, "size": 1, "nodes": ["d"]}]},
			{"cluster": 1, "size": 4, "clusters": [{"cluster": 2, "size": 2, "nodes": ["b", "c"]}, {"cluster": 7, "size": 2, "nodes": ["a", "e \"x\""]}]}]}`), &want))
	assert.Equal(t, want, got)
	var again bytes.Buffer
	require.NoError(t, family().WriteJSON(&again))
	assert.Equal(t, b.String(), again.String())

	h := family()
	h.Names, h.Levels = nil, h.Levels[:1]
	b.Reset()
	require.NoError(t, h.WriteJSON(&b))
	assert.Contains(t, b.String(), `"3"`)
	assert.Error(t, h.WriteJSON(broken{}))
	assert.Error(t, h.WriteTree(broken{}))
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk on fire") }
