// Command measure measures the recipe of layers/cluster on graphs with labels,
// beside other ways to cluster them, and writes the tables and the plot of
// docs/clustering.md.
//
//	go run ./docs/clustering/measure --data FOLDER
//
// from the repository's root, where the folder has npz files in the layout of
// gnn-benchmark. No way sees a label; labels are read for the measures alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// config is what the flags say.
type config struct {
	files        []string
	seeds, paper int // runs of each way, and of the papers' settings
	page, plot   string
	results      string
	methods      []string // of the recipe, beside dmon
	only16       bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	runtime.GOMAXPROCS(1) // so that seconds are those of the work, without waiting
	c, err := parse(os.Args[1:])
	if err == nil {
		err = run(ctx, c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func parse(args []string) (*config, error) {
	c := &config{}
	f := flag.NewFlagSet("measure", flag.ContinueOnError)
	data := f.String("data", "", "the folder of the npz files")
	only := f.String("only", "", "names of files to be measured, by commas; all where empty, none for the page alone")
	f.IntVar(&c.seeds, "seeds", 5, "runs of each way; 0: what was measured before stays")
	f.IntVar(&c.paper, "paper", 0, "runs with the papers' settings, which take 1000 epochs each; 0: none")
	f.StringVar(&c.page, "out", "docs/clustering.md", "the page whose tables are replaced")
	methods := f.String("methods", "mincut,justbalance", "methods of the recipe beside dmon, by commas")
	f.BoolVar(&c.only16, "only16", false, "k = 16 alone")
	f.StringVar(&c.results, "results", "docs/clustering/results.json", "what was measured before, to which this is added")
	f.StringVar(&c.plot, "plot", "docs/clustering/tradeoff.svg", "where the plot goes")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if *data == "" || c.seeds < 0 || c.paper < 0 {
		return nil, fmt.Errorf("--data %q --seeds %d --paper %d, want a folder, at least 0, at least 0", *data, c.seeds, c.paper)
	}
	if *methods != "" {
		c.methods = strings.Split(*methods, ",")
	}
	all, err := filepath.Glob(filepath.Join(*data, "*.npz"))
	if err != nil {
		return nil, err
	}
	for _, file := range all {
		if *only == "" || slices.Contains(strings.Split(*only, ","), name(file)) {
			c.files = append(c.files, file)
		}
	}
	if len(c.files) == 0 && *only != "none" {
		return nil, fmt.Errorf("--data %q --only %q: no npz file", *data, *only)
	}
	return c, nil
}

func name(file string) string { return strings.TrimSuffix(filepath.Base(file), ".npz") }

func run(ctx context.Context, c *config) error {
	done, err := load(c.results)
	if err != nil {
		return err
	}
	for _, file := range c.files {
		g, err := graphfile.Read(file)
		if err != nil {
			return err
		}
		for _, k := range c.counts(g) {
			m, err := c.measure(ctx, name(file), g, k)
			if err != nil {
				return fmt.Errorf("%s, k = %d: %w", file, k, err)
			}
			fmt.Print(m.text())
			done = with(done, m)
			if err := save(c.results, done); err != nil {
				return err
			}
		}
	}
	if err := os.WriteFile(c.plot, []byte(plot(done)), 0o644); err != nil {
		return err
	}
	return replace(c.page, page(done))
}

// counts is the numbers of clusters: 16, and the number of classes.
func (c *config) counts(g *graphfile.Graph) []int {
	ks := []int{16}
	if g.Labels != nil && !c.only16 {
		if k := slices.Max(g.Labels) + 1; k != 16 {
			ks = append(ks, k)
		}
	}
	return ks
}
