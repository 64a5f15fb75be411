// Package sharding writes stores of package shard for the commands that make
// them.
package sharding

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/shard"
)

// Flags describes the flags that say how a store is made.
func Flags() []flags.Row {
	return []flags.Row{
		{Name: "hops", Arg: "T", Value: "1", Text: "also store the features propagated over 1 to T hops; default {default}"},
		{Name: "dtype", Arg: "TYPE", Value: shard.Float32, Text: "type of the stored features: float32, or bfloat16, which takes half the space and keeps 2 to 3 digits; default {default}"},
		{Name: "block", Arg: "N", Value: strconv.Itoa(shard.DefaultBlock), Text: "number of rows that are read at a time; default {default}"},
	}
}

// Dtypes are the values of --dtype.
func Dtypes() []string { return []string{shard.Float32, shard.BFloat16} }

// Read reads the flags of Flags.
func Read(r *flags.Reader) shard.Options {
	return shard.Options{
		MeanLoop: true, // as a training in memory, which divides weights by their mean
		Hops:     r.Count("hops", 0, 64),
		Dtype:    r.Word("dtype", Dtypes()...),
		Block:    r.Count("block", 1, 1<<24),
	}
}

// Set is the name of one of those flags that was given, "" where none was.
func Set(cmd *cli.Command) string {
	for _, f := range Flags() {
		if cmd.IsSet(f.Name) {
			return f.Name
		}
	}
	return ""
}

// Within gives o the memory that its columns may take, of limit bytes, beside
// what the source takes in all and Write for each node. It errs where that
// does not fit.
func Within(o shard.Options, s shard.Source, source, limit float64) (shard.Options, error) {
	base, column := 60e6+source+16*float64(s.Nodes), 0.
	if o.Hops > 0 && s.Features > 0 {
		column = 8 * float64(s.Nodes)
	}
	if err := flags.Fits("making the store", base+column, limit, "--hops 0 takes less"); err != nil {
		return o, err
	}
	// Half of the rest: the collector of garbage needs room as well.
	o.Memory = int64(max(1, min(shard.DefaultMemory, (limit-base)/2)))
	return o, nil
}

// tellEvery is how often the progress is told.
const tellEvery = 10 * time.Second

// telling tells the progress now and then.
func telling(log *slog.Logger) func(stage string, done float64) {
	last := time.Now()
	return func(stage string, done float64) {
		if time.Since(last) >= tellEvery {
			last = time.Now()
			log.Info(fmt.Sprintf("making the store: %s, %.0f %%", stage, 100*done))
		}
	}
}

// LocalityBytes is the memory that Locality and the source it makes take a node,
// beside names.
const LocalityBytes = 20

// Locality is s with neighbours near each other. Where that takes long, log is
// told the progress.
func Locality(ctx context.Context, log *slog.Logger, s shard.Source) (shard.Source, error) {
	tell := telling(log)
	order, err := shard.Locality(ctx, s, func(done float64) { tell("order", done) })
	if err == nil {
		s, err = shard.Reordered(s, order)
	}
	if err != nil {
		return s, stopped(ctx, err)
	}
	return s, nil
}

// stopped is an error of work that a signal may have ended.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return failure.Interruptedf(ctx, "interrupted; nothing was written")
	}
	return failed(err)
}

// Write writes the store dir and returns what it holds. Where that takes long,
// log is told the progress.
func Write(ctx context.Context, log *slog.Logger, dir string, s shard.Source, o shard.Options) (shard.Meta, error) {
	o.Progress = telling(log)
	if err := shard.Write(ctx, dir, s, o); err != nil {
		return shard.Meta{}, stopped(ctx, err)
	}
	store, err := Open(dir)
	if err != nil {
		return shard.Meta{}, err
	}
	return store.Meta(), store.Close()
}

// Open opens a store.
func Open(dir string) (*shard.Store, error) {
	s, err := shard.Open(dir)
	if err != nil {
		return nil, failed(err)
	}
	return s, nil
}

// failed is an error of package shard, which begins with its name, as a line
// that begins with the file's.
func failed(err error) error {
	return failure.Failedf("%s", strings.TrimPrefix(err.Error(), "shard: "))
}

// CheckNodes errs before a training where what its result alone reads of a store
// is damaged: numbers, labels and names of nodes.
func CheckNodes(ctx context.Context, s *shard.Store) error {
	err := s.CheckNodes(ctx)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return failure.Interruptedf(ctx, "interrupted before the first epoch; nothing was written")
	}
	return failed(err)
}

// Size is the bytes of the files of a store, without meta.json.
func Size(m shard.Meta) (bytes int64) {
	for _, f := range m.Files {
		bytes += f.Bytes
	}
	return bytes
}

// Line says what a store holds.
func Line(dir string, m shard.Meta) string {
	return fmt.Sprintf("%s: %s, %s, %s, %s", text.OneLine(dir), text.Plural(int(m.Nodes), "node"),
		text.Plural(int(m.Entries/2), "edge"), text.Plural(m.Features, "feature"), text.MemorySize(Size(m)))
}
