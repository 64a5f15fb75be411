package graphfile

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Names may hold what looks like a comment: it is cut off where it can be no part
// of a name alone.
func TestCommentsInsideFields(t *testing.T) {
	for text, names := range map[string][]string{
		"source,target\n\"50 % off\",\"60 % off\"\n\"50 % more\",x\n": {"50 % off", "60 % off", "50 % more", "x"},
		"source,target\nx,50 % off\nx,50 % more\n3 # a,x\n3 // b,x\n": {"x", "50 % off", "50 % more", "3 # a", "3 // b"},
		"x;50 % off\nx;50 % more\n":                                   {"x", "50 % off", "50 % more"},
		"x\t5 # a\nx\t5 # b\n":                                        {"x", "5 # a", "5 # b"},
		"1,\"2 # a\"\n1,\"2 # b\"\n":                                  {"1", "2 # a", "2 # b"},
		"1,2\n5 # a,2\n":                                              {"1", "2", "5 # a"},
		"x \"# a\"\nx \"# b\"\n":                                      {"x", "# a", "# b"},
		"weight source target\n2 a #b\n3 a %c\n":                      {"a", "#b", "%c"},
		"1,2 # first\n2,3 // second\n3,1\n":                           {"1", "2", "3"},
		"1 2 # first\n2 3 % second\n3 1\n":                            {"1", "2", "3"},
		"a,b,0.5 # half\nb,c,2\n":                                     {"a", "b", "c"},
	} {
		assert.Equal(t, names, mustList(t, text).Names, text)
	}
	g := mustList(t, "1,2 # first\n2,3 // second\n3,1\n")
	assert.Contains(t, g.Changes, "2 comments behind edges left out")
	_, err := ReadEdgeList(strings.NewReader("\"a\",\"b\",\"#x\"\n\"b\",\"c\",\"#y\"\n"), "e")
	assert.EqualError(t, err, `e:1: weight "#x" is not a number; --columns 1,2 leaves weights out`, "no column of comments")
	_, err = ReadEdgeList(strings.NewReader("\"a\",\"b\"\n\"b\",\"c\",\"#y\"\n"), "e")
	assert.ErrorContains(t, err, "e:2: ")
}

// A list that was written is read back with the same names, whatever they hold.
func TestCommentsInNamesReadBack(t *testing.T) {
	g := mustList(t, "source,target\n\"50 % off\",\"50 # x\"\n\"50 % off\",3 // b\n#node=\"7 # lonely\"\n")
	for _, format := range []string{"edges", "tsv", "json", "jsonl", "dot", "gml", "pajek"} {
		path := filepath.Join(t.TempDir(), "g")
		_, err := WriteFormat(path, g, format)
		require.NoError(t, err, format)
		back, err := ReadWith(path, Options{Format: format})
		require.NoError(t, err, format)
		for _, name := range []string{"50 % off", "50 # x", "3 // b"} {
			assert.Contains(t, back.Names, name, format)
		}
	}
}

// Values of a table may begin like a comment.
func TestCommentsInTables(t *testing.T) {
	g, err := withLabels(t, "a b\nb c\n", "l.txt", "a x #f00\nb y #00f\nc z #f00\n")
	assert.ErrorContains(t, err, "3 columns, none of them called label", "the third column is not dropped")
	assert.Nil(t, g.Labels)
	g, err = withLabels(t, "a b\nb c\n", "l.txt", "id x class\na 1 #f00\nb 2 #00f\nc 3 #f00\n")
	require.NoError(t, err)
	assert.Equal(t, []string{"#00f", "#f00"}, g.LabelNames)
}
