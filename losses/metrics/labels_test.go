package metrics

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestLabelMetricsByHand(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name              string
		clusters, labels  []int
		nmi, ari, acc, f1 float64
	}{
		{"equal up to names", []int{5, 5, 9, 9}, []int{1, 1, 0, 0}, 1, 1, 1, 1},
		{"one label split", []int{0, 0, 1, 2}, []int{0, 0, 1, 1}, 0.8, 4.0 / 7, 0.75, 2.0 / 3},
		{"one label merged", []int{0, 0, 1, 1}, []int{0, 0, 1, 2}, 0.8, 4.0 / 7, 0.75, 2.0 / 3},
		{"crossed", []int{0, 1, 0, 1}, []int{0, 0, 1, 1}, 0, -0.5, 0.5, 0},
		{"one cluster", []int{0, 0, 0, 0}, []int{0, 1, 2, 3}, 0, 0, 0.25, 0},
		{"both constant", []int{3, 3, 3}, []int{0, 0, 0}, 1, 1, 1, 1},
		{"single nodes", []int{0, 1, 2}, []int{2, 1, 0}, 1, 1, 1, nan},
		{"one node", []int{4}, []int{0}, 1, 1, 1, nan},
		{"no node", nil, nil, nan, nan, nan, nan},
		{"no label", []int{0, 1}, []int{Unassigned, Unassigned}, nan, nan, nan, nan},
		{"without label left out", []int{0, 0, 1, 2, 2, Unassigned}, []int{0, 0, 1, 1, Unassigned, 1}, 0.8, 4.0 / 7, 0.75, 2.0 / 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, m := range []struct {
				name string
				f    func(a, b []int) (float64, error)
				want float64
			}{{"nmi", NMI, c.nmi}, {"ari", ARI, c.ari}, {"accuracy", Accuracy, c.acc}, {"f1", PairF1, c.f1}} {
				got, err := m.f(c.clusters, c.labels)
				require.NoError(t, err)
				if math.IsNaN(m.want) {
					assert.True(t, math.IsNaN(got), "%s = %v, want NaN", m.name, got)
				} else {
					assert.InDelta(t, m.want, got, 1e-12, m.name)
				}
			}
		})
	}
}

func TestLabelMetricsErrors(t *testing.T) {
	for _, f := range []func(a, b []int) (float64, error){NMI, ARI, Accuracy, PairF1} {
		_, err := f([]int{0, 1}, []int{0})
		assert.EqualError(t, err, "metrics: labels has 1 entries, want as many as clusters (2)")
		_, err = f([]int{0, -5}, []int{0, Unassigned})
		assert.EqualError(t, err, "metrics: clusters[1] = -5, want at least -1 (-1: none)")
		_, err = f([]int{0, Unassigned}, []int{0, -2})
		assert.EqualError(t, err, "metrics: labels[1] = -2, want at least -1 (-1: none)")
	}
}

func TestLabelMetricsInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "n")
		a := rapid.SliceOfN(rapid.IntRange(-1, 5), n, n).Draw(t, "a")
		b := rapid.SliceOfN(rapid.IntRange(-1, 3), n, n).Draw(t, "b")
		renamed := make([]int, n)
		for i, v := range a {
			renamed[i] = v
			if v != Unassigned {
				renamed[i] = 1000 - 7*v
			}
		}
		for _, f := range []func(a, b []int) (float64, error){NMI, ARI, Accuracy, PairF1} {
			ab, err := f(a, b)
			require.NoError(t, err)
			ba, err := f(b, a)
			require.NoError(t, err)
			ren, err := f(renamed, b)
			require.NoError(t, err)
			if math.IsNaN(ab) {
				assert.True(t, math.IsNaN(ba) && math.IsNaN(ren))
				continue
			}
			assert.InDelta(t, ab, ba, 1e-12, "symmetric")
			assert.InDelta(t, ab, ren, 1e-12, "names do not count")
			assert.LessOrEqual(t, ab, 1.0)
			assert.GreaterOrEqual(t, ab, -0.5-1e-12)
		}
	})
}

func TestARIOfIndependentLabelsIsNearZero(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 0))
	a, b := randomLabels(r, 20000, 5), randomLabels(r, 20000, 7)
	ari, err := ARI(a, b)
	require.NoError(t, err)
	assert.InDelta(t, 0, ari, 2e-3)
}

func TestPairMetricsAgreeWithCountingPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 0))
	a, b := randomLabels(r, 60, 4), randomLabels(r, 60, 3)
	var both, inA, inB float64
	for i := range a {
		for j := range i {
			x, y := a[i] == a[j], b[i] == b[j]
			if x {
				inA++
			}
			if y {
				inB++
			}
			if x && y {
				both++
			}
		}
	}
	f1, err := PairF1(a, b)
	require.NoError(t, err)
	assert.InDelta(t, 2/(inA/both+inB/both), f1, 1e-12)
}
