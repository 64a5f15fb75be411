package machine

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// PeakRSS returns the largest resident size of the process so far in bytes, or
// 0 where the system does not say. VmHWM goes first: getrusage's figure
// survives exec, so that under `go run` it may be that of the go tool.
func PeakRSS() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range bytes.Lines(status) {
			fields := bytes.Fields(line)
			if len(fields) == 3 && string(fields[0]) == "VmHWM:" {
				if kib, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
					return kib * 1024
				}
			}
		}
	}
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return int64(usage.Maxrss) * 1024 //nolint:unconvert // 32 bits on some ports
}
