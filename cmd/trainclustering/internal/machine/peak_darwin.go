package main

import "syscall"

// peakRSS returns the largest resident size of the process so far in bytes, or
// 0 where the system does not say.
func peakRSS() int64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return usage.Maxrss
}
