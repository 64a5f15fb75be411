package text

import "strings"

// Suggest returns the word closest to a mistyped one, or "" where none is
// close: up to half of its letters, at most three, and never all of them
// differ. A word that differs in its digits alone is another thing, not a
// mistyped one.
func Suggest(typed string, words []string) string {
	best, least := "", min(max(1, len(typed)/2)+1, 4, len(typed))
	for _, w := range words {
		if d := editDistance(typed, w); d < least && !numbersApart(typed, w) {
			best, least = w, d
		}
	}
	return best
}

// numbersApart tells whether two words are the same but for numbers at their
// ends, which both have.
func numbersApart(a, b string) bool {
	const digits = "0123456789"
	x, y := strings.TrimRight(a, digits), strings.TrimRight(b, digits)
	return a != b && x == y && x != a && y != b
}

// DidYouMean is Suggest as a hint, "" where no word is close.
func DidYouMean(typed, prefix string, words []string) string {
	if w := Suggest(typed, words); w != "" {
		return "did you mean " + prefix + w + "?"
	}
	return ""
}

// editDistance counts the letters to insert, delete, replace or swap with
// their neighbour to make b of a (optimal string alignment).
func editDistance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			differ := 1
			if a[i-1] == b[j-1] {
				differ = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
