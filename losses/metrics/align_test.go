package metrics

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAlignByHand(t *testing.T) {
	for _, c := range []struct {
		name              string
		clusters, earlier []int
		k, next           int
		want              Alignment
	}{
		{"the same, renamed", []int{2, 2, 0, 0, 1}, []int{5, 5, 9, 9, 0}, 3, 0, Alignment{[]int{9, 0, 5}, 3, 5, 5}},
		{"one more cluster", []int{0, 0, 1, 2, 2}, []int{1, 1, 1, 0, 0}, 3, 0, Alignment{[]int{1, 2, 0}, 2, 5, 4}},
		{"one cluster fewer", []int{0, 0, 0, 1, 1}, []int{4, 4, 3, 8, 8}, 2, 0, Alignment{[]int{4, 8}, 2, 5, 4}},
		{"the best for all, not for each", []int{0, 0, 0, 0, 0, 1, 1, 1, 1}, []int{7, 7, 7, 6, 6, 7, 7, 7, 7}, 2, 0, Alignment{[]int{6, 7}, 2, 9, 6}},
		{"nodes without a cluster", []int{0, 1, -1, 0}, []int{-1, 3, 3, 2}, 2, 0, Alignment{[]int{2, 3}, 2, 2, 2}},
		{"new numbers above those of nodes that are gone", []int{0, 0, 1}, []int{2, 2, -1}, 2, 9, Alignment{[]int{2, 9}, 1, 2, 2}},
		{"numbers without nodes get what is free", []int{3, 3, 1}, []int{0, 0, 3}, 5, 0, Alignment{[]int{1, 3, 2, 0, 4}, 2, 3, 3}},
		{"nothing earlier", []int{0, 1}, []int{-1, -1}, 2, 0, Alignment{[]int{0, 1}, 0, 0, 0}},
		{"no nodes", nil, nil, 2, 0, Alignment{[]int{0, 1}, 0, 0, 0}},
		{"ties: the lower number first", []int{0, 0, 1, 1}, []int{0, 1, 0, 1}, 2, 0, Alignment{[]int{0, 1}, 2, 4, 2}},
	} {
		got, err := Align(c.clusters, c.earlier, c.k, c.next)
		require.NoError(t, err, c.name)
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, got, func() Alignment { a, _ := Align(c.clusters, c.earlier, c.k, c.next); return a }(), c.name)
	}
}

func TestAlignErrors(t *testing.T) {
	for want, c := range map[string][2][]int{
		"metrics: earlier has 1 entries, want as many as clusters (2)": {{0, 1}, {0}},
		"metrics: clusters[1] = 3, want -1 to 2":                       {{0, 3}, {0, 0}},
		"metrics: earlier[0] = -2, want at least -1 (-1: none)":        {{0, 1}, {-2, 0}},
		"metrics: clusters[0] = -2, want -1 to 2":                      {{-2, 1}, {0, 0}},
	} {
		_, err := Align(c[0], c[1], 3, 0)
		assert.EqualError(t, err, want)
	}
}

// TestAlignUndoesRenaming renames clusters at random: all nodes agree again,
// and as many as accuracy says where some of them moved.
func TestAlignUndoesRenaming(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		k, n := 1+r.IntN(40), 1+r.IntN(400)
		earlier, to := randomLabels(r, n, k), r.Perm(k)
		clusters := make([]int, n)
		for i, c := range earlier {
			clusters[i] = to[c]
		}
		a, err := Align(clusters, earlier, k, 0)
		require.NoError(t, err)
		assert.Equal(t, earlier, a.Of(clusters))
		assert.Equal(t, n, a.Agree)

		for i := range clusters {
			if r.IntN(3) == 0 {
				clusters[i] = r.IntN(k)
			}
		}
		a, err = Align(clusters, earlier, k, 0)
		require.NoError(t, err)
		share, err := Accuracy(clusters, earlier)
		require.NoError(t, err)
		assert.InDelta(t, share*float64(n), float64(a.Agree), 1e-9)
		agree := 0
		for i, c := range a.Of(clusters) {
			if c == earlier[i] {
				agree++
			}
		}
		assert.Equal(t, agree, a.Agree)
		assert.Len(t, distinct(a.IDs), k, "no two clusters share a number")
	}
}

func TestAlignManyClusters(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	earlier := randomLabels(r, 20000, 500)
	to := r.Perm(700)
	clusters := make([]int, len(earlier))
	for i, c := range earlier {
		if clusters[i] = to[c]; i%9 == 0 {
			clusters[i] = r.IntN(700)
		}
	}
	a, err := Align(clusters, earlier, 700, 0)
	require.NoError(t, err)
	for c, id := range to[:500] {
		assert.Equal(t, c, a.IDs[id])
	}
}

// TestAlignBeyondTheExact matches more clusters than are matched exactly: none
// of those that only moved a little is lost, in either order.
func TestAlignBeyondTheExact(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	const k = 3000
	earlier, to := make([]int, 10*k), r.Perm(k+500)
	clusters := make([]int, len(earlier))
	for i := range earlier {
		earlier[i] = i / 10
		if clusters[i] = to[earlier[i]]; i%10 == 0 {
			clusters[i] = r.IntN(k + 500)
		}
	}
	a, err := Align(clusters, earlier, k+500, 0)
	require.NoError(t, err)
	for c, id := range to[:k] {
		require.Equal(t, c, a.IDs[id])
	}
	back, err := Align(earlier, clusters, k, 0)
	require.NoError(t, err)
	assert.Equal(t, a.Agree, back.Agree)
	assert.Equal(t, to[:k], back.IDs)
	assert.GreaterOrEqual(t, a.Agree, 9*k)
}
