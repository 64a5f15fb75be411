package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHeadsOfAMatrixStayApart: the names of columns do not lie across each other,
// whatever letters they have.
func TestHeadsOfAMatrixStayApart(t *testing.T) {
	for _, name := range []string{strings.Repeat("W", 60), strings.Repeat("名", 60), "short", "1"} {
		for _, columns := range []int{1, 2, 3, 8, 20} {
			heads := make([]string, columns)
			for j := range heads {
				heads[j] = name
			}
			values := [][]float64{make([]float64, columns)}
			s := heatScene("cluster", "label", heads, []string{"0"}, values, func(int) float64 { return 1 }, func(float64) string { return "" })
			end, shown := 64.0-8, 0 // of the rows' names
			for _, shape := range s.shapes {
				l, ok := shape.(label)
				if !ok || l.size != 13 || l.side != 0 {
					continue
				}
				half := textWidth(l.text, l.size) / 2
				assert.GreaterOrEqual(t, l.at.x-half, end, "%s in %d columns", l.text, columns)
				end = l.at.x + half
				shown++
			}
			require.Positive(t, shown)
		}
	}
}
