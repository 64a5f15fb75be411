// Package machine asks the system and the run time about memory, and sets how
// it is used.
package machine

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// gcPercent is how much garbage is left lying, in percent of the memory in
// use. Training reuses its memory and leaves next to none, so that a low value
// costs nothing and keeps the peak down.
const gcPercent = 25

// freeNodes is how many nodes a graph has for which FreeBetween gives memory back.
const freeNodes = 50000

// FreeBetween gives back to the system what a part of the run took and the next
// one does not need, where the graph is large; elsewhere it would take longer
// than it is worth.
func FreeBetween(nodes int) {
	if nodes >= freeNodes {
		runtime.GC() // runs finalizers: what they held goes with the next collection
		debug.FreeOSMemory()
	}
}

// SaveMemory sets gcPercent unless the environment says otherwise, and returns what
// puts it back.
func SaveMemory() (restore func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	old := debug.SetGCPercent(gcPercent)
	return func() { debug.SetGCPercent(old) }
}

// outsideHeap is what a process of the command takes beside the memory that Go's
// run time manages, in bytes.
const outsideHeap = 32e6

// KeepWithin lets garbage be collected as often as the process needs to stay
// within so many bytes, unless the environment says otherwise, and returns what
// puts the old limit back.
func KeepWithin(bytes float64) (restore func()) {
	if os.Getenv("GOMEMLIMIT") != "" || bytes <= outsideHeap || bytes >= math.MaxInt64 {
		return func() {}
	}
	old := debug.SetMemoryLimit(int64(bytes - outsideHeap))
	return func() { debug.SetMemoryLimit(old) }
}
