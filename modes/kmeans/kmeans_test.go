package kmeans

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// blobs is rows about k far centres, row i at centre i mod k.
func blobs(rows, cols, k int, noise float64, seed uint64) []float32 {
	r := rand.New(rand.NewPCG(seed, 0))
	centre := make([]float64, k*cols)
	for i := range centre {
		centre[i] = 5 * r.NormFloat64()
	}
	x := make([]float32, rows*cols)
	for i := range x {
		c := i / cols % k
		x[i] = float32(centre[c*cols+i%cols] + noise*r.NormFloat64())
	}
	return x
}

// inertia is computed from the definition.
func inertia(x []float32, cols int, labels []int, k int) (total float64) {
	sum, count := sumsOf(x, len(labels), cols, labels, k)
	for i, l := range labels {
		for j := range cols {
			d := float64(x[i*cols+j]) - sum[l*cols+j]/float64(count[l])
			total += d * d
		}
	}
	return total
}

// TestBruteForce compares with the best of all partitions of a few rows.
func TestBruteForce(t *testing.T) {
	const rows, k = 9, 3
	for seed := range uint64(20) {
		x := blobs(rows, 2, rows, .1, seed) // no structure: hard
		best := math.Inf(1)
		labels := make([]int, rows)
		for code := range int(math.Pow(k, rows)) {
			for i := range labels {
				labels[i] = code % k
				code /= k
			}
			if n, _ := used(labels, k); n == k {
				best = min(best, inertia(x, 2, labels, k))
			}
		}
		r, err := Cluster(x, rows, 2, Options{K: k, Restarts: 20, Seed: seed})
		require.NoError(t, err)
		assert.InDelta(t, best, r.Inertia, 1e-3*best, "seed %d", seed)
		assert.InDelta(t, r.Inertia, inertia(x, 2, r.Labels, k), 1e-3*best)
	}
}

func used(labels []int, k int) (n int, seen []bool) {
	seen = make([]bool, k)
	for _, l := range labels {
		if !seen[l] {
			n++
		}
		seen[l] = true
	}
	return n, seen
}

func TestFindsBlobs(t *testing.T) {
	x := blobs(3000, 8, 12, .3, 1)
	for _, sample := range []int{0, 500} { // 500: the starts see a part of the rows
		r, err := Cluster(x, 3000, 8, Options{K: 12, Sample: sample})
		require.NoError(t, err)
		for i := range r.Labels {
			require.Equal(t, r.Labels[i%12], r.Labels[i], "sample %d, row %d", sample, i)
		}
		n, _ := used(r.Labels, 12)
		assert.Equal(t, 12, n)
		c, err := Measure(x, 3000, 8, r.Labels, 12)
		require.NoError(t, err)
		assert.InDelta(t, r.Inertia/3000, c.Spread, 1e-3*c.Spread)
		assert.Greater(t, c.Silhouette, .8)
	}
}

func TestSampleHasDifferentRows(t *testing.T) {
	x := make([]float32, 100)
	for i := range x {
		x[i] = float32(i)
	}
	s := sample(x, 100, 1, 30, 4)
	require.Len(t, s, 30)
	for i := 1; i < len(s); i++ {
		require.Greater(t, s[i], s[i-1])
	}
}

func TestEdgeCases(t *testing.T) {
	for name, c := range map[string]struct {
		x          []float32
		rows, cols int
		k          int
	}{
		"no rows":                 {nil, 0, 3, 2},
		"no columns":              {nil, 3, 0, 2},
		"one row":                 {[]float32{1, 2}, 1, 2, 3},
		"equal rows":              {make([]float32, 20), 10, 2, 3},
		"more clusters than rows": {[]float32{1, 2, 3}, 3, 1, 5},
	} {
		r, err := Cluster(c.x, c.rows, c.cols, Options{K: c.k})
		require.NoError(t, err, name)
		require.Len(t, r.Labels, c.rows, name)
		assert.Zero(t, r.Inertia, name)
		for _, v := range r.Centres {
			require.False(t, v != v, name)
		}
	}
}

func TestEmptyClusterGetsTheFurthestRow(t *testing.T) {
	s := newSearch([]float32{0, 1, 10}, 1, 3)
	r := s.descend([]float32{0, 100, 200}, 100) // two centres without rows
	n, _ := used(r.Labels, 3)
	assert.Equal(t, 3, n)
	assert.Zero(t, r.Inertia)
}

// Values whose squares are infinite in float32, or 0, have the clusters of the
// same rows of usual size.
func TestValuesOfAnySize(t *testing.T) {
	x := blobs(300, 3, 5, .3, 1)
	for _, sample := range []int{0, 50} {
		o := Options{K: 5, Sample: sample, Seed: 3}
		want, err := Cluster(x, 300, 3, o)
		require.NoError(t, err)
		for _, power := range []int{-120, -60, -31, -20, 20, 31, 62, 80, 122} {
			y := inUnits(x, -power)
			got, err := Cluster(y, 300, 3, o)
			require.NoError(t, err)
			assert.Equal(t, want.Labels, got.Labels, "2^%d", power)
			assert.Equal(t, inUnits(want.Centres, -power), got.Centres, "2^%d", power)
			assert.Equal(t, math.Ldexp(want.Inertia, 2*power), got.Inertia, "2^%d", power)
		}
	}
	for _, x := range [][]float32{{1e20, -1e20, 1e20}, {math.MaxFloat32, -math.MaxFloat32, math.MaxFloat32}, {1e-40, -1e-40, 1e-40}} {
		r, err := Cluster(x, 3, 1, Options{K: 2})
		require.NoError(t, err)
		require.Len(t, r.Labels, 3)
		assert.Equal(t, r.Labels[0], r.Labels[2], "%v", x)
		assert.NotEqual(t, r.Labels[0], r.Labels[1], "%v", x)
		assert.Equal(t, x[:1], r.Centres[r.Labels[0]:][:1])
		assert.Zero(t, r.Inertia)
	}
	_, err := Cluster([]float32{1e20, -1e20, 1e20}, 3, 1, Options{K: 2, Sample: 2})
	assert.NoError(t, err)
}

func TestErrors(t *testing.T) {
	for says, c := range map[string]struct {
		x []float32
		o Options
	}{
		"K = 0":                    {[]float32{1}, Options{}},
		"Restarts, Steps, Sample":  {[]float32{1}, Options{K: 1, Steps: -1}},
		"2 values for 1 rows of 1": {[]float32{1, 2}, Options{K: 1}},
		"value 0 is NaN":           {[]float32{float32(math.NaN())}, Options{K: 1}},
	} {
		_, err := Cluster(c.x, 1, 1, c.o)
		assert.ErrorContains(t, err, says)
	}
	_, err := Measure([]float32{1}, 1, 1, []int{2}, 2)
	assert.ErrorContains(t, err, "label 0 is 2, want 0 to 1")
	_, err = Measure([]float32{1}, 1, 1, nil, 2)
	assert.ErrorContains(t, err, "0 labels, want 1")
}

// TestSilhouette compares with the definition over all pairs of rows.
func TestSilhouette(t *testing.T) {
	const rows, cols, k = 40, 3, 4
	x := blobs(rows, cols, k, 4, 3)
	labels := make([]int, rows)
	for i := range labels {
		labels[i] = i % k
	}
	labels[7] = k // alone
	got, err := Measure(x, rows, cols, labels, k+2)
	require.NoError(t, err)
	distance := func(i, j int) float64 {
		var ij, ii, jj float64
		for p := range cols {
			a, b := float64(x[i*cols+p]), float64(x[j*cols+p])
			ij, ii, jj = ij+a*b, ii+a*a, jj+b*b
		}
		return 1 - ij/math.Sqrt(ii*jj)
	}
	var want float64
	for i := range rows {
		sum, count := make([]float64, k+1), make([]float64, k+1)
		for j := range rows {
			if j != i {
				sum[labels[j]] += distance(i, j)
				count[labels[j]]++
			}
		}
		a, b := 0., math.Inf(1)
		for c := range sum {
			if c == labels[i] {
				a = sum[c] / count[c]
			} else if count[c] > 0 {
				b = min(b, sum[c]/count[c])
			}
		}
		if count[labels[i]] > 0 {
			want += (b - a) / max(a, b) / rows
		}
	}
	assert.InDelta(t, want, got.Silhouette, 1e-5)
	assert.InDelta(t, inertia(x, cols, labels, k+1)/rows, got.Spread, 1e-6)
}

func TestMeasureOfOneCluster(t *testing.T) {
	c, err := Measure([]float32{1, 2, 3}, 3, 1, []int{0, 0, 0}, 2)
	require.NoError(t, err)
	assert.Zero(t, c.Silhouette)
	assert.InDelta(t, 2./3, c.Spread, 1e-12)
	c, err = Measure(nil, 0, 1, nil, 2)
	require.NoError(t, err)
	assert.Equal(t, Criteria{}, c)
}

func TestSameBitsAtAnyNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	x := blobs(5000, 16, 40, 3, 2)
	var first Result
	for _, threads := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(threads)
		r, err := Cluster(x, 5000, 16, Options{K: 20, Sample: 3000})
		require.NoError(t, err)
		if threads == 1 {
			first = r
		}
		require.Equal(t, first, r)
	}
}

func ExampleCluster() {
	x := []float32{0, 0, 0, 1, 9, 9, 9, 8} // four points
	r, _ := Cluster(x, 4, 2, Options{K: 2})
	fmt.Println(r.Labels[0] == r.Labels[1], r.Labels[0] == r.Labels[2], r.Inertia)
	// Output: true false 1
}
