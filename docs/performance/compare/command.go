package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/docs/performance/internal/runner"
)

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
	out, err := runner.Output(b.work, peerEnv(b.threads), b.peer[0], args...)
	if err != nil {
		return r, err
	}
	line := []byte(runner.LastLines(string(out), 1))
	if err := json.Unmarshal(line, &r); err != nil || !(r.MS > 0) {
		return r, fmt.Errorf("%s printed %q, want a line of JSON with median_ms: %v", strings.Join(args, " "), line, err)
	}
	return r, nil
}
