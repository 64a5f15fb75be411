package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/contest"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/karate"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/machine"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outcome"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// compareFlags describes the flags of `compare`.
func compareFlags() []flags.Group {
	o := options.Default()
	return []flags.Group{
		{Title: "Flags", Rows: []flags.Row{
			{Name: "data", Arg: "FILE", Text: "the graph; - for standard input; default: the karate club"},
			{Name: "methods", Arg: "A,B", Value: strings.Join(model.MethodNames(), ","), Text: "methods, separated by commas; default {default}"},
			{Name: "seeds", Arg: "N", Value: "5", Text: "number of trainings of each method, with the seeds --seed, --seed + 1 and so on. The features are made once, " +
				"with --seed, so train --seed gives the same clusters as the first of them, and others than the rest; default {default}"},
			{Name: "seed", Arg: "N", Value: "0", Text: "the first seed; default {default}"},
			{Name: "k", Arg: "N", Text: fmt.Sprintf("number of clusters; default %d on the karate club and %d elsewhere", karate.Clusters, options.DefaultClusters)},
			{Name: "preset", Arg: "NAME", Value: o.Preset, Text: text.List(model.PresetNames(), "or") + ", as in train; default {default}"},
			{Name: "epochs", Arg: "N", Text: "maximum number of epochs" + options.ByPreset(func(c model.Config) string { return strconv.Itoa(c.Epochs) })},
			{Name: "refine", Arg: "NAME", Text: "none, moves or multilevel, as in train" + options.ByPreset(func(c model.Config) string { return c.Refine })},
			{Name: "out", Arg: "DIR", Text: "write " + text.List(compareNames(), "and")},
			{Name: "json", Kind: flags.NoValue, Text: "print one JSON document to standard output, and nothing else"},
			{Name: "quiet", Kind: flags.NoValue, Text: "do not report each training on standard error"},
			flags.MemoryFlag(),
		}},
		reading.Flags(),
	}
}

func compareHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering compare: compare methods on one graph",
		About: "Trains each method with several seeds. For comparison it adds k-means of the features, Louvain's method " +
			"(as it is, and merged to k clusters), and random clusters. The table has the mean and the " +
			"standard deviation over the seeds, without trainings that diverge. After Ctrl-C the table has the trainings that finished.",
		Usage: []string{"trainclustering compare [--data FILE] [--methods A,B] [--seeds N] [flags]"},
		Examples: []string{
			"trainclustering compare --data cora.npz --k 7 --out compared",
			"trainclustering compare --data edges.csv --methods dmon,mincut --seeds 10",
		},
		Flags: compareFlags(), Column: 20,
	}
}

func (p *program) compareCommand() *cli.Command {
	return &cli.Command{
		Name: "compare", Usage: "compare methods on one graph",
		CustomHelpTemplate: compareHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(compareFlags()),
		Action: p.compare,
	}
}

// compareOptions is what the command line of `compare` asks for.
type compareOptions struct {
	options.Train
	methods []string
	seeds   int
	json    bool
}

func readCompare(cmd *cli.Command) (compareOptions, error) {
	o := compareOptions{Train: options.Default(), json: cmd.Bool("json")}
	if err := flags.NoArguments(cmd, "--data"); err != nil {
		return o, err
	}
	r := &flags.Reader{Get: cmd.String}
	for _, name := range []string{"data", "out"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.Wrong(name, "a path", "")
		}
	}
	if preset := r.Word("preset", model.PresetNames()...); preset != "" {
		o.Config, _ = model.FromPreset(preset)
	}
	o.Data, o.Out, o.Quiet = cmd.String("data"), cmd.String("out"), cmd.Bool("quiet")
	o.Reading = reading.Read(r, cmd)
	o.methods = readMethods(r, "methods")
	o.seeds = r.Count("seeds", 1, 1000)
	o.Seed = r.Seed("seed")
	o.Memory = r.MemoryLimit()
	if cmd.IsSet("k") {
		o.K = r.Count("k", 1, math.MaxInt32)
	}
	for name, read := range o.Readers(r) {
		if slices.Contains([]string{"epochs", "refine"}, name) && cmd.IsSet(name) {
			read(name)
		}
	}
	return o, r.Err()
}

// readMethods reads names of methods with commas between them, each once.
func readMethods(r *flags.Reader, name string) []string {
	var out []string
	for _, word := range strings.Split(r.Get(name), ",") {
		word = strings.TrimSpace(word)
		if !slices.Contains(model.MethodNames(), word) || slices.Contains(out, word) {
			r.Wrong(name, text.List(model.MethodNames(), "or")+" with commas between them, each once",
				text.DidYouMean(word, "", model.MethodNames()))
			return nil
		}
		out = append(out, word)
	}
	return out
}

// compare trains, measures, writes and prints.
func (p *program) compare(ctx context.Context, cmd *cli.Command) error {
	defer machine.SaveMemory()()
	o, err := readCompare(cmd)
	if err != nil {
		return err
	}
	if o.Out != "" {
		if err := outdir.Check(o.Out, compareNames()); err != nil {
			return err
		}
	}
	g, name, err := p.loadGraph(ctx, o.Train)
	if err != nil {
		return err
	}
	if err := o.SettleClusters(g.Nodes, false); err != nil {
		return err
	}
	for _, method := range o.methods {
		if err := o.CheckLeast(method); err != nil {
			return err
		}
	}
	if err := flags.Fits("the training", model.Memory(g, o.Config), o.Memory, "a smaller --k takes less"); err != nil {
		return err
	}
	if o.K > 1 && g.Edges() == 0 && g.Features == nil {
		p.log.Warn(outcome.NothingToClusterBy)
	}
	c := &contest.Contest{Graph: view.Metrics(g), Labels: view.Labels(g), K: o.K}
	if err := p.compareMethods(ctx, g, o, c); err != nil {
		return err
	}
	if len(c.Runs) == 0 || ctx.Err() != nil && c.Finished() == 0 {
		return failure.Interruptedf(ctx, "interrupted before the first training was done; nothing was written")
	}
	done := trainingsOf(o, c)
	if c.Finished() == 0 {
		return failure.Failedf("all %s diverged; %s with seed %d: %s", text.Plural(done.done, "training"), c.Runs[0].Method, c.Runs[0].Seed, c.Runs[0].Diverged)
	}
	if err := p.compareReferences(o.Seed, done.most, c); err != nil {
		return failure.Failedf("measuring the references: %w", err)
	}
	if o.Out != "" {
		if err := writeComparison(context.WithoutCancel(ctx), o, comparisonReport(o, name, p.command, g, c, done), c); err != nil {
			return err
		}
	}
	if err := p.showComparison(o, name, g, c, done); err != nil || ctx.Err() == nil {
		return err
	}
	return failure.Interruptedf(ctx, "interrupted after %d of %d trainings; the table has those%s", done.done, done.asked, outcome.SavedWhere(o.Out))
}

// compareMethods trains every method with every seed, the seeds in turn, until
// it is done or interrupted. A training that diverges is noted.
func (p *program) compareMethods(ctx context.Context, g *graphfile.Graph, o compareOptions, c *contest.Contest) error {
	for s := range o.seeds {
		seed := o.Seed + uint64(s)
		started := false // the start of the seed is there
		for _, method := range o.methods {
			if ctx.Err() != nil {
				return nil
			}
			cfg := o.Config
			cfg.Method, cfg.Seed = method, seed
			fit, clusters, seconds, err := p.compareOne(ctx, g, cfg)
			if ctx.Err() != nil {
				return nil
			}
			if d := model.DivergenceOf(err); d != nil {
				c.AddDiverged(method, seed, d.Error())
				p.tellRun(o, c)
				continue
			}
			if err != nil {
				return failure.Failedf("training %s with seed %d: %w", method, seed, err)
			}
			if err := c.Add(method, seed, clusters, seconds); err != nil {
				return failure.Failedf("measuring the clusters: %w", err)
			}
			if fit.Start != nil && !started {
				started = true
				c.Starts = append(c.Starts, contest.Start{Seed: seed, Cluster: fit.Start, Seconds: fit.StartSeconds})
			}
			p.tellRun(o, c)
		}
	}
	return nil
}

// tellRun tells of the last training; of one that diverged under --quiet too.
func (p *program) tellRun(o compareOptions, c *contest.Contest) {
	last := c.Runs[len(c.Runs)-1]
	line := fmt.Sprintf("%d/%d  %s, seed %d: ", len(c.Runs), len(o.methods)*o.seeds, last.Method, last.Seed)
	switch {
	case last.Diverged != "":
		p.log.Warn(line+last.Diverged+", left out", "method", last.Method, "seed", last.Seed)
	case !o.Quiet:
		line += fmt.Sprintf("modularity %s, %s", text.Score(float64(last.Modularity)), text.Duration(float64(last.Seconds)))
		p.log.Info(line, "method", last.Method, "seed", last.Seed, "modularity", last.Modularity, "seconds", last.Seconds)
	}
}

// compareOne trains once, and refines as asked.
func (p *program) compareOne(ctx context.Context, g *graphfile.Graph, cfg model.Config) (*model.Fit, []int, float64, error) {
	began := time.Now()
	fit, err := p.train(ctx, model.Job{Graph: g, Config: cfg, OnEpoch: func(epoch int, e model.EpochResult, _ model.Saver) error {
		if ctx.Err() != nil {
			return model.ErrStop
		}
		return e.Check(epoch)
	}})
	if err != nil {
		return nil, nil, 0, err
	}
	if err := model.CheckShares(fit.Shares, g.Nodes, cfg.K); err != nil {
		return nil, nil, 0, err
	}
	clusters, _ := outcome.Harden(fit.Shares, g.Nodes, cfg.K)
	clusters, _, err = fit.Task.Refine(ctx, clusters, cluster.Options{K: cfg.K, Seed: cfg.Seed, Refine: cluster.Refinement(cfg.Refine)})
	return fit, clusters, time.Since(began).Seconds(), err
}

// compareReferences adds what stands beside the methods, with as many seeds as
// they were trained with.
func (p *program) compareReferences(first uint64, seeds int, c *contest.Contest) error {
	if err := c.AddStarts(); err != nil {
		return err
	}
	for s := range seeds {
		if err := c.AddReferences(first + uint64(s)); err != nil {
			return err
		}
	}
	return nil
}
