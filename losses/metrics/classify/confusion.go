package classify

import (
	"fmt"
	"math"
)

// Confusion counts, for each label (row), how often each class (column) was
// predicted.
type Confusion [][]int

// NewConfusion counts pairs of a predicted class and a label, both from 0 to
// classes−1. A label of −1 is left out.
//
// Errors: slices of different lengths; a class or label out of range.
func NewConfusion(predicted, labels []int, classes int) (Confusion, error) {
	if len(predicted) != len(labels) {
		return nil, fmt.Errorf("classify: %d predictions and %d labels, want as many", len(predicted), len(labels))
	}
	if classes < 1 {
		return nil, fmt.Errorf("classify: classes = %d, want at least 1", classes)
	}
	c := make(Confusion, classes)
	for i := range c {
		c[i] = make([]int, classes)
	}
	for i, l := range labels {
		p := predicted[i]
		if l < -1 || l >= classes || p < 0 || p >= classes {
			return nil, fmt.Errorf("classify: row %d is predicted as %d and labelled %d, want 0 to %d, or −1 for a label that is not known", i, p, l, classes-1)
		}
		if l >= 0 {
			c[l][p]++
		}
	}
	return c, nil
}

// Accuracy is the share of predictions that are right.
func (c Confusion) Accuracy() float64 {
	right, all := 0, 0
	for l, row := range c {
		right += row[l]
		for _, n := range row {
			all += n
		}
	}
	return ratio(right, all)
}

// BalancedAccuracy is the mean, over the labels that occur, of the share of
// each that is predicted right: what Accuracy is where all occur as often.
func (c Confusion) BalancedAccuracy() float64 {
	sum, classes := 0., 0.
	for l, row := range c {
		all := 0
		for _, n := range row {
			all += n
		}
		if all > 0 {
			sum, classes = sum+ratio(row[l], all), classes+1
		}
	}
	return sum / classes
}

// Counts is the true positives, false positives and false negatives of each
// class.
func (c Confusion) Counts() Counts {
	out := newCounts(len(c))
	for l, row := range c {
		for p, n := range row {
			if l == p {
				out.True[l] += n
			} else {
				out.False[p] += n
				out.Missed[l] += n
			}
		}
	}
	return out
}

// MacroF1 is that of Counts.
func (c Confusion) MacroF1() float64 { return c.Counts().MacroF1() }

// MicroF1 is that of Counts: where each row has one class it is Accuracy.
func (c Confusion) MicroF1() float64 { return c.Counts().MicroF1() }

func ratio(a, b int) float64 {
	if b == 0 {
		return math.NaN()
	}
	return float64(a) / float64(b)
}
