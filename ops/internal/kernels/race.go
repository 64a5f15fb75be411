//go:build race

package kernels

import (
	"runtime"
	"unsafe"
)

// reads tells the race detector that all of x is read, by code that is not
// instrumented itself (go:norace) or is assembly.
//
//go:norace
func reads[T Float | byte](x []T) {
	if len(x) > 0 {
		runtime.RaceReadRange(unsafe.Pointer(&x[0]), len(x)*int(unsafe.Sizeof(x[0])))
	}
}

// writes is reads for what is written.
//
//go:norace
func writes[T Float](x []T) {
	if len(x) > 0 {
		runtime.RaceWriteRange(unsafe.Pointer(&x[0]), len(x)*int(unsafe.Sizeof(x[0])))
	}
}
