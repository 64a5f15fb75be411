package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// output runs a command in a folder and returns what it prints.
func output(dir string, env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, lastLines(errs.String()+out.String(), 15))
	}
	return out.Bytes(), nil
}

func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// peerEnv makes the peer use so many threads and keep the memory it frees,
// without which page faults make its large results slow.
func peerEnv(threads int) []string {
	n := strconv.Itoa(threads)
	return []string{
		"OMP_NUM_THREADS=" + n, "MKL_NUM_THREADS=" + n, "OPENBLAS_NUM_THREADS=" + n,
		"MALLOC_MMAP_THRESHOLD_=4000000000", "MALLOC_TRIM_THRESHOLD_=4000000000", "MALLOC_TOP_PAD_=67108864",
		"PYTHONWARNINGS=ignore",
	}
}

// peerResult is the line that a script prints.
type peerResult struct {
	MS       float64 `json:"median_ms"`
	RSS      int64   `json:"peak_rss_bytes"`
	Way      string  `json:"way"`
	Products string  `json:"products"`
	Features string  `json:"features"`
}

// script runs one of the peer's scripts.
func (b *bench) script(args ...string) (peerResult, error) {
	var r peerResult
	args = append(append(append([]string{}, b.peer[1:]...), args...), "--threads", strconv.Itoa(b.threads), "--seconds", fmt.Sprint(b.seconds))
	out, err := output(b.work, peerEnv(b.threads), b.peer[0], args...)
	if err != nil {
		return r, err
	}
	line := []byte(lastLines(string(out), 1))
	if err := json.Unmarshal(line, &r); err != nil || !(r.MS > 0) {
		return r, fmt.Errorf("%s printed %q, want a line of JSON with median_ms: %v", strings.Join(args, " "), line, err)
	}
	return r, nil
}
