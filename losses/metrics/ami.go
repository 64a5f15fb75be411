package metrics

import (
	"maps"
	"math"
	"slices"
)

// AMI returns the mutual information of two clusterings, adjusted for chance,
//
//	(I(C; L) − E) / ((H(C) + H(L))/2 − E),
//
// where E is the mean of I over all clusterings with the same sizes. At most 1
// (equal up to names), 0 on average for independent clusterings, and 0 where
// only one of the two is constant. No node with both numbers gives NaN. It errs
// where the lengths differ.
//
// Time is that of [NMI] and, for E, the sum of min(|c|, |l|) over the different
// sizes of clusters c and labels l.
//
// Source: N. X. Vinh, J. Epps, J. Bailey, "Information Theoretic Measures for
// Clusterings Comparison", JMLR 11, 2010 (AMI_sum, equation 24a).
func AMI(clusters, labels []int) (float64, error) {
	t, err := newTable(clusters, labels)
	if err != nil {
		return 0, err
	}
	return t.ami(), nil
}

func (t table) ami() float64 {
	if t.n == 0 {
		return math.NaN()
	}
	if len(t.cells) == len(t.rows) && len(t.cells) == len(t.cols) {
		return 1 // equal up to names
	}
	expected := t.expectedInformation()
	mean := (entropy(t.rows, t.n) + entropy(t.cols, t.n)) / 2
	gap := mean - expected
	if math.Abs(gap) < 1e-15 {
		return 0
	}
	return min((t.information()-expected)/gap, 1)
}

// expectedInformation is the mean of I over all pairs of clusterings with these
// sizes: the overlap of groups of a and b of n nodes is hypergeometric.
func (t table) expectedInformation() float64 {
	rows, cols := tally(t.rows), tally(t.cols)
	var sum float64
	for _, a := range rows {
		for _, b := range cols {
			sum += float64(a.times) * float64(b.times) * t.expectedTerm(a.size, b.size)
		}
	}
	return sum
}

// expectedTerm is Σ_k P(k)·k/n·log(n·k/(a·b)) over the overlaps k of two groups.
func (t table) expectedTerm(a, b int64) float64 {
	n := t.n
	fixed := logFactorial(a) + logFactorial(b) + logFactorial(n-a) + logFactorial(n-b) - logFactorial(n)
	var sum float64
	for k := max(1, a+b-n); k <= min(a, b); k++ {
		chance := math.Exp(fixed - logFactorial(k) - logFactorial(a-k) - logFactorial(b-k) - logFactorial(n-a-b+k))
		x := float64(k)
		sum += chance * x / float64(n) * math.Log(float64(n)/float64(a)*x/float64(b))
	}
	return sum
}

func logFactorial(n int64) float64 {
	v, _ := math.Lgamma(float64(n) + 1)
	return v
}

// sized is a size and how many groups have it.
type sized struct{ size, times int64 }

// tally counts the groups of each size, sizes ascending.
func tally(sizes []int64) []sized {
	times := make(map[int64]int64)
	for _, s := range sizes {
		times[s]++
	}
	var out []sized
	for _, s := range slices.Sorted(maps.Keys(times)) {
		out = append(out, sized{s, times[s]})
	}
	return out
}
