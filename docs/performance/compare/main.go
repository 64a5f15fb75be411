// Command compare measures graphpool beside PyTorch and writes a table of the
// ratios of their times:
//
//	go run ./docs/performance/compare --data DIR
//
// from the repository's root. Each thing is measured in rounds, ours and the
// peer's in turn, each in a process of its own with the same number of
// threads. A ratio is that of the medians of one round; the table has the
// middle one of the rounds.
//
// DIR holds cora.npz, pubmed.npz and amazon_electronics_computers.npz of
// gnn-benchmark; graphs that are not there are left out. The peer needs torch,
// torch_geometric and scipy, and uses torch_scatter and torch_sparse where they
// are. --peer is the command that runs a Python script, in the folder --work,
// to which scripts and graphs are copied. GRAPHPOOL_CPU=avx2 in the environment
// lowers the instruction set of both sides.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"
)

// config is what the flags say.
type config struct {
	peer    []string // the command before the script
	work    string   // where scripts and graphs lie, and the peer runs
	data    string
	out     string
	only    *regexp.Regexp
	rounds  int
	threads int
	cpu     string  // the instruction set of both; "": the best
	seconds float64 // a measurement of ours and of the peer's
}

func main() {
	c, err := parse(os.Args[1:])
	if err == nil {
		err = run(c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// parse reads the flags; their defaults are in the environment, where set.
func parse(args []string) (*config, error) {
	env := func(name, otherwise string) string {
		if v := os.Getenv(name); v != "" {
			return v
		}
		return otherwise
	}
	c := &config{cpu: os.Getenv(cpuVariable)}
	if _, ok := peerLevels[c.cpu]; !ok {
		return nil, fmt.Errorf("%s = %q, want avx2, avx512 or nothing: the peer has no other", cpuVariable, c.cpu)
	}
	f := flag.NewFlagSet("compare", flag.ContinueOnError)
	peer := f.String("peer", env("PEER_PYTHON", "python3"), "command that runs a Python script; none: ours alone")
	f.StringVar(&c.work, "work", os.Getenv("PEER_DIR"), "folder in which the peer runs; default: a new one")
	f.StringVar(&c.data, "data", "", "folder of the real graphs")
	f.StringVar(&c.out, "out", "docs/performance/results", "where to write, as .md and .json")
	only := f.String("only", "", "measure what matches this expression alone, such as epoch/ or segment")
	f.IntVar(&c.rounds, "rounds", 3, "how often")
	f.IntVar(&c.threads, "threads", 2, "threads of both")
	f.Float64Var(&c.seconds, "seconds", 3, "time for one measurement")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if *peer != "none" {
		c.peer = strings.Fields(*peer)
	}
	if c.rounds < 1 || c.threads < 1 || !(c.seconds > 0) {
		return nil, fmt.Errorf("--rounds %d, --threads %d and --seconds %v, want more than 0 of each", c.rounds, c.threads, c.seconds)
	}
	var err error
	c.only, err = regexp.Compile(*only)
	return c, err
}

// run measures everything and writes the results after each thing, so that
// nothing is lost when it is stopped or one of them fails.
func run(c *config) error {
	b, err := newBench(c)
	if err != nil {
		return err
	}
	defer b.close()
	res := &results{Host: host(c), Rounds: c.rounds, Began: time.Now().UTC().Format(time.RFC3339)}
	if res.Limits, err = b.limits(); err != nil {
		return err
	}
	failed := 0
	for _, it := range items(b) {
		if !c.only.MatchString(it.group + "/" + it.name) {
			continue
		}
		r, err := b.measure(it)
		if err != nil {
			err = fmt.Errorf("%s/%s: %w", it.group, it.name, err)
			fmt.Fprintln(os.Stderr, err)
			failed++
			continue
		}
		res.add(it, r)
		fmt.Fprintln(os.Stderr, res.Items[len(res.Items)-1].line())
		if err := res.write(c.out); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d could not be measured", failed)
	}
	return nil
}
