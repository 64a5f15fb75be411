package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// own are the flags that `train` has not.
func own() flags.Group {
	return flags.Group{Title: "Beam", Rows: []flags.Row{
		{Name: "dir", Arg: "DIR", Text: "a folder that all workers can reach, like --data: the passes write S there, nodes × k " +
			"numbers; default: a new one in the system's folder for temporary files"},
		{Name: "retries", Arg: "N", Value: "2", Text: "how often a failed pass is run again, from the same weights; default {default}"},
		{Name: "pass-timeout", Arg: "N", Value: "3600", Text: "seconds after which a pass counts as failed, since not every runner notices a lost " +
			"worker; default {default}"},
		{Name: "worker-pool", Arg: "PORT", Text: "do not train, but serve as a pool of Beam workers (environment_type EXTERNAL) at localhost:PORT, " +
			"until it is stopped. Run one on each machine of the engine"},
		{Name: "beam-log", Kind: flags.NoValue, Text: "show the log of Beam"},
	}}
}

// shown are the flags of `train` that mean something here, as the help shows
// them; the others are refused with a store, or are of one machine.
func shown() []flags.Group {
	want := []string{
		"data", "config", "out", "formats", "json", "preset", "method", "k", "refine", "seed", "hops", "init", "encoder", "hidden", "epochs", "patience", "lr",
		"schedule", "optimizer", "weight-decay", "clip", "loss-weight", "anneal", "dtype", "threads", "partitions", "state", "checkpoint-every",
		"resume", "timing", "quiet",
	}
	texts := map[string]string{
		"out":              "write the clusters as a table, metrics, history, model and configuration; - writes the clusters to standard output",
		"formats":          "formats of the clusters: " + text.List(options.StoreFormats(), "and") + "; default csv",
		"threads":          "number of threads of this process, which does the passes unless flags of Beam name an engine; 0 for one per core; default 0",
		"method":           text.List(model.StreamedMethods(), "or") + "; default " + options.Default().Method,
		"encoder":          "mlp, gcn, gcn-skip or sgc; default " + options.StoreEncoder,
		"hops":             "number of hops over which the encoder's features are propagated; default 0",
		"init":             "start of the training. kmeans: k-means of the features; random: random weights; default kmeans",
		"refine":           "what this process does after the training. none; moves: move single nodes to a neighbouring cluster if modularity rises; default none, with preset modularity moves",
		"k":                fmt.Sprintf("number of clusters; default %d", options.DefaultClusters),
		"data":             "the folder of a store, which trainclustering shard makes",
		"partitions":       "number of groups of blocks, each processed by one worker; default: the number of threads of this process",
		"timing":           "report the time of reading, start, training, refining, measuring and writing, in seconds and as shares, in the summary and in " + options.MetricsJSON,
		"checkpoint-every": "epochs from one checkpoint to the next; default 1",
	}
	var groups []flags.Group
	for _, g := range options.Flags() {
		var rows []flags.Row
		for _, r := range g.Rows {
			if t, ok := texts[r.Name]; ok {
				r.Text = t
			}
			if slices.Contains(want, r.Name) {
				rows = append(rows, r)
			}
		}
		if g.Rows = rows; len(rows) > 0 {
			groups = append(groups, g)
		}
	}
	return append(groups, own())
}

func help() flags.Page {
	return flags.Page{
		Title: "trainclustering-beam: train on a store with Apache Beam, on one or several machines",
		About: "Trains like trainclustering train on a store, with the same result and checkpoints. Without flags of Beam the passes run in " +
			"this process. After Ctrl-C the training ends after the current epoch and the clusters so far are written. " +
			"docs/scale/README.md describes the engines.",
		Usage: []string{"trainclustering-beam --data DIR [--k N] [--out DIR] [flags] [-- flags of Beam]"},
		Examples: []string{
			"trainclustering-beam --data large --k 16 --partitions 8 --out clusters",
			"trainclustering-beam --worker-pool 50000",
			"trainclustering-beam --data /mnt/large --dir /mnt/run --partitions 64 --state run.state -- --runner=flink " +
				"--endpoint=localhost:8099 --environment_type=EXTERNAL --environment_config=localhost:50000 --worker_binary=/dev/null",
		},
		Flags: shown(), Column: 24,
	}
}

// app describes the command.
func (p *program) app() *cli.Command {
	return &cli.Command{
		Name: "trainclustering-beam", Usage: "train on a store by Apache Beam",
		CustomRootCommandHelpTemplate: help().At(0), HideHelpCommand: true, HideVersion: true,
		Flags:          flags.CLI(append(options.Flags(), own(), flags.Group{Rows: flags.Everywhere().Rows[:1]})),
		Action:         p.do,
		Writer:         p.stdout,
		ErrWriter:      p.stderr,
		OnUsageError:   flags.UsageError,
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
	}
}

// read reads the flags.
func (p *program) read(cmd *cli.Command) (o options.Train, err error) {
	if err := flags.NoArguments(cmd, "--data"); err != nil {
		return o, err
	}
	r := &flags.Reader{Get: cmd.String}
	p.retries = r.Count("retries", 0, 1000)
	p.timeout = time.Duration(r.Count("pass-timeout", 1, 1<<30)) * time.Second
	if err := r.Err(); err != nil {
		return o, err
	}
	if o, err = options.Read(cmd); err != nil {
		return o, err
	}
	switch {
	case !reading.IsStore(o.Data):
		return o, failure.Usagef("--data = %q, want the folder of a store", o.Data).WithHint("trainclustering shard makes one")
	case o.Restarts > 1:
		return o, failure.Usagef("--restarts = %d, want 1: several seeds are several runs", o.Restarts)
	case cmd.IsSet("memory-limit"):
		return o, failure.Usagef("--memory-limit = %s, want none: how much memory the passes take is up to Beam and its engine", text.Quote(cmd.String("memory-limit")))
	case !cmd.IsSet("partitions"):
		o.Partitions = 0
	}
	if !cmd.IsSet("checkpoint-every") {
		o.CheckpointEvery = 1
	}
	return o, nil
}
