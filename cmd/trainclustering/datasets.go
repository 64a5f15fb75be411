package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/datasets"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// datasetsFlags describes the flags of `datasets`.
func datasetsFlags() []flags.Group {
	return []flags.Group{{Title: "Flags", Rows: []flags.Row{
		{Name: "cache", Arg: "DIR", Text: "folder of the downloaded files; default: the user's cache folder"},
		{Name: "source", Arg: "URL", Text: "another address from which to download the files"},
	}}}
}

func datasetsHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering datasets: list benchmark graphs, or download them",
		About: "Without a name, lists the data sets. With names, downloads those that are not in the cache " +
			"yet, checks them, and prints the path of each. Only this command uses the network. The files are " +
			"those of the benchmark by Shchur and others, 2018, arXiv:1811.05868, at a fixed version.",
		Usage: []string{"trainclustering datasets", "trainclustering datasets NAME... [flags]"},
		Examples: []string{
			"trainclustering datasets",
			"trainclustering datasets cora",
			`trainclustering train --data "$(trainclustering datasets cora)" --k 7`,
		},
		Flags: datasetsFlags(), Column: 20,
	}
}

func (p *program) datasetsCommand() *cli.Command {
	return &cli.Command{
		Name: "datasets", Usage: "list benchmark graphs, or download them",
		CustomHelpTemplate: datasetsHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(datasetsFlags()),
		Action: p.datasets,
	}
}

// datasets lists the sets, or fetches those named.
func (p *program) datasets(ctx context.Context, cmd *cli.Command) error {
	f := &datasets.Fetcher{Folder: cmd.String("cache"), Source: cmd.String("source")}
	if f.Folder == "" {
		var err error
		if f.Folder, err = datasets.CacheFolder(); err != nil {
			return failure.Failedf("%w", err)
		}
	}
	if !cmd.Args().Present() {
		_, err := fmt.Fprint(p.stdout, datasetsTable(f))
		return err
	}
	var sets []datasets.Set
	for _, name := range cmd.Args().Slice() {
		s, err := datasets.ByName(name)
		if err != nil {
			return failure.Usagef("%w", err)
		}
		sets = append(sets, s)
	}
	for _, s := range sets {
		path, err := f.Fetch(ctx, s)
		switch {
		case ctx.Err() != nil:
			return failure.Interruptedf(ctx, "interrupted; the next try goes on from what is there")
		case err != nil:
			return failure.Failedf("%w", err)
		}
		if _, err := fmt.Fprintln(p.stdout, path); err != nil {
			return err
		}
	}
	return nil
}

// datasetsTable lists the sets with their sizes.
func datasetsTable(f *datasets.Fetcher) string {
	var b strings.Builder
	row := "%-28s  %7s  %7s  %8s  %7s  %s\n"
	fmt.Fprintf(&b, row, "name", "nodes", "edges", "features", "classes", "cached")
	for _, s := range datasets.Sets() {
		edges, cached := "?", "no"
		if s.Edges > 0 {
			edges = text.Grouped(s.Edges)
		}
		if _, there := f.Cached(s); there {
			cached = "yes"
		}
		fmt.Fprintf(&b, row, s.Name, text.Grouped(s.Nodes), edges, text.Grouped(s.Features), text.Grouped(s.Classes), cached)
	}
	fmt.Fprintf(&b, "\nCache: %s\n", f.Folder)
	return b.String()
}
