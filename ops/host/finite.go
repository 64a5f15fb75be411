package host

import (
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// finiteBlock is how many numbers are squared and added up at a time: few
// enough for the nearest cache to have them still when they have been copied.
const finiteBlock = 4096

// Finite tells whether no number is NaN or infinite. Blocks are added up as
// squares, which is quick and finite for usual numbers; a block whose sum is
// not is looked at number by number.
func Finite[T ops.Float](x []T) bool {
	for len(x) > 0 {
		block := x[:min(len(x), finiteBlock)]
		if s := kernels.Squares(block); s-s != 0 && !eachFinite(block) {
			return false
		}
		x = x[len(block):]
	}
	return true
}

// CopyFinite copies src to dst, which is as long, and tells whether no number
// is NaN or infinite: one pass over memory where copying and Finite are two.
func CopyFinite[T ops.Float](dst, src []T) bool {
	finite := true
	for len(src) > 0 {
		n := min(len(src), finiteBlock)
		copy(dst, src[:n])
		finite = finite && Finite(dst[:n])
		dst, src = dst[n:], src[n:]
	}
	return finite
}

func eachFinite[T ops.Float](x []T) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
