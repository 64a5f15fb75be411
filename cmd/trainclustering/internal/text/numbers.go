// Package text words what the command shows: numbers, lines of a given width,
// colours of a terminal, small charts and suggestions.
package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Grouped writes a whole number with commas between thousands.
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Plural counts a thing in words: "1 node", "34 nodes".
func Plural(n int, thing string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(thing, "ss"):
		thing += "es"
	default:
		thing += "s"
	}
	return Grouped(n) + " " + thing
}

// Duration words seconds to two or three figures.
func Duration(s float64) string {
	switch {
	case s < 1e-3:
		return fmt.Sprintf("%.3g µs", s*1e6)
	case s < 1:
		return fmt.Sprintf("%.3g ms", s*1e3)
	case s < 60:
		return fmt.Sprintf("%.1f s", s)
	}
	whole := int(math.Round(s))
	if whole < 3600 {
		return fmt.Sprintf("%d min %d s", whole/60, whole%60)
	}
	return fmt.Sprintf("%d h %d min", whole/3600, whole/60%60)
}

// MemorySize words bytes in units of 1000.
func MemorySize(b int64) string {
	switch {
	case b < 1e3:
		return fmt.Sprintf("%d B", b)
	case b < 1e6:
		return fmt.Sprintf("%.0f kB", float64(b)/1e3)
	case b < 1e9:
		return fmt.Sprintf("%.0f MB", float64(b)/1e6)
	}
	if b < 1e12 {
		return fmt.Sprintf("%.2f GB", float64(b)/1e9)
	}
	return fmt.Sprintf("%.4g TB", float64(b)/1e12)
}

// Loss writes a loss to five decimals, zero without a sign.
func Loss(v float64) string {
	if s := fmt.Sprintf("%.5f", v); s != "-0.00000" {
		return s
	}
	return "0.00000"
}

// Score writes a metric to four decimals, and a dash where it is undefined.
func Score(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%.4f", v)
}

// Number writes a number as a flag takes it.
func Number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// JoinInts writes whole numbers with commas between them.
func JoinInts(v []int) string {
	var words []string
	for _, n := range v {
		words = append(words, strconv.Itoa(n))
	}
	return strings.Join(words, ",")
}

// Shortest writes a number so that it reads back to the same bits: as a float32
// where it is one.
func Shortest(v float64) string {
	if float64(float32(v)) == v {
		return strconv.FormatFloat(v, 'g', -1, 32)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// SizeRange words the sizes of several clusters, from the least to the most.
func SizeRange(least, most int) string {
	if least == most {
		return Plural(most, "node") + " each"
	}
	return Grouped(least) + " to " + Plural(most, "node")
}
