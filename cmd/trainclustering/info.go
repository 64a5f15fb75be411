package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// infoFlags describes the flags of `info`.
func infoFlags() []flags.Group {
	return []flags.Group{{Title: "Flags", Rows: append(reading.FormatFlags(),
		flags.Row{Name: "features", Arg: "FILE", Text: "features of the nodes beside the file, as in train"},
		flags.Row{Name: "labels", Arg: "FILE", Text: "classes of the nodes beside the file, as in train"},
	)}}
}

func infoHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering info: show how a graph file is read",
		About: "Prints the format and how it was recognised, the properties of the graph, and everything that was dropped, " +
			"merged or decided. FILE may be compressed; - is standard input. For the folder of a store it prints what the store has.",
		Usage:    []string{"trainclustering info FILE [flags]"},
		Examples: []string{"trainclustering info edges.csv", "trainclustering info edges.csv --labels classes.csv", "zcat edges.gz | trainclustering info -"},
		Flags:    infoFlags(), Column: 20,
	}
}

// infoCommand is `info`.
func (p *program) infoCommand() *cli.Command {
	return &cli.Command{
		Name: "info", Usage: "show how a graph file is read",
		CustomHelpTemplate: infoHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(infoFlags()),
		Action: p.info,
	}
}

// info reads a file and prints what it found.
func (p *program) info(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 1 {
		return failure.Usagef("info has %s, want one: the file to read", text.Plural(cmd.Args().Len(), "argument")).
			WithHint("as in trainclustering info edges.csv")
	}
	if reading.IsStore(cmd.Args().First()) {
		return p.infoStore(cmd)
	}
	r := &flags.Reader{Get: cmd.String}
	o := reading.Options{Options: reading.ReadFormat(r, cmd), Features: cmd.String("features"), Labels: cmd.String("labels")}
	if err := r.Err(); err != nil {
		return err
	}
	g, err := p.readAsked(ctx, cmd.Args().First(), o)
	if err != nil {
		return err
	}
	_, err = p.stdout.Write([]byte(infoText(cmd.Args().First(), g)))
	return err
}

// infoText is what is known of a graph, a line a thing.
func infoText(path string, g *graphfile.Graph) string {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		writeFact(&b, name, fmt.Sprintf(format, args...))
	}
	s := g.Describe()
	line("file", "%s", path)
	line("format", "%s, known by %s", g.Format, how(g.Recognised))
	line("nodes", "%s", text.Grouped(g.Nodes))
	edges := text.Grouped(g.Edges())
	if g.Directed {
		edges += ", whose directions the file says and this graph leaves out"
	}
	line("edges", "%s", edges)
	if g.Weights == nil {
		line("weights", "none")
	} else {
		line("weights", "%g to %g, mean %.4g", s.LeastWeight, s.MostWeight, s.MeanWeight)
	}
	line("degrees", "%d to %d, mean %.4g", s.LeastDegree, s.MostDegree, s.MeanDegree)
	line("components", "%s, the largest of %s", text.Grouped(s.Components), text.Plural(s.LargestComponent, "node"))
	line("isolated", "%s", text.Plural(s.Isolated, "node"))
	line("names", "%s", namesText(g))
	line("features", "%s", featuresText(g))
	line("labels", "%s", labelsText(g))
	for i, c := range g.Changes {
		name := ""
		if i == 0 {
			name = "at load"
		}
		line(name, "%s", c)
	}
	return b.String()
}

// writeFact writes a name and what is known of it, on as many lines as that
// takes; the later ones stand a little to the right.
func writeFact(b *strings.Builder, name, fact string) {
	for i, line := range text.Fit(text.OneLine(fact), text.Columns-text.LabelWidth-2) {
		if i > 0 {
			name, line = "", "  "+line
		}
		b.WriteString(text.PadRight(name, text.LabelWidth) + line + "\n")
	}
}

// how words how a format was recognised.
func how(recognised string) string {
	switch recognised {
	case "content":
		return "its content"
	case "ending":
		return "its ending"
	case "flag":
		return "--format"
	case "folder":
		return "the files in the folder"
	}
	return recognised
}

func namesText(g *graphfile.Graph) string {
	if g.Names == nil {
		return "none: nodes are 0, 1, 2, …"
	}
	return firstWords(g.Names)
}

// shownName is how much of a name is shown, in columns.
const shownName = 40

// firstWords is the first three words and how many there are.
func firstWords(words []string) string {
	var out []string
	for _, w := range words[:min(3, len(words))] {
		out = append(out, text.Quote(text.CutCells(w, shownName)))
	}
	if len(words) > 3 {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

func featuresText(g *graphfile.Graph) string {
	f := g.Features
	if f == nil {
		return "none"
	}
	s := text.Plural(f.Cols, "column") + ", dense"
	if f.Dense == nil {
		s = fmt.Sprintf("%s, sparse: %s", text.Plural(f.Cols, "column"), text.Plural(len(f.Col), "value"))
	}
	if g.FeatureNames != nil {
		s += ": " + firstWords(g.FeatureNames)
	}
	return s
}

func labelsText(g *graphfile.Graph) string {
	if g.Labels == nil {
		return "none"
	}
	none := 0
	for _, l := range g.Labels {
		if l == graphfile.Unlabeled {
			none++
		}
	}
	s := text.Plural(view.Classes(g), "class")
	if g.LabelNames != nil {
		s += ": " + firstWords(g.LabelNames)
	}
	if none > 0 {
		s += "; " + text.Plural(none, "node") + " without one"
	}
	return s
}
