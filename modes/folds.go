package modes

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// StratifiedFolds splits 0 to len(classes)−1 into k folds, so that each class
// is spread over them as evenly as can be: the numbers of a class in two folds
// differ by at most 1, and so do the sizes of the folds. Equal seeds give equal
// folds. Each fold is in ascending order. With one class for all it is plain
// folds.
//
// Errors: k below 2, or more than there are classes given.
func StratifiedFolds(classes []int, k int, seed uint64) ([][]int, error) {
	if k < 2 || k > len(classes) {
		return nil, fmt.Errorf("modes: folds: k = %d, want 2 to %d, the graphs", k, len(classes))
	}
	folds := make([][]int, k)
	for at, i := range byClass(classes, upTo(len(classes)), seed) {
		folds[at%k] = append(folds[at%k], i)
	}
	for _, f := range folds {
		slices.Sort(f)
	}
	return folds, nil
}

// StratifiedPart takes a share of the positions index, of each class about as
// much, and gives those taken and the rest, both in ascending order: a
// validation part from the training part, for example. At least one is taken
// and one is left.
//
// Errors: a share outside (0, 1); fewer than 2 positions; one out of range.
func StratifiedPart(classes, index []int, share float64, seed uint64) (part, rest []int, err error) {
	if !(share > 0 && share < 1) {
		return nil, nil, fmt.Errorf("modes: part: share = %v, want (0, 1)", share)
	}
	if len(index) < 2 {
		return nil, nil, fmt.Errorf("modes: part: %d positions, want at least 2", len(index))
	}
	if err := checkPositions(index, len(classes)); err != nil {
		return nil, nil, fmt.Errorf("modes: part: %w", err)
	}
	take := min(len(index)-1, max(1, int(share*float64(len(index))+.5)))
	n := len(index)
	for at, i := range byClass(classes, index, seed) {
		if (at+1)*take/n > at*take/n { // take of n, evenly spread
			part = append(part, i)
		} else {
			rest = append(rest, i)
		}
	}
	slices.Sort(part)
	slices.Sort(rest)
	return part, rest, nil
}

// byClass is the positions index, shuffled, one class after the other.
func byClass(classes, index []int, seed uint64) []int {
	order := slices.Clone(index)
	rng := rand.New(rand.NewPCG(seed, 0x5eed))
	rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	slices.SortStableFunc(order, func(a, b int) int { return classes[a] - classes[b] })
	return order
}

// Without is 0 to n−1 without the positions index: the training part where
// index is a fold.
//
// Errors: n below 0 or above 2²⁶; a position out of range, or twice.
func Without(n int, index []int) ([]int, error) {
	err := checkPositions(index, n)
	if err == nil && (n < 0 || n > 1<<26) {
		err = fmt.Errorf("n = %d, want 0 to %d", n, 1<<26)
	}
	if err == nil {
		err = checkOnce(index)
	}
	if err != nil {
		return nil, fmt.Errorf("modes: without: %w", err)
	}
	gone := slices.Sorted(slices.Values(index))
	rest := make([]int, 0, n-len(gone))
	for i := range n {
		if len(gone) > 0 && gone[0] == i {
			gone = gone[1:]
			continue
		}
		rest = append(rest, i)
	}
	return rest, nil
}

// checkOnce errs where a position is there twice.
func checkOnce(index []int) error {
	seen := make(map[int]bool, len(index))
	for _, i := range index {
		if seen[i] {
			return fmt.Errorf("position %d is there twice", i)
		}
		seen[i] = true
	}
	return nil
}

func checkPositions(index []int, n int) error {
	for _, i := range index {
		if i < 0 || i >= n {
			return fmt.Errorf("position %d, want 0 to %d", i, n-1)
		}
	}
	return nil
}

// ReadIndex reads the positions, from 0, of some of n graphs: whole numbers,
// one a line, as files of fixed splits have them. Blank lines are passed over.
//
// Errors: a line that is no number, a position out of range or twice, none.
func ReadIndex(r io.Reader, n int) ([]int, error) {
	if r == nil {
		return nil, errors.New("modes: index: the reader is nil")
	}
	var out []int
	lines := bufio.NewScanner(r)
	for at := 1; lines.Scan(); at++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= n {
			return nil, fmt.Errorf("modes: index: line %d is %q, want a whole number from 0 to %d", at, text, n-1)
		}
		out = append(out, i)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("modes: index: %w", err)
	}
	if len(out) == 0 {
		return nil, errors.New("modes: index: no positions, want at least 1")
	}
	if err := checkOnce(out); err != nil {
		return nil, fmt.Errorf("modes: index: %w", err)
	}
	return out, nil
}
