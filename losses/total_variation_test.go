package losses_test

import (
	"math"
	"slices"
	"testing"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
)

func cheegerRows() []loss {
	return []loss{
		{
			loss: losses.NameTotalVariation, needA: true, countsEntries: true, build: losses.TotalVariation, of: variation,
			lo: constant(0), hi: func(x signal, _ int) float64 { return max(1, slices.Max(append(x.w, 0))) },
		},
		{
			loss: losses.NameAsymBalance, build: losses.AsymBalance, of: asymBalance,
			lo: constant(0), hi: constant(1),
		},
	}
}

// variation is Σ_ij a_ij ‖S_i − S_j‖₁ / 2E.
func variation(x signal, k int) (sum float64) {
	for e, w := range x.w {
		for c := range k {
			sum += w * math.Abs(x.s[x.row[e]*k+c]-x.s[x.col[e]*k+c])
		}
	}
	return sum / max(1, 2*float64(len(x.w)))
}

func asymBalance(x signal, k int) float64 {
	if k == 1 {
		return 0
	}
	sum := 0.
	for c := range k {
		var col []float64
		for i := range x.n {
			col = append(col, x.s[i*k+c])
		}
		slices.Sort(col)
		q := col[x.n-1-min(x.n/k, x.n-1)]
		for _, v := range col {
			sum += max(float64(k-1)*(v-q), q-v)
		}
	}
	return 1 - sum/float64(x.n*(k-1))
}

func TestCheegerByHand(t *testing.T) {
	rows := cheegerRows()
	for _, c := range []struct {
		what               string
		s                  []float64
		variation, balance float64
	}{
		{"halves", hard(2, 0, 0, 0, 1, 1, 1), 2. / 14, 0}, // one edge of seven, of distance 2, both ways
		{"one cluster", hard(2, 0, 0, 0, 0, 0, 0), 0, 1},
		{"equal shares", uniform(6, 2), 0, 1},
	} {
		x := signal{twoTriangles(), c.s}
		for i, want := range []float64{c.variation, c.balance} {
			requireClose(t, want, rows[i].of(x, 2), 1e-12, c.what)
			requireClose(t, want, run(t, rows[i], tensor.Float64, single, 2, x).value, 1e-12, c.what)
		}
	}
}
