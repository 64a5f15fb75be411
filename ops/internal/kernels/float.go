package kernels

import (
	"sync"
	"unsafe"
)

// Float is the element type of every kernel.
type Float interface{ float32 | float64 }

// is32 reports whether T is float32; the compiler folds it to a constant.
func is32[T Float]() bool {
	var z T
	return unsafe.Sizeof(z) == 4
}

// Scratch memory is kept between calls, so that a kernel that needs some does
// not allocate in steady state. The contents of a fresh buffer are undefined.
var (
	pool32    = sync.Pool{New: func() any { return new([]float32) }}
	pool64    = sync.Pool{New: func() any { return new([]float64) }}
	poolIndex = sync.Pool{New: func() any { return new([]int32) }}
)

// scratch returns a buffer of n elements, to be handed to release after use.
func scratch[T Float](n int) *[]T {
	pool := &pool64
	if is32[T]() {
		pool = &pool32
	}
	return grow(pool.Get().(*[]T), n)
}

// release hands a buffer of scratch back.
func release[T Float](p *[]T) {
	if is32[T]() {
		pool32.Put(p)
		return
	}
	pool64.Put(p)
}

// indexScratch returns a buffer of n int32, to be handed to poolIndex.Put.
func indexScratch(n int) *[]int32 {
	return grow(poolIndex.Get().(*[]int32), n)
}

// grow sets the length of *p to n, reallocating only where it is too small.
func grow[E any](p *[]E, n int) *[]E {
	if cap(*p) < n {
		*p = make([]E, n+n/8)
	}
	*p = (*p)[:n]
	return p
}
