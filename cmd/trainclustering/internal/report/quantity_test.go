package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQuantity(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1: "1", 21: "21", 12345: "12,345", 0.5: "0.5000", -2: "-2"} {
		assert.Equal(t, want, quantity(v))
	}
	assert.Equal(t, "2.0000", decimals(2))
}

// Two triangles with an edge between them: every count of the page is whole.
func TestCountsAreWhole(t *testing.T) {
	d := &Data{
		Graph:   graphOf(6, [][2]int{{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 5}, {4, 5}, {2, 3}}),
		Cluster: []int{0, 0, 0, 1, 1, 1}, Labels: []int{0, 0, 1, 1, 1, 1}, Classes: []string{"one", "two"},
		Compared: &Comparison{Columns: []string{"effective clusters"}, Rows: []Row{
			{Name: "a", Values: []float64{2}, Spread: []float64{0}}, {Name: "b", Values: []float64{1.5}, Spread: []float64{.25}},
		}},
	}
	rows := func(name string) [][]string { return figureNamed(t, d, name).table.Rows }
	assert.Equal(t, [][]string{{"0", "3", "3", "1", "0.1429"}, {"1", "3", "3", "1", "0.1429"}}, rows("sizes"))
	assert.Equal(t, [][]string{{"0", "3", "1"}, {"1", "1", "3"}}, rows("adjacency"))
	assert.Equal(t, [][]string{{"0", "1", "1"}}, rows("coarse"))
	assert.Equal(t, [][]string{{"0", "1", "2"}, {"1", "3", "0"}}, rows("confusion"))
	assert.Equal(t, [][]string{{"a", "2.0000 ± 0.0000"}, {"b", "1.5000 ± 0.2500"}}, rows("compared"))
	assert.Contains(t, htmlOf(t, d), "in 2 clusters, of 3 nodes each.")

	d.Graph.Weights = slices.Repeat([]float32{.5}, len(d.Graph.Col))
	assert.Equal(t, [][]string{{"0", "1.5000", "0.5000"}, {"1", "0.5000", "1.5000"}}, rows("adjacency"))
	assert.False(t, strings.Contains(htmlOf(t, d), "3 to 3"))
}
