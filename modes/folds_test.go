package modes

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestStratifiedFolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes := rapid.SliceOfN(rapid.IntRange(0, 3), 2, 60).Draw(t, "classes")
		k := rapid.IntRange(2, len(classes)).Draw(t, "k")
		seed := rapid.Uint64().Draw(t, "seed")
		folds, err := StratifiedFolds(classes, k, seed)
		require.NoError(t, err)
		again, err := StratifiedFolds(classes, k, seed)
		require.NoError(t, err)
		require.Equal(t, folds, again)
		all := slices.Sorted(slices.Values(slices.Concat(folds...)))
		require.Equal(t, upTo(len(classes)), all, "each in one fold")
		for class := range 4 {
			least, most := len(classes), 0
			for _, f := range folds {
				n := 0
				for _, i := range f {
					if classes[i] == class {
						n++
					}
				}
				least, most = min(least, n), max(most, n)
			}
			require.LessOrEqual(t, most-least, 1, "class %d", class)
		}
	})
	_, err := StratifiedFolds([]int{0, 1}, 3, 0)
	assert.EqualError(t, err, "modes: folds: k = 3, want 2 to 2, the graphs")
}

func TestStratifiedPart(t *testing.T) {
	classes := make([]int, 100)
	for i := range classes {
		if i%4 == 0 {
			classes[i] = 1
		}
	}
	part, rest, err := StratifiedPart(classes, upTo(80), .1, 5)
	require.NoError(t, err)
	assert.Len(t, part, 8)
	assert.Equal(t, upTo(80), slices.Sorted(slices.Values(append(part, rest...))))
	ones := 0
	for _, i := range part {
		ones += classes[i]
	}
	assert.Equal(t, 2, ones, "a quarter of 8")
	part, rest, err = StratifiedPart(classes, []int{3, 4}, .01, 5)
	require.NoError(t, err)
	assert.Len(t, part, 1)
	assert.Len(t, rest, 1)
	for want, f := range map[string]func() error{
		"modes: part: share = 1, want (0, 1)":         func() error { _, _, err := StratifiedPart(classes, upTo(9), 1, 0); return err },
		"modes: part: 1 positions, want at least 2":   func() error { _, _, err := StratifiedPart(classes, upTo(1), .5, 0); return err },
		"modes: part: position 100, want 0 to 99":     func() error { _, _, err := StratifiedPart(classes, []int{0, 100}, .5, 0); return err },
		"modes: without: position 1 is there twice":   func() error { _, err := Without(3, []int{1, 1}); return err },
		"modes: without: n = -1, want 0 to 67108864":  func() error { _, err := Without(-1, nil); return err },
		"modes: index: the reader is nil":             func() error { _, err := ReadIndex(nil, 3); return err },
		"modes: without: position -1, want 0 to 2":    func() error { _, err := Without(3, []int{-1}); return err },
		"modes: index: no positions, want at least 1": func() error { _, err := ReadIndex(strings.NewReader("\n"), 3); return err },
		`modes: index: line 3 is "3", want a whole`:   func() error { _, err := ReadIndex(strings.NewReader("1\n\n3\n"), 3); return err },
		`modes: index: line 1 is "a", want a whole`:   func() error { _, err := ReadIndex(strings.NewReader("a"), 3); return err },
		"modes: index: position 1 is there twice":     func() error { _, err := ReadIndex(strings.NewReader("1\n1"), 3); return err },
	} {
		assert.ErrorContains(t, f(), want)
	}
	index, err := ReadIndex(strings.NewReader("2\r\n0\n"), 3)
	require.NoError(t, err)
	assert.Equal(t, []int{2, 0}, index)
	others, err := Without(3, index)
	require.NoError(t, err)
	assert.Equal(t, []int{1}, others)
}
