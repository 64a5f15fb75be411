package machine

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func memoryLimits() []int64 {
	var info unix.Sysinfo_t
	limits := cgroupLimits("/sys/fs/cgroup", "/proc/self/cgroup")
	if unix.Sysinfo(&info) == nil {
		limits = append(limits, int64(info.Totalram)*int64(info.Unit)) //nolint:unconvert // 32 bits on some ports
	}
	for _, which := range []int{unix.RLIMIT_AS, unix.RLIMIT_DATA} {
		var r syscall.Rlimit
		if syscall.Getrlimit(which, &r) == nil && r.Cur < math.MaxInt64 {
			// A process of Go maps more than it uses.
			limits = append(limits, int64(r.Cur)/10*6)
		}
	}
	return limits
}

// cgroupLimits are the limits of the control groups that the process is in and
// of all above them, of either version. Inside a container the group's path may
// not be there: then the root has the limit.
func cgroupLimits(root, self string) []int64 {
	text, err := os.ReadFile(self)
	if err != nil {
		return nil
	}
	var limits []int64
	for line := range bytes.Lines(text) {
		fields := strings.SplitN(strings.TrimSpace(string(line)), ":", 3)
		if len(fields) < 3 {
			continue
		}
		base, name := root, "memory.max"
		if fields[1] == "memory" {
			base, name = filepath.Join(root, "memory"), "memory.limit_in_bytes"
		} else if fields[1] != "" {
			continue
		}
		for group := filepath.Clean("/" + fields[2]); ; group = filepath.Dir(group) {
			limits = append(limits, readLimit(filepath.Join(base, group, name)))
			if group == "/" {
				break
			}
		}
	}
	return limits
}

// readLimit reads a file of one number; "max" and what is not there are 0.
func readLimit(path string) int64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
