package flags

import (
	"math"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
)

// Reader turns the texts of flags into values and keeps the first fault,
// worded as "--name = value, want …". After a fault it returns zero values.
type Reader struct {
	Get   func(name string) string
	Fault *failure.Failure
}

// Wrong notes a flag's fault, with a hint where there is one.
func (r *Reader) Wrong(name, want, hint string) {
	if r.Fault == nil {
		r.Fault = failure.Usagef("--%s = %s, want %s", name, text.Quote(r.Get(name)), want).WithHint("%s", hint)
	}
}

// Err is the first fault, nil where there was none.
func (r *Reader) Err() error {
	if r.Fault == nil {
		return nil
	}
	return r.Fault
}

// Word reads one of a few words.
func (r *Reader) Word(name string, words ...string) string {
	typed := r.Get(name)
	for _, w := range words {
		if typed == w {
			return w
		}
	}
	r.Wrong(name, text.List(words, "or"),
		text.DidYouMean(strings.ToLower(typed), "", words))
	return ""
}

// Count reads a whole number from low to high.
func (r *Reader) Count(name string, low, high int) int {
	n, err := strconv.Atoi(r.Get(name))
	if err != nil || n < low || n > high {
		r.Wrong(name, countRange(low, high, r.Get(name)), "")
		return 0
	}
	return n
}

// CountOrAuto reads a whole number from low to high where auto would do as
// well, which the caller has looked for.
func (r *Reader) CountOrAuto(name string, low, high int) int {
	n, err := strconv.Atoi(r.Get(name))
	if err != nil || n < low || n > high {
		r.Wrong(name, countRange(low, high, r.Get(name))+", or "+Auto, text.DidYouMean(strings.ToLower(r.Get(name)), "", []string{Auto}))
		return 0
	}
	return n
}

// countRange words the whole numbers from low to high. The largest number of 32
// bits is a bound to tell only where a larger one was asked.
func countRange(low, high int, asked string) string {
	large := len(strings.TrimLeft(asked, "0123456789")) == 0 && len(strings.TrimLeft(asked, "0")) > 9
	if high == math.MaxInt32 && !large {
		return "a whole number, " + strconv.Itoa(low) + " or more"
	}
	return "a whole number from " + strconv.Itoa(low) + " to " + strconv.Itoa(high)
}

// Counts reads whole numbers with commas between them, each from low to high.
func (r *Reader) Counts(name string, low, high int) []int {
	var out []int
	for _, part := range strings.Split(r.Get(name), ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < low || n > high {
			r.Wrong(name, "whole numbers from "+strconv.Itoa(low)+" to "+strconv.Itoa(high)+
				" with commas between them, as in 64 or 128,64", "")
			return nil
		}
		out = append(out, n)
	}
	return out
}

// Auto is the word for what is decided from the graph.
const Auto = "auto"

// Hops reads auto or a number of steps.
func (r *Reader) Hops(name string) int {
	if r.Get(name) == Auto {
		return embed.AutoHops
	}
	n, err := strconv.Atoi(r.Get(name))
	if err != nil || n < 0 || n > 1000 {
		r.Wrong(name, "auto or a whole number from 0 to 1000", "")
	}
	return n
}

// Neighbours reads auto or a number.
func (r *Reader) Neighbours(name string) float64 {
	if r.Get(name) == Auto {
		return cluster.AutoNeighbours
	}
	return r.Real(name, "auto or a number, 0 or more", NotNegative)
}

// Span reads two whole numbers from low to high with a dash between them.
func (r *Reader) Span(name string, low, high int) (out [2]int) {
	first, second, found := strings.Cut(r.Get(name), "-")
	a, err := strconv.Atoi(strings.TrimSpace(first))
	b, err2 := strconv.Atoi(strings.TrimSpace(second))
	if !found || err != nil || err2 != nil || a < low || b < a || b > high {
		r.Wrong(name, "two whole numbers with a dash between them, the first not above the second, as in 2-16", "")
	}
	return [2]int{a, b}
}

// Seed reads a seed: any whole number of 64 bits that is not negative.
func (r *Reader) Seed(name string) uint64 {
	n, err := strconv.ParseUint(r.Get(name), 10, 64)
	if err != nil {
		r.Wrong(name, "a whole number, 0 or more (64 bits)", "")
	}
	return n
}

// Real reads a finite number that ok accepts; want words what it accepts.
func (r *Reader) Real(name, want string, ok func(float64) bool) float64 {
	v, err := strconv.ParseFloat(r.Get(name), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || !ok(v) {
		r.Wrong(name, want, "")
		return 0
	}
	return v
}

// Positive accepts a number above 0.
func Positive(v float64) bool { return v > 0 }

// NotNegative accepts 0 and a number above.
func NotNegative(v float64) bool { return v >= 0 }
