package kernels

// Squares is x·x in the precision of x, on one thread: what tells a block that
// holds NaN or an infinity from usual ones.
func Squares[T Float](x []T) T {
	if len(x) == 0 {
		return 0
	}
	if level > plain {
		var sum T
		asmDots(&sum, &x[0], &x[0], nil, nil, 0, 0, len(x), 1)
		return sum
	}
	return dot(x, x)
}
