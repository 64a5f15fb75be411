package classify

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// AUC is the area under the ROC curve: the share of pairs of a row of label 1
// and one of label 0 of which the first has the higher score, pairs of equal
// scores counting half. Rows of label −1 are left out. It is NaN where a label
// is missing. It takes O(n log n) time.
//
// Errors: slices of different lengths; a label other than 0, 1 and −1; a score
// that is NaN.
//
// Source: J. Hanley, B. McNeil, The meaning and use of the area under a receiver
// operating characteristic (ROC) curve, Radiology 143, 1982.
func AUC(scores []float64, labels []int) (float64, error) {
	if len(scores) != len(labels) {
		return 0, fmt.Errorf("classify: %d scores and %d labels, want as many", len(scores), len(labels))
	}
	var order []int
	for i, l := range labels {
		if l < -1 || l > 1 || math.IsNaN(scores[i]) {
			return 0, fmt.Errorf("classify: row %d has label %d and score %v, want 0, 1 or −1 and a number", i, l, scores[i])
		}
		if l >= 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	var ranks, ones float64 // the sum of the ranks of label 1, from 1, ties in the middle
	for lo := 0; lo < len(order); {
		hi := lo
		tied := 0.
		for ; hi < len(order) && scores[order[hi]] == scores[order[lo]]; hi++ {
			tied += float64(labels[order[hi]])
		}
		ranks += tied * float64(lo+hi+1) / 2
		ones += tied
		lo = hi
	}
	zeros := float64(len(order)) - ones
	if ones == 0 || zeros == 0 {
		return math.NaN(), nil
	}
	return (ranks - ones*(ones+1)/2) / (ones * zeros), nil
}

// MacroAUC is the mean of the AUC of each class against all others, of scores
// with a column for each class, row by row. It is NaN where a class is missing.
//
// Errors: those of AUC; labels or scores that are not of so many classes.
func MacroAUC(scores []float64, labels []int, classes int) (float64, error) {
	if classes < 2 || len(scores) != len(labels)*classes {
		return 0, fmt.Errorf("classify: %d scores, %d labels and %d classes, want at least 2 classes and a score of each for each label", len(scores), len(labels), classes)
	}
	sum := 0.
	column, is := make([]float64, len(labels)), make([]int, len(labels))
	for c := range classes {
		for i, l := range labels {
			if l >= classes {
				return 0, fmt.Errorf("classify: row %d has label %d, want at most %d", i, l, classes-1)
			}
			column[i], is[i] = scores[i*classes+c], min(l, 0)
			if l == c {
				is[i] = 1
			}
		}
		a, err := AUC(column, is)
		if err != nil {
			return 0, err
		}
		sum += a / float64(classes)
	}
	return sum, nil
}
