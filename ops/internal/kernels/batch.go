package kernels

// BatchMul sets out[g] = a[g]·b[g] for batch matrices behind each other, out
// m×n: a[g] is m×k, or k×m and taken transposed with transA; b[g] k×n, or n×k
// with transB. A factor whose batch, batchA or batchB, is 1 serves all.
// Matrices are spread over the goroutines whole where there are several.
func BatchMul[T Float](out, a, b []T, batchA, batchB, m, k, n int, transA, transB bool) {
	batch := max(batchA, batchB)
	if batchA == 0 || batchB == 0 {
		return
	}
	one := func(g int) {
		mulOne(out[g*m*n:(g+1)*m*n], part(a, g%batchA, m*k), part(b, g%batchB, k*n), m, k, n, transA, transB)
	}
	if batch < 2*maxPartials && m*k*n > 1<<20 {
		for g := range batch {
			one(g)
		}
		return
	}
	ForRows(batch, m*(n+k*n/32), func(lo, hi int) {
		for g := lo; g < hi; g++ {
			one(g)
		}
	})
}

// part returns the g-th of the matrices of size elements.
func part[T Float](x []T, g, size int) []T { return x[g*size : (g+1)*size] }

// mulOne multiplies two matrices, either taken transposed.
func mulOne[T Float](out, a, b []T, m, k, n int, transA, transB bool) {
	switch {
	case transA && transB:
		turned := scratch[T](m * n)
		MatMul(*turned, b, a, n, k, m)
		Transpose(out, *turned, n, m)
		release(turned)
	case transA:
		MatMulTN(out, a, b, k, m, n)
	case transB:
		MatMulNT(out, a, b, m, k, n)
	default:
		MatMul(out, a, b, m, k, n)
	}
}
