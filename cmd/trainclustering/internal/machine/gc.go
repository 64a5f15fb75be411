// Package machine asks the system and the run time about memory, and sets how
// it is used.
package machine

import (
	"os"
	"runtime/debug"
)

// gcPercent is how much garbage is left lying, in percent of the memory in
// use. Training reuses its memory and leaves next to none, so that a low value
// costs nothing and keeps the peak down.
const gcPercent = 25

// SaveMemory sets gcPercent unless the environment says otherwise, and returns what
// puts it back.
func SaveMemory() (restore func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	old := debug.SetGCPercent(gcPercent)
	return func() { debug.SetGCPercent(old) }
}
