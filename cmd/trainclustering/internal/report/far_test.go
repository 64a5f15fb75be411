package report

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// drawnPoints is n places, some of them the same.
func drawnPoints(n int, seed uint64) []point {
	r := rand.New(rand.NewPCG(seed, 3))
	at := make([]point, n)
	for i := range at {
		at[i] = point{r.NormFloat64() * 300, r.NormFloat64() * 100}
		if i > 0 && r.IntN(9) == 0 {
			at[i] = at[r.IntN(i)]
		}
	}
	return at
}

// TestTreePushes compares the tree with the sum over all points.
func TestTreePushes(t *testing.T) {
	tree := &tree{}
	for seed, n := range []int{1, 2, 7, 300, 2000} {
		at := drawnPoints(n, uint64(seed))
		tree.plant(at)
		var wrong, all float64
		for _, p := range at {
			var want point
			for _, q := range at {
				d := p.minus(q)
				want = want.plus(d.times(1 / math.Max(d.x*d.x+d.y*d.y, 1e-2)))
			}
			got := tree.push(p)
			wrong += got.minus(want).length()
			all += want.length()
		}
		assert.LessOrEqual(t, wrong, .05*all, "%d points", n)
	}
}

func TestTreeOfOnePlace(t *testing.T) {
	tree := &tree{}
	tree.plant(make([]point, 100))
	assert.Equal(t, point{}, tree.push(point{}))
	tree.plant(nil)
	assert.Equal(t, point{}, tree.push(point{1, 1}))
}

// TestBucketsMissNone asks for every place that is at most a side away.
func TestBucketsMissNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := drawnPoints(rapid.IntRange(0, 80).Draw(t, "n"), rapid.Uint64().Draw(t, "seed"))
		side := rapid.Float64Range(.01, 200).Draw(t, "side")
		b := newBuckets(at, side)
		for _, p := range append(drawnPoints(5, 1), at...) {
			seen := map[int]int{}
			b.around(p, func(i int) { seen[i]++ })
			for i, q := range at {
				if q.minus(p).length() <= side && seen[i] != 1 {
					t.Fatalf("place %d, %v from %v, seen %d times", i, q.minus(p).length(), p, seen[i])
				}
			}
		}
	})
}
