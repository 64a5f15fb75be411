package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What a message advises is taken, and what it counts is right.
func TestMessages(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, "one.json", `{"nodes":[{"id":"a"}],"links":[]}`)
	writeText(t, "two.csv", "a,b\na,c\nb,c\n")
	writeText(t, "other.csv", "source,target\nx,y\n")
	for args, want := range map[string]string{
		"train --data one.json":                          "hint: try --k 1\n",
		"train --k-range 8-2":                            "the first not above the second, as in 2-16",
		"train --levels 99":                              "want the number of levels, 2 to 32, or",
		"train --memory-limit 5":                         "want at most 5 B (--memory-limit)",
		"train --state two.csv":                          "--state = two.csv, want a folder: this is a file",
		"train --data other.csv --k 1 --align two.csv":   "2 of its 2 nodes are not in the graph of 2 nodes, such as \"a\", \"b\"; nodes repeat, as in an edge list",
		"train --dtype float16":                          "--dtype = float16, want float32 or float64\n",
		"completion tcsh":                                "want one shell: bash, zsh or fish\n",
		"train --epochs 1":                               "at most 1 epoch,",
		"train --k 2 --min-size 2":                       "no cluster has fewer than 2 nodes",
		"train --data - --k 2 --method dmon --epochs 20": "DMoN on standard input",
	} {
		got := piped(t, evenTrainer, "a b\nb c\n", strings.Fields(args)...)
		text := got.stdout + got.stderr
		assert.True(t, strings.Contains(text, want) || strings.Contains(strings.Join(strings.Fields(text), " "), want), "%s: %s", args, text)
	}
}
