package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

func itoa(n int) string { return strconv.Itoa(n) }

// clean makes a text of strangers fit to be shown in one line, of at most 200
// characters.
func clean(s string) string { return short(visible(s), 200) }

// visible writes characters that do not show, or turn the text around them
// (control, format and private ones, line ends), as "\u202e" and the like; white
// space becomes blanks and what is not UTF-8 a mark.
func visible(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case unicode.Is(unicode.Zs, r) || r == '\t':
			b.WriteByte(' ')
		case unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// short cuts a text to at most n characters.
func short(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n-1]) + "…"
}

// roomFor cuts a text to about so much width, to one letter at least.
func roomFor(s string, size, room float64) string {
	s = short(s, 200) // more has no room anywhere, and is slow to measure
	cut := s
	for n := len([]rune(s)); n > 2 && textWidth(cut, size) > room; {
		n--
		cut = short(s, n)
	}
	return cut
}

// textWidth estimates how wide a text is in a common sans-serif font.
func textWidth(s string, size float64) float64 {
	var w float64
	for _, r := range s {
		switch {
		case r >= 0x1100: // East Asian scripts, mostly square
			w++
		case strings.ContainsRune("ijlI.,:;'|! ()[]ft", r):
			w += 0.36
		case unicode.IsUpper(r) || r == 'm' || r == 'w' || r == '%':
			w += 0.74
		default:
			w += 0.58
		}
	}
	return w * size
}

// figure writes a number to four decimals, large ones to fewer, and a dash where
// it is not defined.
func figure(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "–"
	case v == math.Trunc(v) && a < 1e15 && a >= 2:
		return text.Grouped(int(v))
	default:
		return decimals(v)
	}
}

// decimals is figure for a column in which whole numbers have decimals too.
func decimals(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "–"
	case a >= 1000:
		return strconv.FormatFloat(v, 'g', 6, 64)
	case a < 5e-5 && a > 0:
		return strconv.FormatFloat(v, 'g', 2, 64)
	default:
		return strings.Replace(fmt.Sprintf("%.4f", v), "-0.0000", "0.0000", 1)
	}
}

// quantity writes a count or a weight: a whole number as such, others as figure
// does.
func quantity(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return text.Grouped(int(v))
	}
	return figure(v)
}
