package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

// The values of --order.
const (
	asRead   = "none"
	locality = "locality"
)

// shardFlags describes the flags of `shard`.
func shardFlags() []flags.Group {
	rows := []flags.Row{
		{Name: "data", Arg: "FILE", Text: "the graph, in any format that train reads; - for standard input; or a store"},
		{Name: "out", Arg: "DIR", Text: "the folder of the new store; it must not exist, or be empty"},
	}
	rows = append(rows, sharding.Flags()...)
	return []flags.Group{{Title: "Flags", Rows: append(rows,
		flags.Row{Name: "order", Arg: "NAME", Value: asRead, Text: "order of the rows. locality: a breadth-first search puts neighbours near each other; the store keeps " +
			"the original order; default {default}"},
		flags.Row{Name: "seed", Arg: "N", Value: "0", Text: "seed of the features that are made; default {default}"},
		flags.MemoryFlag())}, readingForStore()}
}

// readingForStore is the flags of reading. A store has no features that nobody
// asked for.
func readingForStore() flags.Group {
	g := reading.Flags()
	for i, row := range g.Rows {
		if row.Name == "features-from" {
			g.Rows[i].Value, g.Rows[i].Text = "", "features to make for a graph that has none: "+text.List(graphfile.FeatureKinds()[1:], "or")+"; default: none"
		}
	}
	return g
}

func shardHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering shard: write a graph as a store on disk",
		About: "A store is a folder with the graph in blocks of rows, propagated features, and a checksum for each block. train " +
			"reads it block by block, so the graph may be larger than memory. The store appears whole or not at all. docs/store.md has " +
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
		Name: "shard", Usage: "write a graph as a store on disk",
		CustomHelpTemplate: shardHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(shardFlags()),
		Action: p.shard,
	}
}

// sharded is what `shard` is asked for.
type sharded struct {
	data, out, order string
	reading          reading.Options
	store            shard.Options
	seed             uint64
	limit            float64 // of memory, in bytes
}

// readShard reads the flags of `shard`.
func readShard(cmd *cli.Command) (sharded, error) {
	r := &flags.Reader{Get: cmd.String}
	o := sharded{
		data: cmd.String("data"), out: cmd.String("out"), order: r.Word("order", asRead, locality),
		reading: reading.Read(r, cmd), store: sharding.Read(r), seed: r.Seed("seed"), limit: r.MemoryLimit(),
	}
	for _, name := range []string{"data", "out"} {
		if r.Fault == nil && cmd.String(name) == "" {
			r.Fault = failure.Usagef("--%s is needed", name).WithHint("as in --data large.npz --out large")
		}
	}
	for _, row := range reading.Flags().Rows {
		if r.Fault == nil && cmd.IsSet(row.Name) && reading.IsStore(o.data) {
			r.Fault = failure.Usagef("--%s is for files, and --data = %s is a store", row.Name, text.Quote(o.data))
		}
	}
	if made := graphfile.FeatureKinds(); r.Fault == nil && cmd.IsSet("features-from") && o.reading.FeaturesFrom == made[0] {
		r.Fault = failure.Usagef("--features-from = %s, want %s: neighbours are only for training in memory", made[0], text.List(made[1:], "or"))
	}
	return o, r.Err()
}

// shard reads a graph and writes it as a store.
func (p *program) shard(ctx context.Context, cmd *cli.Command) error {
	if err := flags.NoArguments(cmd, "--data"); err != nil {
		return err
	}
	o, err := readShard(cmd)
	if err != nil {
		return err
	}
	if err := sharding.CheckPlace(o.out); err != nil {
		return err
	}
	if reading.IsStore(o.data) {
		s, err := sharding.Open(o.data)
		if err != nil {
			return err
		}
		return errors.Join(p.writeStore(ctx, o, shard.FromStore(s)), s.Close())
	}
	if o.inMemory(cmd) {
		return p.shardInMemory(ctx, o)
	}
	return p.shardFromDisk(ctx, o)
}

// inMemory tells whether the edges have to stand in memory: where they are
// gone through in another order than that of the rows, and where the graph
// comes by standard input.
func (o sharded) inMemory(cmd *cli.Command) bool {
	return o.data == "-" || o.order == locality || cmd.IsSet("features-from")
}

// shardInMemory reads a graph into memory and writes it as a store.
func (p *program) shardInMemory(ctx context.Context, o sharded) error {
	g, err := p.readAsked(ctx, o.data, o.reading)
	if err != nil {
		return err
	}
	if err := o.reading.MakeFeatures(g, o.seed); err != nil {
		return err
	}
	p.tellChanges(g)
	return p.writeStore(ctx, o, shard.FromGraph(g))
}

// shardFromDisk sorts a graph's edges beside the store, and writes the store.
func (p *program) shardFromDisk(ctx context.Context, o sharded) (err error) {
	d, err := reading.ToDisk(ctx, o.data, filepath.Dir(filepath.Clean(o.out)), o.reading)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	p.tellChanges(d.Graph)
	if d.InMemory != "" {
		p.log.Info(text.OneLine("the edges were read into memory: " + d.InMemory))
	}
	return p.writeStore(ctx, o, shard.FromDisk(d))
}

// tellChanges tells how the graph differs from its file.
func (p *program) tellChanges(g *graphfile.Graph) {
	for _, change := range g.Changes {
		p.log.Info(text.OneLine("reading: " + change))
	}
}

// writeStore writes a store of what was read, and says so.
func (p *program) writeStore(ctx context.Context, o sharded, s shard.Source) error {
	ordering := 0.
	if o.order == locality {
		ordering = sharding.LocalityBytes * float64(s.Nodes)
	}
	so, err := sharding.Within(o.store, s, ordering, o.limit)
	if err != nil {
		return err
	}
	if o.order == locality {
		if s, err = sharding.Locality(ctx, p.log, s); err != nil {
			return err
		}
	}
	m, err := sharding.Write(ctx, p.log, o.out, s, so)
	if err != nil {
		return err
	}
	if m.Features == 0 {
		p.log.Info("the graph has no features, but training needs some: use --features or --features-from")
	}
	_, err = fmt.Fprintln(p.stdout, sharding.Line(o.out, m))
	return err
}
