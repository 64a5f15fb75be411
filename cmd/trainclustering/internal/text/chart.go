package text

import (
	"math"
	"strings"
)

// SolidBar draws share, 0 to 1, of a width in cells, to an eighth of a cell.
// Anything above 0 shows at least the thinnest bar.
func SolidBar(share float64, width int) string {
	eighths := int(math.Round(share * float64(width) * 8))
	if share > 0 {
		eighths = max(1, eighths)
	}
	bar := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return bar
}

// Sparkline draws how a series went, in at most width cells of eight heights.
// Each cell is the mean of its stretch; a series that stays the same is flat.
func Sparkline(v []float64, width int) string {
	cells := stretchMeans(v, width)
	low, high := math.Inf(1), math.Inf(-1)
	for _, c := range cells {
		low, high = math.Min(low, c), math.Max(high, c)
	}
	heights := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for _, c := range cells {
		h := 0
		if high > low {
			h = int(math.Round((c - low) / (high - low) * 7))
		}
		b.WriteRune(heights[h])
	}
	return b.String()
}

// stretchMeans cuts a series into n stretches, or one a number where it is
// shorter, and returns their means.
func stretchMeans(v []float64, n int) []float64 {
	n = min(n, len(v))
	out := make([]float64, n)
	for i := range out {
		from, to := i*len(v)/n, (i+1)*len(v)/n
		for _, x := range v[from:to] {
			out[i] += x / float64(to-from)
		}
	}
	return out
}
