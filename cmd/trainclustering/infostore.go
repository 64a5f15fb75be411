package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/sharding"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/shard"
)

// infoStore prints what a store has.
func (p *program) infoStore(cmd *cli.Command) (err error) {
	dir := cmd.Args().First()
	for _, row := range infoFlags()[0].Rows {
		if cmd.IsSet(row.Name) {
			return failure.Usagef("--%s is for files, and %s is a store", row.Name, text.Quote(dir))
		}
	}
	s, err := sharding.Open(dir)
	if err != nil {
		return err
	}
	if _, err = p.stdout.Write([]byte(storeText(dir, s))); err != nil {
		return err
	}
	return s.Close()
}

// storeText is what a store has, a line a thing.
func storeText(dir string, s *shard.Store) string {
	m := s.Meta()
	var b strings.Builder
	line := func(name, format string, args ...any) {
		writeFact(&b, name, fmt.Sprintf(format, args...))
	}
	has := func(name string, is bool, yes, no string) {
		if !is {
			yes = no
		}
		line(name, "%s", yes)
	}
	line("store", "%s, %s", dir, text.MemorySize(sharding.Size(m)))
	line("nodes", "%s", text.Grouped(int(m.Nodes)))
	line("entries", "%s of the adjacency: each edge in both directions, a loop once", text.Grouped(int(m.Entries)))
	has("weights", m.Weighted, fmt.Sprintf("yes, %.6g in all", m.TotalWeight), "none")
	line("blocks", "%s of at most %s", text.Grouped(s.Blocks()), text.Plural(m.Block, "row"))
	has("features", m.Features > 0, fmt.Sprintf("%s, %s, propagated over up to %s",
		text.Plural(m.Features, "column"), m.Dtype, text.Plural(m.Propagated, "hop")), "none, which training wants")
	has("labels", m.Labels, "yes", "none")
	has("names", m.Named, "yes", "none: nodes are 0, 1, 2, …")
	has("order", m.Ordered, "rows were ordered; their numbers in the input are kept", "as in the input")
	return b.String()
}
