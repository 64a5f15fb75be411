package machine

import "syscall"

// PeakRSS returns the largest resident size of the process so far in bytes, or
// 0 where the system does not say.
func PeakRSS() int64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return usage.Maxrss
}
