package classify

import "fmt"

// Counts is, for each class, how often it was predicted rightly (true
// positives), predicted wrongly (false positives) and missed (false negatives).
type Counts struct{ True, False, Missed []int }

func newCounts(n int) Counts {
	return Counts{True: make([]int, n), False: make([]int, n), Missed: make([]int, n)}
}

// CountSets is the counts of each of several labels of which a row may have any
// number (multi-label): predicted and labels have so many columns, row by row.
//
// Errors: slices of different lengths, or that are not whole rows.
func CountSets(predicted, labels []bool, columns int) (Counts, error) {
	if columns < 1 || len(predicted) != len(labels) || len(labels)%columns != 0 {
		return Counts{}, fmt.Errorf("classify: %d predictions and %d labels, want as many, in rows of %d", len(predicted), len(labels), columns)
	}
	c := newCounts(columns)
	for i, p := range predicted {
		switch at := i % columns; {
		case p && labels[i]:
			c.True[at]++
		case p:
			c.False[at]++
		case labels[i]:
			c.Missed[at]++
		}
	}
	return c, nil
}

// F1 is the harmonic mean of precision and recall of each class,
//
//	2·true / (2·true + false + missed),
//
// NaN for a class that was neither predicted nor there.
func (c Counts) F1() []float64 {
	out := make([]float64, len(c.True))
	for i := range out {
		out[i] = ratio(2*c.True[i], 2*c.True[i]+c.False[i]+c.Missed[i])
	}
	return out
}

// MacroF1 is the mean of F1 over the classes that were predicted or there.
func (c Counts) MacroF1() float64 {
	sum, classes := 0., 0.
	for _, f := range c.F1() {
		if f == f {
			sum, classes = sum+f, classes+1
		}
	}
	return sum / classes
}

// MicroF1 is F1 of the counts of all classes together.
func (c Counts) MicroF1() float64 {
	var t, f, m int
	for i := range c.True {
		t, f, m = t+c.True[i], f+c.False[i], m+c.Missed[i]
	}
	return ratio(2*t, 2*t+f+m)
}
