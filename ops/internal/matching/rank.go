package matching

import "math"

// FallingOrder is the indices of x by falling value, equal ones by rising index.
// It sorts the bits of the numbers 11 at a time, in linear time.
func FallingOrder(x []float64) []int32 {
	const digit = 11
	keys, order := make([]uint64, len(x)), make([]int32, len(x))
	for i, v := range x {
		bits := math.Float64bits(v + 0) // one 0, not two
		if bits>>63 == 1 {
			bits = ^bits
		} else {
			bits |= 1 << 63
		}
		keys[i], order[i] = ^bits, int32(i) // rising bits are falling values
	}
	keys2, order2 := make([]uint64, len(x)), make([]int32, len(x))
	for shift := 0; shift < 64; shift += digit {
		var at [1 << digit]int32
		for _, k := range keys {
			at[k>>shift&(1<<digit-1)]++
		}
		sum, sole := int32(0), false
		for d, n := range at {
			sole = sole || int(n) == len(x)
			at[d] = sum
			sum += n
		}
		if sole { // all have the same digit
			continue
		}
		for i, k := range keys {
			d := k >> shift & (1<<digit - 1)
			keys2[at[d]], order2[at[d]] = k, order[i]
			at[d]++
		}
		keys, keys2, order, order2 = keys2, keys, order2, order
	}
	return order
}
