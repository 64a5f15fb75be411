package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/shard"
)

// shardFlags describes the flags of `shard`.
func shardFlags() []flags.Group {
	rows := []flags.Row{
		{Name: "data", Arg: "FILE", Text: "the graph, in any format that train reads, - for standard input; or a store"},
		{Name: "out", Arg: "DIR", Text: "the store to make, a new folder"},
	}
	rows = append(rows, sharding.Flags()...)
	return []flags.Group{{Title: "Flags", Rows: append(rows,
		flags.Row{Name: "seed", Arg: "N", Value: "0", Text: "of features that are made; default {default}"},
		flags.MemoryFlag())}, reading.Flags()}
}

func shardHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering shard: make a store of a graph, for training beyond memory",
		About: "A store is a folder with the graph in blocks of rows, features that are propagated over the edges already, and a " +
			"checksum of each block. It appears whole or not at all; one that was interrupted is begun anew. docs/scale.md has " +
			"its files.",
		Usage: []string{"trainclustering shard --data FILE --out DIR [flags]"},
		Examples: []string{
			"trainclustering shard --data large.npz --out large",
			"trainclustering shard --data edges.csv --features x.npy --out large --dtype bfloat16",
		},
		Flags: shardFlags(), Column: 24,
	}
}

// shardCommand is `shard`.
func (p *program) shardCommand() *cli.Command {
	return &cli.Command{
		Name: "shard", Usage: "make a store of a graph, for training beyond memory",
		CustomHelpTemplate: shardHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(shardFlags()),
		Action: p.shard,
	}
}

// shard reads a graph and writes it as a store.
func (p *program) shard(ctx context.Context, cmd *cli.Command) error {
	if err := flags.NoArguments(cmd, "--data"); err != nil {
		return err
	}
	r := &flags.Reader{Get: cmd.String}
	ro, so, seed, limit := reading.Read(r, cmd), sharding.Read(r), r.Seed("seed"), r.MemoryLimit()
	for _, name := range []string{"data", "out"} {
		if r.Fault == nil && cmd.String(name) == "" {
			r.Fault = failure.Usagef("--%s is needed", name).WithHint("as in --data large.npz --out large")
		}
	}
	if err := r.Err(); err != nil {
		return err
	}
	g, err := reading.Graph(cmd.String("data"), p.stdin, ro)
	if err != nil {
		return err
	}
	if err := ro.MakeFeatures(g, seed); err != nil {
		return err
	}
	for _, change := range g.Changes {
		p.log.Info(text.OneLine("reading: " + change))
	}
	return p.writeStore(ctx, cmd.String("out"), shard.FromGraph(g), so, limit)
}

// writeStore writes a store of what a file held, and says so.
func (p *program) writeStore(ctx context.Context, dir string, s shard.Source, o shard.Options, limit float64) error {
	o, err := sharding.Within(o, s, 0, limit)
	if err != nil {
		return err
	}
	m, err := sharding.Write(ctx, dir, s, o)
	if err != nil {
		return err
	}
	if m.Features == 0 {
		p.log.Info("the graph has no features, which training wants; --features names a file of them and --features-from makes them")
	}
	_, err = fmt.Fprintln(p.stdout, sharding.Line(dir, m))
	return err
}
