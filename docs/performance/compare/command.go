package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/docs/performance/internal/runner"
)

// cpuVariable lowers our instruction set, for all that is measured.
const cpuVariable = "GRAPHPOOL_CPU"

// peerLevels is what lowers the peer's instruction set to the same: that of
// torch's own kernels, of its two libraries of matrix products, and of oneDNN.
var peerLevels = map[string][]string{
	"":       nil,
	"avx512": nil,
	"avx2":   {"ATEN_CPU_CAPABILITY=avx2", "OPENBLAS_CORETYPE=Haswell", "MKL_ENABLE_INSTRUCTIONS=AVX2", "ONEDNN_MAX_CPU_ISA=AVX2"},
}

// peerEnv makes the peer use as many threads and the same instruction set as
// we do, and keep the memory it frees, without which page faults make its large
// results slow.
func (b *bench) peerEnv() []string {
	n := strconv.Itoa(b.threads)
	return append([]string{
		"OMP_NUM_THREADS=" + n, "MKL_NUM_THREADS=" + n, "OPENBLAS_NUM_THREADS=" + n,
		"MALLOC_MMAP_THRESHOLD_=4000000000", "MALLOC_TRIM_THRESHOLD_=4000000000", "MALLOC_TOP_PAD_=67108864",
		"PYTHONWARNINGS=ignore",
	}, peerLevels[b.cpu]...)
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
	out, err := runner.Output(b.work, b.peerEnv(), b.peer[0], args...)
	if err != nil {
		return r, err
	}
	line := []byte(runner.LastLines(string(out), 1))
	if err := json.Unmarshal(line, &r); err != nil || !(r.MS > 0) {
		return r, fmt.Errorf("%s printed %q, want a line of JSON with median_ms: %v", strings.Join(args, " "), line, err)
	}
	return r, nil
}
