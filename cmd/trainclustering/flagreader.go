package main

import (
	"math"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
)

// flagReader turns the texts of flags into values and keeps the first fault,
// worded as "--name = value, want …". After a fault it returns zero values.
type flagReader struct {
	get   func(name string) string
	fault *failure
}

// wrong notes a flag's fault, with a hint where there is one.
func (r *flagReader) wrong(name, want, hint string) {
	if r.fault == nil {
		r.fault = usagef("--%s = %s, want %s", name, text.Quote(r.get(name)), want).withHint("%s", hint)
	}
}

// err is the first fault, nil where there was none.
func (r *flagReader) err() error {
	if r.fault == nil {
		return nil
	}
	return r.fault
}

// word reads one of a few words.
func (r *flagReader) word(name string, words ...string) string {
	typed := r.get(name)
	for _, w := range words {
		if typed == w {
			return w
		}
	}
	r.wrong(name, text.List(words, "or"),
		text.DidYouMean(strings.ToLower(typed), "", words))
	return ""
}

// count reads a whole number from low to high.
func (r *flagReader) count(name string, low, high int) int {
	n, err := strconv.Atoi(r.get(name))
	if err != nil || n < low || n > high {
		r.wrong(name, countRange(low, high), "")
		return 0
	}
	return n
}

// countRange words the whole numbers from low to high.
func countRange(low, high int) string {
	if high == math.MaxInt32 {
		return "a whole number, " + strconv.Itoa(low) + " or more"
	}
	return "a whole number from " + strconv.Itoa(low) + " to " + strconv.Itoa(high)
}

// counts reads whole numbers with commas between them, each from low to high.
func (r *flagReader) counts(name string, low, high int) []int {
	var out []int
	for _, part := range strings.Split(r.get(name), ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < low || n > high {
			r.wrong(name, "whole numbers from "+strconv.Itoa(low)+" to "+strconv.Itoa(high)+
				" with commas between them, as in 64 or 128,64", "")
			return nil
		}
		out = append(out, n)
	}
	return out
}

// auto is the word for what is decided from the graph.
const auto = "auto"

// hops reads auto or a number of steps.
func (r *flagReader) hops(name string) int {
	if r.get(name) == auto {
		return embed.AutoHops
	}
	n, err := strconv.Atoi(r.get(name))
	if err != nil || n < 0 || n > 1000 {
		r.wrong(name, "auto or a whole number from 0 to 1000", "")
	}
	return n
}

// neighbours reads auto or a number.
func (r *flagReader) neighbours(name string) float64 {
	if r.get(name) == auto {
		return cluster.AutoNeighbours
	}
	return r.real(name, "auto or a number, 0 or more", notNegative)
}

// span reads two whole numbers from low to high with a dash between them.
func (r *flagReader) span(name string, low, high int) (out [2]int) {
	first, second, found := strings.Cut(r.get(name), "-")
	a, err := strconv.Atoi(strings.TrimSpace(first))
	b, err2 := strconv.Atoi(strings.TrimSpace(second))
	if !found || err != nil || err2 != nil || a < low || b < a || b > high {
		r.wrong(name, "two whole numbers with a dash between them, as in 2-16", "")
	}
	return [2]int{a, b}
}

// seed reads a seed: any whole number of 64 bits that is not negative.
func (r *flagReader) seed(name string) uint64 {
	n, err := strconv.ParseUint(r.get(name), 10, 64)
	if err != nil {
		r.wrong(name, "a whole number, 0 or more (64 bits)", "")
	}
	return n
}

// real reads a finite number that ok accepts; want words what it accepts.
func (r *flagReader) real(name, want string, ok func(float64) bool) float64 {
	v, err := strconv.ParseFloat(r.get(name), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || !ok(v) {
		r.wrong(name, want, "")
		return 0
	}
	return v
}

func positive(v float64) bool    { return v > 0 }
func notNegative(v float64) bool { return v >= 0 }
