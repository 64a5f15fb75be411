//go:build unix

package main

import (
	"syscall"
	"time"
)

// seconds is the processor time of this program so far. It hardly depends on
// what else the machine does.
func seconds() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
}
