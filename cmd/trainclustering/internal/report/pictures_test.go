package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHeadingsAreNotCut(t *testing.T) {
	assert.Equal(t, []string{"Zachary's karate club: the adjacency, ordered", "by cluster"},
		headingLines("Zachary's karate club: the adjacency, ordered by cluster", halfWidth, 17))
	assert.Equal(t, []string{"short"}, headingLines("short", halfWidth, 17))
	long := headingLines(strings.Repeat("x", 300)+": "+strings.Repeat("y ", 300), halfWidth, 17)
	require.Len(t, long, 2)
	for _, s := range long {
		assert.True(t, strings.HasSuffix(s, "…"), s)
		assert.LessOrEqual(t, textWidth(s, 17), halfWidth)
	}
}

// e with an accent of its own is é in the font; East Asian letters are not.
func TestLettersOfPNG(t *testing.T) {
	d := planted(10, 2, 3, 1)
	for name, want := range map[string]bool{"e\u0301clair": false, "Мо": false, "日本": true} {
		d.Graph.Names = make([]string, 10)
		d.Graph.Names[3] = name
		lacks, err := figureNamed(t, d, "graph").Unwritable()
		require.NoError(t, err)
		assert.Equal(t, want, lacks, name)
	}
}

func TestMatricesNameTheirSides(t *testing.T) {
	words := map[string]bool{}
	for _, shape := range figureNamed(t, planted(30, 3, 4, 1), "confusion").scene.shapes {
		if l, ok := shape.(label); ok {
			words[l.text] = true
		}
	}
	assert.True(t, words["cluster"] && words["label"], words)
}

// Lines between clusters lie below their discs, and these below the points.
func TestCrowdLinesLieBelowThePoints(t *testing.T) {
	d := planted(drawnNodes+1, 3, 3, 1)
	d.Embedding = nil
	last := ""
	for _, shape := range figureNamed(t, d, "graph").scene.shapes {
		switch shape.(type) {
		case lines:
			assert.Contains(t, []string{"", "lines"}, last)
			last = "lines"
		case disc:
			assert.Contains(t, []string{"lines", "disc"}, last)
			last = "disc"
		case raster:
			assert.Equal(t, "disc", last)
			last = "raster"
		}
	}
	assert.Equal(t, "raster", last)
	assert.Contains(t, d.drawnAs(), "A line is the weight of the edges between two clusters")
}
