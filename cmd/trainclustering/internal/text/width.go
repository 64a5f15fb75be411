package text

import (
	"os"
	"strconv"

	"golang.org/x/term"
)

// The narrowest and the widest that a page is set: what is longer is hard to read.
const narrowest, widest = 20, 120

// Width is how many columns a page for f may have: COLUMNS where it is set, else
// those of the terminal, else 80.
func Width(f *os.File) int {
	n, err := strconv.Atoi(os.Getenv("COLUMNS"))
	if err != nil || n < 1 {
		n, _, err = term.GetSize(int(f.Fd()))
	}
	if err != nil || n < 1 {
		return Columns
	}
	return min(max(n, narrowest), widest)
}
