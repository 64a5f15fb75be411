package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// host is the machine that a run is on.
func host() string {
	return fmt.Sprintf("%s, %s/%s, GOMAXPROCS %d, %s", processor(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), runtime.Version())
}

// processor is the name of the processor, where the system tells it.
func processor() string {
	data, _ := os.ReadFile("/proc/cpuinfo")
	_, text, _ := strings.Cut(string(data), "model name")
	line, _, _ := strings.Cut(text, "\n")
	return cmp.Or(strings.TrimLeft(line, "\t :"), "processor not known")
}

// commit is that of the working tree, where git tells it.
func commit() string {
	out, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "not known"
	}
	return strings.TrimSpace(string(out))
}

// cpu is the seconds of processor time of the process, of the user and of the
// system, 0 where the system does not tell them.
func cpu() float64 {
	data, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	text := string(data)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	if len(fields) < 13 {
		return 0
	}
	var ticks float64 // of a hundredth of a second
	for _, f := range fields[11:13] {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return 0
		}
		ticks += v
	}
	return ticks / 100
}

// forget begins the peak of memory anew, where the system can.
func forget() {
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// peak is the most memory of the process since forget, 0 where it is not known.
func peak() int64 {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, text, ok := strings.Cut(string(data), "VmHWM:")
	fields := strings.Fields(text)
	if !ok || len(fields) == 0 {
		return 0
	}
	kilobytes, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes * 1024
}
