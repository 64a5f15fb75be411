package host

import (
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// finiteBlock is how many numbers Finite squares and adds up at a time.
const finiteBlock = 1024

// Finite tells whether no number is NaN or infinite. Blocks are added up as
// squares, which is quick and finite for usual numbers; a block whose sum is
// not is looked at number by number.
func Finite[T ops.Float](x []T) bool {
	rows := len(x) / finiteBlock
	sums := make([]T, rows)
	kernels.RowDot(sums, x[:rows*finiteBlock], x[:rows*finiteBlock], rows, finiteBlock)
	for r, s := range sums {
		if s-s != 0 && !eachFinite(x[r*finiteBlock:(r+1)*finiteBlock]) {
			return false
		}
	}
	return eachFinite(x[rows*finiteBlock:])
}

func eachFinite[T ops.Float](x []T) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
