// Command scaling measures what an epoch costs as graphs grow: from a thousand
// to a million nodes with ten edges each, 128 features and 16 clusters, and at
// one size as the edges, the features or the clusters become more.
//
//	go run ./docs/performance/scaling
//
// from the repository's root. It writes a table, .csv and .md, and a plot,
// .svg. Each size is trained in rounds, each a process of its own whose peak
// memory counts reading the graph as well; the middle time and the greatest
// memory count.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// config is what the flags say.
type config struct {
	sizes                 []int
	base                  setting // what does not vary; its nodes are those of the sweeps
	method, out           string
	threads, steps, least int
	rounds                int
}

func main() {
	c, err := parse(os.Args[1:])
	if err == nil {
		err = run(c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "scaling:", err)
		os.Exit(1)
	}
}

func parse(args []string) (*config, error) {
	c := &config{}
	f := flag.NewFlagSet("scaling", flag.ContinueOnError)
	sizes := f.String("nodes", "1000,3000,10000,30000,100000,300000,1000000", "the sizes")
	f.IntVar(&c.base.Degree, "avg-degree", 20, "mean degree, twice the edges of a node")
	f.IntVar(&c.base.Features, "features", 128, "features of a node")
	f.IntVar(&c.base.K, "k", 16, "clusters")
	f.IntVar(&c.base.Nodes, "sweep", 100_000, "nodes at which edges, features and clusters vary; 0: none do")
	f.StringVar(&c.method, "method", "dmon", "dmon or mincut")
	f.StringVar(&c.out, "out", "docs/performance/scaling/scaling", "where to write, as .csv, .md and .svg")
	f.IntVar(&c.threads, "threads", 2, "threads")
	f.IntVar(&c.steps, "work", 4_000_000, "nodes times epochs of a training")
	f.IntVar(&c.least, "epochs", 10, "the least number of epochs")
	f.IntVar(&c.rounds, "rounds", 3, "trainings of each size; the middle one counts")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("--nodes %s, want numbers above 0", *sizes)
		}
		c.sizes = append(c.sizes, n)
	}
	if c.threads < 1 || c.steps < 1 || c.least < 1 || c.rounds < 1 {
		return nil, fmt.Errorf("--threads %d, --work %d, --epochs %d and --rounds %d, want more than 0 of each", c.threads, c.steps, c.least, c.rounds)
	}
	return c, nil
}

// run measures each setting and writes what there is after each.
func run(c *config) error {
	t, err := newTrainer(c)
	if err != nil {
		return err
	}
	defer t.close()
	all := c.all()
	for i := range all {
		for j := range all[i].points {
			p := &all[i].points[j]
			if err := t.measure(p); err != nil {
				return fmt.Errorf("%+v: %w", p.setting, err)
			}
			fmt.Fprintf(os.Stderr, "%+v: %.3g s an epoch, %.0f MB\n", p.setting, p.Seconds, float64(p.RSS)/1e6)
			if err := write(c, all); err != nil {
				return err
			}
		}
	}
	return nil
}

// write writes what has been measured.
func write(c *config, all []series) error {
	var done []series
	for _, s := range all {
		s.points = slices.DeleteFunc(slices.Clone(s.points), func(p point) bool { return p.Seconds == 0 })
		done = append(done, s)
	}
	for ext, text := range map[string]string{".csv": csv(done), ".md": markdown(done, c), ".svg": plot(done[0].points)} {
		if err := os.WriteFile(c.out+ext, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
