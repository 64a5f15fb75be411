//go:build !amd64 || purego

package kernels

import "sync/atomic"

// waiting is read by pause, a load that the compiler keeps.
var waiting atomic.Int32

// pause waits a moment, longer for a larger n.
func pause(n int) {
	for range 16 * n {
		waiting.Load()
	}
}
