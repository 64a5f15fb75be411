package sbm

import "math/rand/v2"

// alias draws an index in proportion to its weight in constant time: each slot
// i keeps i with probability keep[i] and gives other[i] otherwise.
//
// Source: M. D. Vose, "A Linear Algorithm for Generating Random Numbers with a
// Given Distribution", IEEE TSE 17(9), 1991, doi:10.1109/32.92917.
type alias struct {
	keep  []float64
	other []int32
}

// newAlias takes positive weights.
func newAlias(weights []float64) alias {
	n := len(weights)
	a := alias{keep: make([]float64, n), other: make([]int32, n)}
	var sum float64
	for _, w := range weights {
		sum += w
	}
	var small, large []int32
	for i, w := range weights {
		a.keep[i], a.other[i] = w*float64(n)/sum, int32(i)
		if a.keep[i] < 1 {
			small = append(small, int32(i))
		} else {
			large = append(large, int32(i))
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.other[s] = l
		a.keep[l] -= 1 - a.keep[s]
		if a.keep[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, i := range append(small, large...) {
		a.keep[i] = 1 // what rounding left
	}
	return a
}

func (a alias) draw(r *rand.Rand) int {
	i := r.IntN(len(a.keep))
	if r.Float64() < a.keep[i] {
		return i
	}
	return int(a.other[i])
}
