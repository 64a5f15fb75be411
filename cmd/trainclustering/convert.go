package main

import (
	"context"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/writing"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/wholefile"
)

// convertFlags describes the flags of `convert`.
func convertFlags() []flags.Group {
	return []flags.Group{{Title: "Flags", Rows: []flags.Row{
		{Name: "from", Arg: "FORMAT", Text: "the format of IN: one of " + strings.Join(graphfile.Formats(), ", ")},
		{Name: "to", Arg: "FORMAT", Text: "the format of OUT"},
	}}}
}

func convertHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering convert: convert a graph file to another format",
		About: "IN is recognised by its content, then by its ending. It may be compressed, the folder of a data set of OGB or " +
			"Planetoid, or - for standard input. OUT gets the format of its ending, and is compressed if that is .gz, .zst or .xz; " +
			"- is standard output and needs --to. Edges are written without a direction. Changes made while reading, and content that OUT cannot hold, are reported on " +
			"standard error.",
		Usage: []string{"trainclustering convert IN OUT [--from FORMAT] [--to FORMAT]"},
		Examples: []string{
			"trainclustering convert lesmis.gml lesmis.graphml",
			"trainclustering convert cora.npz cora.json.gz",
			"trainclustering convert ring.txt ring.net --from metis",
		},
		Flags: convertFlags(), Column: 18,
	}
}

// convertCommand is `convert`.
func (p *program) convertCommand() *cli.Command {
	return &cli.Command{
		Name: "convert", Usage: "convert a graph file to another format",
		CustomHelpTemplate: convertHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(convertFlags()),
		Action: p.convert,
	}
}

// convert reads one file and writes the other.
func (p *program) convert(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 2 {
		return failure.Usagef("convert has %s, want two: the file to read and the one to write", text.Plural(cmd.Args().Len(), "argument")).
			WithHint("as in trainclustering convert lesmis.gml lesmis.graphml")
	}
	in, out := cmd.Args().Get(0), cmd.Args().Get(1)
	if in == "" || out == "" {
		return failure.Usagef("IN = %s and OUT = %s, want two paths", text.Quote(in), text.Quote(out))
	}
	r := &flags.Reader{Get: cmd.String}
	for _, name := range []string{"from", "to"} {
		if cmd.IsSet(name) && !graphfile.IsFormat(cmd.String(name)) {
			r.Wrong(name, text.List(graphfile.Formats(), "or"), text.DidYouMean(cmd.String(name), "", graphfile.Formats()))
		}
	}
	if err := r.Err(); err != nil {
		return err
	}
	if err := checkConvert(in, out, cmd.String("to")); err != nil {
		return err
	}
	g, err := reading.File(ctx, in, p.stdin, graphfile.Options{Format: cmd.String("from")})
	if err != nil {
		return err
	}
	p.tellChanges(g)
	if ctx.Err() != nil {
		return failure.Interruptedf(ctx, "interrupted; nothing was written")
	}
	if err := writing.Graph(p.stdout, p.log, out, g, cmd.String("to")); err != nil {
		return err
	}
	return writing.Tell(p.stdout, p.log, out, text.Plural(g.Nodes, "node")+", "+text.Plural(g.Edges(), "edge"))
}

// checkConvert finds before the work what would keep the output from being
// written.
func checkConvert(in, out, to string) error {
	if err := writing.Check("OUT", out, to); err != nil || in == "-" {
		return err
	}
	from, err := os.Stat(in)
	if err != nil {
		return failure.Failedf("%s: %w", in, wholefile.Reason(err))
	}
	if old, err := os.Stat(out); err == nil && os.SameFile(from, old) {
		return failure.Usagef("%s is the file to read, want another one to write", text.Quote(out))
	}
	return nil
}
