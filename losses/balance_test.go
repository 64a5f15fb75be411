package losses_test

import (
	"math"
	"testing"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
)

func balanceRow() loss {
	return loss{loss: losses.NameBalance, build: losses.Balance, of: balance, lo: constant(-1), hi: constant(0)}
}

// balance is −Σ_c ‖S_c‖₂ / √(nK).
func balance(x signal, k int) (sum float64) {
	g := gram(x, k)
	for c := range k {
		sum -= math.Sqrt(g[c*k+c])
	}
	return sum / math.Sqrt(float64(x.n*k))
}

func TestBalanceByHand(t *testing.T) {
	l := balanceRow()
	for _, c := range []struct {
		what string
		s    []float64
		want float64
	}{
		{"halves", hard(2, 0, 0, 0, 1, 1, 1), -1},
		{"one cluster", hard(2, 0, 0, 0, 0, 0, 0), -math.Sqrt(.5)},
		{"equal shares", uniform(6, 2), -math.Sqrt(.5)},
	} {
		x := signal{twoTriangles(), c.s}
		requireClose(t, c.want, l.of(x, 2), 1e-12, c.what)
		requireClose(t, c.want, run(t, l, tensor.Float64, single, 2, x).value, 1e-12, c.what)
	}
}
