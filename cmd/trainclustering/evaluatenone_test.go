package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEvaluateNeedsAClusterOfSomeNode: figures of no node at all say nothing.
func TestEvaluateNeedsAClusterOfSomeNode(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "g.csv", twoTriangles)
	writeText(t, "some.csv", "node,cluster\na,0\nb,\nc,-1\nd,1\n")
	writeText(t, "none.csv", "node,cluster\na,\nb,-1\nc,\nd,\n")
	for args, want := range map[string]string{
		"none.csv --data g.csv":                    "none.csv has a cluster of none of the nodes",
		"some.csv --data g.csv --against none.csv": "none.csv has a cluster of none of the nodes",
		"some.csv --against none.csv":              "none.csv has a cluster of none of the nodes",
		"none.csv --against some.csv":              "none.csv has a cluster of none of the nodes",
		"some.csv --data g.csv --level 2":          "--level = 2 is for a tree, and some.csv is none",
	} {
		got := runWith(t.Context(), nil, append([]string{"evaluate"}, strings.Fields(args)...)...)
		assert.NotZero(t, got.code, args)
		assert.Empty(t, got.stdout, args)
		assert.Contains(t, got.stderr, want, args)
	}
	e := evaluated(t, "some.csv", "--data", "g.csv")
	assert.Contains(t, e.Read, `4 of 6 nodes without a cluster, such as "b"`, "also those of which the file says that they have none")
	assert.Equal(t, 4, e.Unassigned)
}

// TestEvaluateReadsWhatSpreadsheetsWrite: UTF-16, and decimal commas beside
// semicolons.
func TestEvaluateReadsWhatSpreadsheetsWrite(t *testing.T) {
	dir := t.TempDir()
	data := writeText(t, filepath.Join(dir, "g.csv"), twoTriangles)
	table := "node\tcluster\r\na\t0\r\nb\t0\r\nc\t0\r\nd\t1\r\ne\t1\r\nf\t1\r\n"
	for name, order := range map[string]int{"le.txt": 0, "be.txt": 1} {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + table)) {
			both := [2]byte{byte(u), byte(u >> 8)}
			b = append(b, both[order], both[1-order])
		}
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, b, 0o600))
		assert.InDelta(t, 5.0/14, float64(evaluated(t, path, "--data", data).Measured.Modularity), 1e-15, name)
	}
	semicolons := writeText(t, filepath.Join(dir, "s.csv"), "node;cluster;confidence\na;0;0,5\nb;0;1\nc;0;0,25\nd;1;1,0\ne;1;1\nf;1;1\n")
	assert.InDelta(t, 5.0/14, float64(evaluated(t, semicolons, "--data", data).Measured.Modularity), 1e-15)
}
