package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// bench is the programs that are measured.
type bench struct {
	*config
	temp  string            // for binaries and output
	built map[string]string // test binaries by package
}

// sample is one measurement.
type sample struct {
	MS   float64 `json:"ms"`             // the median
	RSS  int64   `json:"rss,omitempty"`  // peak memory of the process, in bytes; 0: not of interest
	Note string  `json:"note,omitempty"` // how the peer computes it
}

// pair is ours and the peer's sample of one round.
type pair struct {
	Ours sample `json:"ours"`
	Peer sample `json:"peer"` // zero without a peer
}

// item is one thing to be measured on both sides.
type item struct {
	group, name string
	ours        func() (sample, error)
	peer        func() (sample, error)
	memory      bool // compare the peaks of memory as well
	work        work // where it is known
}

func newBench(c *config) (*bench, error) {
	temp, err := os.MkdirTemp("", "compare")
	if err != nil {
		return nil, err
	}
	b := &bench{config: c, temp: temp, built: map[string]string{}}
	if c.work == "" {
		c.work = filepath.Join(temp, "work")
	}
	if err := os.MkdirAll(c.work, 0o755); err != nil {
		return nil, err
	}
	scripts, err := filepath.Glob("docs/performance/peer/*.py")
	if err != nil || len(scripts) == 0 {
		return nil, fmt.Errorf("no scripts in docs/performance/peer, want the repository's root as working directory")
	}
	for _, s := range scripts {
		if err := b.bring(s); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *bench) close() { _ = os.RemoveAll(b.temp) }

// bring copies a file to where the peer runs.
func (b *bench) bring(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.work, filepath.Base(path)), data, 0o644)
}

// measure is the rounds of an item, ours and the peer's in turn.
func (b *bench) measure(it item) ([]pair, error) {
	var all []pair
	for range b.rounds {
		var p pair
		var err error
		if p.Ours, err = it.ours(); err != nil {
			return nil, fmt.Errorf("ours: %w", err)
		}
		if b.peer != nil {
			if p.Peer, err = it.peer(); err != nil {
				return nil, fmt.Errorf("the peer: %w", err)
			}
		}
		all = append(all, p)
	}
	return all, nil
}

// items is everything, in the order of the table.
func items(b *bench) []item {
	var all []item
	for _, g := range graphs {
		for _, method := range []string{"dmon", "mincut"} {
			all = append(all, b.epoch(g, method)...)
		}
	}
	for _, k := range kernelItems {
		all = append(all, b.goBench(k))
	}
	return all
}
