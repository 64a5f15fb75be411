package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

const convertHelp = `trainclustering convert: write a graph file in another format

Usage
  trainclustering convert IN OUT [--from FORMAT] [--to FORMAT]

Examples
  trainclustering convert lesmis.gml lesmis.graphml
  trainclustering convert cora.npz cora.json.gz
  trainclustering convert ring.txt ring.net --from metis

IN is recognised by its content, then by its ending; it may be packed, or the
folder of a data set of OGB or Planetoid, or - for standard input. OUT takes the
format of its ending, and is packed where that is .gz. Edges are written without
a direction. What was read differently from the file, and what OUT cannot hold,
is told on standard error.

Flags
  --from FORMAT   the format of IN; one of
                  FORMATS
  --to FORMAT     the format of OUT
`

// convertCommand is `convert`.
func (p *program) convertCommand() *cli.Command {
	return &cli.Command{
		Name: "convert", Usage: "write a graph file in another format",
		CustomHelpTemplate: convertPage(), HideHelpCommand: true,
		Flags:  []cli.Flag{&cli.StringFlag{Name: "from"}, &cli.StringFlag{Name: "to"}},
		Action: p.convert,
	}
}

// convertPage is the help with the names of the formats, in lines of 80.
func convertPage() string {
	var list strings.Builder
	width := 18
	for i, name := range graphfile.Formats() {
		if i > 0 {
			list.WriteString(", ")
			if width += 2 + len(name); width > 76 {
				list.WriteString("\n" + strings.Repeat(" ", 18))
				width = 18 + len(name)
			}
		} else {
			width += len(name)
		}
		list.WriteString(name)
	}
	page := strings.ReplaceAll(convertHelp, "FORMATS", list.String())
	return strings.ReplaceAll(page, ", \n", ",\n")
}

// convert reads one file and writes the other.
func (p *program) convert(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 2 {
		return failure.Usagef("convert has %s, want two: the file to read and the one to write", text.Plural(cmd.Args().Len(), "argument")).
			WithHint("as in trainclustering convert lesmis.gml lesmis.graphml")
	}
	in, out := cmd.Args().Get(0), cmd.Args().Get(1)
	if err := checkConvert(in, out, cmd.String("to")); err != nil {
		return err
	}
	g, err := reading.File(in, p.stdin, graphfile.Options{Format: cmd.String("from")})
	if err != nil {
		return failure.Failedf("%w", err)
	}
	for _, change := range g.Changes {
		fmt.Fprintln(p.stderr, text.OneLine("reading: "+change))
	}
	if ctx.Err() != nil {
		return failure.Interruptedf(ctx, "interrupted; nothing was written")
	}
	left, err := graphfile.WriteFormat(out, g, cmd.String("to"))
	if err != nil {
		return failure.Failedf("%w", err)
	}
	for _, what := range left {
		fmt.Fprintln(p.stderr, text.OneLine("writing: "+what))
	}
	_, err = fmt.Fprintf(p.stdout, "%s: %s, %s\n", text.OneLine(out), text.Plural(g.Nodes, "node"), text.Plural(g.Edges(), "edge"))
	return err
}

// checkConvert finds before the work what would keep the output from being
// written.
func checkConvert(in, out, to string) error {
	if err := graphfile.CanWrite(out, to); err != nil {
		return failure.Usagef("%w", err)
	}
	if in == "-" {
		return outdir.CheckFile(out)
	}
	from, err := os.Stat(in)
	if err != nil {
		return failure.Failedf("%s: %w", in, outdir.Reason(err))
	}
	if old, err := os.Stat(out); err == nil && os.SameFile(from, old) {
		return failure.Usagef("%s is the file to read, want another one to write", text.Quote(out))
	}
	return outdir.CheckFile(out)
}
