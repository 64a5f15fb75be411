package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// results is what compare writes.
type results struct {
	Host   hostInfo `json:"host"`
	Began  string   `json:"began"`
	Rounds int      `json:"rounds"`
	Limits limits   `json:"limits"`
	Items  []row    `json:"items"`
}

// hostInfo is where it was measured.
type hostInfo struct {
	CPU     string `json:"cpu"`
	Cores   int    `json:"cores"`
	Threads int    `json:"threads"`
	Go      string `json:"go"`
	Commit  string `json:"commit"`
	Level   string `json:"instructions,omitempty"` // where they were lowered
}

// row is an item's rounds.
type row struct {
	Group  string  `json:"group"`
	Name   string  `json:"name"`
	Rounds []pair  `json:"rounds"`
	Least  float64 `json:"least_ms,omitempty"` // at the machine's limits; 0: not known
	memory bool
}

func host(c *config) hostInfo {
	h := hostInfo{CPU: runtime.GOARCH, Cores: runtime.NumCPU(), Threads: c.threads, Go: runtime.Version(), Level: c.cpu}
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				h.CPU = strings.TrimSpace(strings.TrimLeft(name, "\t :"))
				break
			}
		}
	}
	if out, err := exec.Command("git", "describe", "--always", "--dirty").Output(); err == nil {
		h.Commit = strings.TrimSpace(string(out))
	}
	return h
}

func (r *results) add(it item, rounds []pair) {
	r.Items = append(r.Items, row{Group: it.group, Name: it.name, Rounds: rounds, Least: r.Limits.ms(it.work), memory: it.memory})
}

// write writes the table and the rounds behind it.
func (r *results) write(path string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".json", append(data, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(path+".md", []byte(r.markdown()), 0o644)
}

// markdown is the table.
func (r *results) markdown() string {
	var b strings.Builder
	h := r.Host
	fmt.Fprintf(&b, "# Measured\n\nWritten by `go run ./docs/performance/compare`; [performance.md](../performance.md) says how it measures.\n\n")
	if h.Level != "" {
		h.CPU += " (" + h.Level + " on both sides)"
	}
	fmt.Fprintf(&b, "%s, %d cores, %d threads on each side, %s, commit %s, %s. Times in ms; a ratio is ours / torch's, below 1 where ours is faster: the middle one of %d rounds, and the least and the greatest.\n",
		h.CPU, h.Cores, h.Threads, h.Go, h.Commit, r.Began, r.Rounds)
	fmt.Fprintf(&b, "\nThe limits of the machine, measured in the same run: %.0f GB/s read, %.0f GFLOP/s. Where the least time at these limits is known, the last column is its share of ours; above 1, caches spared memory.\n", r.Limits.Bytes/1e9, r.Limits.Flops/1e9)
	for _, g := range []struct{ group, title string }{
		{"epoch", "An epoch of clustering"}, {"kernel", "Operations"}, {"layer", "A training step of a layer"},
	} {
		rows := slices.DeleteFunc(slices.Clone(r.Items), func(x row) bool { return x.Group != g.group })
		if len(rows) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s", g.title, table(rows, rows[0].memory))
	}
	return b.String()
}

func table(rows []row, memory bool) string {
	head := []string{"", "ours", "torch", "ratio", "rounds", "torch's way"}
	if memory {
		head = append(head, "peak memory, ours", "torch", "ratio")
	} else {
		head = append(head, "of the limit")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s |\n", strings.Join(r.cells(memory), " | "))
	}
	return b.String()
}

// cells is a row of the table.
func (r row) cells(memory bool) []string {
	ours, peer := r.middle(func(p pair) float64 { return p.Ours.MS }), r.middle(func(p pair) float64 { return p.Peer.MS })
	cells := []string{r.Name, number(ours), "–", "–", "–", ""}
	if peer > 0 {
		ratios := r.sorted(func(p pair) float64 { return p.Ours.MS / p.Peer.MS })
		cells = []string{
			r.Name, number(ours), number(peer), fmt.Sprintf("**%.2f**", median(ratios)),
			fmt.Sprintf("%.2f–%.2f", ratios[0], ratios[len(ratios)-1]), r.Rounds[len(r.Rounds)-1].Peer.Note,
		}
	}
	switch {
	case memory:
		return append(cells, r.memoryCells()...)
	case r.Least > 0:
		return append(cells, fmt.Sprintf("%.2f", r.Least/ours))
	}
	return append(cells, "")
}

// memoryCells is the peaks of the memory and their ratio.
func (r row) memoryCells() []string {
	ours, peer := r.middle(func(p pair) float64 { return float64(p.Ours.RSS) }), r.middle(func(p pair) float64 { return float64(p.Peer.RSS) })
	cells := []string{fmt.Sprintf("%.0f MB", ours/1e6), "–", "–"}
	if peer > 0 {
		cells[1], cells[2] = fmt.Sprintf("%.0f MB", peer/1e6), fmt.Sprintf("%.2f", ours/peer)
	}
	return cells
}

// line is a row on a terminal.
func (r row) line() string {
	return r.Group + ": " + strings.NewReplacer("**", "").Replace(strings.Join(r.cells(r.memory), "  "))
}

func (r row) sorted(of func(pair) float64) []float64 {
	var x []float64
	for _, p := range r.Rounds {
		x = append(x, of(p))
	}
	slices.Sort(x)
	return x
}

func (r row) middle(of func(pair) float64) float64 { return median(r.sorted(of)) }

// number is a time with three digits.
func number(ms float64) string {
	switch {
	case ms >= 100:
		return fmt.Sprintf("%.0f", ms)
	case ms >= 10:
		return fmt.Sprintf("%.1f", ms)
	case ms >= 1:
		return fmt.Sprintf("%.2f", ms)
	}
	return fmt.Sprintf("%.3f", ms)
}
