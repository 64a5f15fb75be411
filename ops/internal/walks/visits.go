// Package walks has how often a walker is at each node of a graph. It knows of no
// expression graph; package ops makes operations of it.
package walks

import (
	"fmt"
	"math"
	"slices"
)

// Walk is a walk over a directed graph in compressed rows, whose entries have
// weights: with probability Alpha it goes to a node in proportion to the weights
// of the entries into it. IDs is the segment of each row, −1 for none.
type Walk struct {
	Ptr, Col []int32
	Weights  []float64
	IDs      []int
	Segments int
	Alpha    float64
}

// mostSteps ends a walk that does not settle: after k steps (1 − α)ᵏ of where it
// began may be left.
const mostSteps = 20000

// settled over α is the change of a step, as a share of all rates of a segment,
// below which it may be rounding: δ and (1 − α)δ are one number where αδ is less
// than half of the last place.
const settled = 0x1p-50

// Rates is how often the walk is at each row, of sum 1 in each segment; 0 for rows
// of no segment and in segments without weights. It errs where the walk does not
// settle.
func (w Walk) Rates() ([]float64, error) {
	p, _, err := w.settle()
	if err != nil {
		return nil, err
	}
	return w.share(p), nil
}

// settle is p = α e + (1 − α) p T by repeated steps, and their number. Steps end
// where the change is rounding: small, and in 1/α steps, which bring it down to 1/e,
// no smaller.
func (w Walk) settle() (p []float64, steps int, err error) {
	arrive, leave := w.flow()
	p, next := slices.Clone(arrive), make([]float64, len(arrive))
	least, at := math.Inf(1), 0
	for k := range mostSteps {
		w.step(next, p, arrive, leave)
		gap := w.change(p, next)
		if p, next = next, p; gap < least {
			least, at = gap, k
		}
		if gap == 0 || gap <= settled/w.Alpha && float64(k-at)*w.Alpha >= 1 {
			return p, k + 1, nil
		}
	}
	return nil, mostSteps, fmt.Errorf("the rates do not settle in %d steps with α = %v, want a larger α", mostSteps, w.Alpha)
}

// flow is e, the share of its segment's weights that goes into each row, and the
// weight that leaves each row.
func (w Walk) flow() (arrive, leave []float64) {
	arrive, leave = make([]float64, len(w.IDs)), make([]float64, len(w.IDs))
	total := make([]float64, w.Segments)
	for i, s := range w.IDs {
		for e := w.Ptr[i]; e < w.Ptr[i+1] && s >= 0; e++ {
			leave[i] += w.Weights[e]
			arrive[w.Col[e]] += w.Weights[e]
			total[s] += w.Weights[e]
		}
	}
	for i, s := range w.IDs {
		if s < 0 || total[s] == 0 {
			arrive[i] = 0
			continue
		}
		arrive[i] /= total[s]
	}
	return arrive, leave
}

// step writes α e + (1 − α) p T to next.
func (w Walk) step(next, p, arrive, leave []float64) {
	for i := range next {
		next[i] = w.Alpha * arrive[i]
	}
	for i, v := range p {
		if leave[i] == 0 {
			continue
		}
		v *= (1 - w.Alpha) / leave[i]
		for e := w.Ptr[i]; e < w.Ptr[i+1]; e++ {
			next[w.Col[e]] += v * w.Weights[e]
		}
	}
}

// change is Σ |next − p| over Σ next, the largest of any segment.
func (w Walk) change(p, next []float64) (most float64) {
	gap, sum := make([]float64, w.Segments), make([]float64, w.Segments)
	for i, s := range w.IDs {
		if s >= 0 {
			gap[s] += math.Abs(next[i] - p[i])
			sum[s] += next[i]
		}
	}
	for s, v := range gap {
		if v > 0 {
			most = math.Max(most, v/sum[s])
		}
	}
	return most
}

// share is p over its sum in each segment.
func (w Walk) share(p []float64) []float64 {
	sums := make([]float64, w.Segments)
	for i, s := range w.IDs {
		if s >= 0 {
			sums[s] += p[i]
		}
	}
	for i, s := range w.IDs {
		if s < 0 || sums[s] == 0 {
			p[i] = 0
			continue
		}
		p[i] /= sums[s]
	}
	return p
}
