package graphfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestUndirectedAgreesWithMaps compares with the rules written down over maps.
func TestUndirectedAgreesWithMaps(t *testing.T) {
	type entry struct{ i, j, w int }
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entry {
			return entry{rapid.IntRange(0, n-1).Draw(t, "i"), rapid.IntRange(0, n-1).Draw(t, "j"), rapid.IntRange(0, 3).Draw(t, "w")}
		}), 0, 20).Draw(t, "entries")

		sum := make(map[[2]int]float32)
		var src, dst []int32
		var w []float32
		loops, zeros := 0, 0
		for _, e := range list {
			src, dst, w = append(src, int32(e.i)), append(dst, int32(e.j)), append(w, float32(e.w))
			switch {
			case e.i == e.j:
				loops++
			case e.w == 0:
				zeros++
			default:
				sum[[2]int{e.i, e.j}] += float32(e.w)
			}
		}
		want, weighted := make(map[[2]int]float32), false
		for at, v := range sum {
			if back, ok := sum[[2]int{at[1], at[0]}]; ok {
				v = (v + back) / 2
			}
			want[at], want[[2]int{at[1], at[0]}] = v, v
			weighted = weighted || v != 1
		}

		u, c, err := undirected(fromList(n, src, dst, w))
		require.NoError(t, err)
		assert.Equal(t, [3]int{loops, zeros, len(list) - loops - zeros - len(sum)}, [3]int{c.loops, c.zeros, c.duplicates})
		assert.Equal(t, len(want)/2, c.oneWay+c.twoWay)
		assert.Equal(t, weighted, u.val != nil)
		got := make(map[[2]int]float32)
		for i := range n {
			for p := u.ptr[i]; p < u.ptr[i+1]; p++ {
				v := float32(1)
				if weighted {
					v = u.val[p]
				}
				got[[2]int{i, int(u.col[p])}] = v
			}
		}
		assert.Equal(t, want, got)
	})
}

func TestOrderOfLinesDoesNotCount(t *testing.T) {
	lines := []string{"0 1 2", "1 0 5", "2 1 1", "0 3 4"}
	want := mustList(t, strings.Join(lines, "\n"))
	for i := range lines {
		turned := append(append([]string(nil), lines[i:]...), lines[:i]...)
		assert.Equal(t, want, mustList(t, strings.Join(turned, "\n")))
	}
}

func TestSayCounts(t *testing.T) {
	assert.Empty(t, changes{}.matrix())
	assert.Empty(t, changes{}.list())
	c := changes{loops: 2, zeros: 3, duplicates: 4, oneWay: 5429, twoWay: 7, averaged: 6, weighted: true}
	assert.Equal(t, []string{
		"2 self loops dropped", "3 entries of weight 0 dropped", "4 duplicate entries added to their edges' weights",
		"6 edges with different weights in their two directions averaged", "5429 directed entries made undirected",
	}, c.matrix())
	assert.Equal(t, "1 edge given in both directions counted once", c.list()[4])
	assert.Equal(t, "3 lines of weight 0 dropped", fmt.Sprint(c.list()[1]))
}
