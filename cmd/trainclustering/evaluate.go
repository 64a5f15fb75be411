package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/judge"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/reading"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// evaluateFlags describes the flags of `evaluate`.
func evaluateFlags() []flags.Group {
	return []flags.Group{
		{Title: "Flags", Rows: []flags.Row{
			{Name: "data", Arg: "FILE", Text: "the graph that was clustered; - for standard input"},
			{Name: "against", Arg: "FILE", Text: "another file of clusters of the same nodes"},
			{Name: "level", Arg: "N", Value: "-1", Text: "level of a tree, 1 for the top; default {default}, the lowest level of each node"},
			{Name: "json", Kind: flags.NoValue, Text: "print one JSON document and nothing else"},
		}},
		{Title: "Reading the graph", Rows: append(reading.FormatFlags(),
			flags.Row{Name: "labels", Arg: "FILE", Text: "classes of the nodes beside the graph, as in train"},
		)},
	}
}

func evaluateHelp() flags.Page {
	return flags.Page{
		Title: "trainclustering evaluate: measure the clusters in a file",
		About: "ASSIGNMENTS is a file with the cluster of each node: assignments.csv of train, any CSV or TSV with a column node and a " +
			"column cluster, JSON, Infomap's .clu or .tree, the output of Leiden's command, a list of clusters as igraph " +
			"writes it, a list of communities as networkx has them, or GEXF or GraphML whose nodes have the attribute " +
			"modularity_class. Nodes without a cluster are left out, with their edges. Nodes are matched by name if the graph has names, otherwise by number. Without --data, only the two files " +
			"are compared.",
		Usage: []string{"trainclustering evaluate ASSIGNMENTS [--data FILE] [--against FILE] [flags]"},
		Examples: []string{
			"trainclustering evaluate infomap.tree --data edges.csv",
			"trainclustering evaluate leiden.tsv --data cora.npz --json",
			"trainclustering evaluate old/assignments.csv --against new/assignments.csv",
		},
		Flags: evaluateFlags(), Column: 20,
	}
}

func (p *program) evaluateCommand() *cli.Command {
	return &cli.Command{
		Name: "evaluate", Usage: "measure the clusters in a file",
		CustomHelpTemplate: evaluateHelp().At(p.width), HideHelpCommand: true,
		Flags:  flags.CLI(evaluateFlags()),
		Action: p.evaluate,
	}
}

// evaluation is what `evaluate` found, and its JSON document. Figures that are
// not defined, or not asked for, are null.
type evaluation struct {
	Version     string   `json:"version"`
	Assignments string   `json:"assignments"`
	Kind        string   `json:"kind"` // how the file is laid out
	Read        []string `json:"read"` // what was decided in reading the files
	Nodes       int      `json:"nodes"`
	Unassigned  int      `json:"nodes_without_cluster"`

	Graph    *metricsfile.Graph      `json:"graph"`    // null without --data
	Measured *metricsfile.Clustering `json:"measured"` // likewise
	Against  *comparedFile           `json:"against"`  // null without --against

	first, second string // what the files are called beside each other; "": there is one
}

// comparedFile is the other file and how it agrees.
type comparedFile struct {
	Assignments string                  `json:"assignments"`
	Kind        string                  `json:"kind"`
	Unassigned  int                     `json:"nodes_without_cluster"`
	Agreement   judge.Agreement         `json:"agreement"`
	Measured    *metricsfile.Clustering `json:"measured"`
}

// lowest is the level of a tree's lowest modules.
const lowest = -1

// evaluateOptions is what the command line of `evaluate` asks for.
type evaluateOptions struct {
	path, data, against string
	level               int
	reading             reading.Options
}

func readEvaluate(cmd *cli.Command) (evaluateOptions, error) {
	var o evaluateOptions
	if cmd.Args().Len() != 1 {
		return o, failure.Usagef("evaluate has %s, want one: the file of assignments", text.Plural(cmd.Args().Len(), "argument")).
			WithHint("as in trainclustering evaluate clusters.tree --data edges.csv")
	}
	r := &flags.Reader{Get: cmd.String}
	for _, name := range []string{"data", "against", "labels"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.Wrong(name, "a path", "")
		}
	}
	o = evaluateOptions{path: cmd.Args().First(), data: cmd.String("data"), against: cmd.String("against")}
	level, err := strconv.Atoi(cmd.String("level"))
	if err != nil || level == 0 || level < lowest || level > 1000 {
		r.Wrong("level", "-1 or a whole number from 1 to 1000", "")
	}
	o.level = level
	o.reading = reading.Options{Options: reading.ReadFormat(r, cmd), Labels: cmd.String("labels")}
	reading.NeedData(r, cmd)
	if r.Fault == nil && o.data == "" && o.against == "" {
		r.Fault = failure.Usagef("--data or --against is needed: a graph, or other clusters").
			WithHint("as in trainclustering evaluate %s --data edges.csv", text.Quote(o.path))
	}
	return o, r.Err()
}

// evaluate reads, measures and prints.
func (p *program) evaluate(ctx context.Context, cmd *cli.Command) error {
	o, err := readEvaluate(cmd)
	if err != nil {
		return err
	}
	e, err := p.newEvaluation(ctx, o)
	if err != nil {
		return err
	}
	if cmd.Bool("json") {
		return metricsfile.Write(p.stdout, e)
	}
	_, err = p.stdout.Write([]byte(evaluationText(e, p.style)))
	return err
}

// newEvaluation reads the files and measures what they hold.
func (p *program) newEvaluation(ctx context.Context, o evaluateOptions) (*evaluation, error) {
	first, err := judge.Read(o.path, o.level)
	if err != nil {
		return nil, failure.Failedf("%w", err)
	}
	e := &evaluation{Version: build.Version(), Assignments: o.path, Kind: string(first.Kind), Read: first.Said}
	var second *assignment.File
	if o.against != "" {
		if second, err = judge.Read(o.against, o.level); err != nil {
			return nil, failure.Failedf("%w", err)
		}
		e.first, e.second = shownNames(o.path, o.against)
		e.Read = append(named(e.first, first.Said), named(e.second, second.Said)...)
	}
	if o.level != lowest && first.Levels() == 0 && (second == nil || second.Levels() == 0) {
		return nil, failure.Usagef("--level = %d is for a tree, and %s is none", o.level, text.Quote(o.path))
	}
	if o.data == "" {
		a, b, err := judge.Pair(first, second)
		if err != nil {
			return nil, failure.Failedf("%w", err).WithHint("--data names the graph whose nodes the files give")
		}
		e.take(a)
		switch len(a.Cluster) {
		case a.Missing:
			return nil, noClusters(o.path)
		case b.Missing:
			return nil, noClusters(o.against)
		}
		return e, e.compare(o.against, second, a, b, nil)
	}
	g, err := p.readAsked(ctx, o.data, o.reading)
	if err != nil {
		return nil, err
	}
	return e, e.onGraph(g, o, first, second)
}

// readAsked reads a graph that the command line has to name.
func (p *program) readAsked(ctx context.Context, path string, o reading.Options) (*graphfile.Graph, error) {
	g, err := reading.Graph(ctx, path, p.stdin, o)
	var f *failure.Failure
	if errors.As(err, &f) {
		f.Hint = "" // of the graph that train takes where none is named
	}
	return g, err
}

// onGraph measures the first file on the graph, and the second where there is
// one.
func (e *evaluation) onGraph(g *graphfile.Graph, o evaluateOptions, first, second *assignment.File) error {
	e.Graph = graphFacts(o.data, g)
	a, err := first.Match(g.Nodes, g.Names)
	if err != nil {
		return failure.Failedf("%w", err)
	}
	e.take(a)
	if a.Missing == g.Nodes {
		return noClusters(o.path)
	}
	if e.Measured, err = measuredOn(g, a.Cluster); err != nil {
		return err
	}
	if e.Unassigned > 0 {
		e.Read = append(e.Read, leftOut(e.first, e.Unassigned, g.Nodes)...)
	}
	if second == nil {
		return nil
	}
	b, err := second.Match(g.Nodes, g.Names)
	if err != nil {
		return failure.Failedf("%w", err)
	}
	if b.Missing == g.Nodes {
		return noClusters(o.against)
	}
	return e.compare(o.against, second, a, b, g)
}

// noClusters is the error of a file without the cluster of any node.
func noClusters(path string) error {
	return failure.Failedf("%s has a cluster of none of the nodes", text.Quote(path))
}

// leftOut says what the figures on the graph are of where nodes have no cluster.
func leftOut(name string, without, nodes int) []string {
	return named(name, []string{fmt.Sprintf("the figures are of the graph of the %s with a cluster: %s and the edges there are left out",
		text.Plural(nodes-without, "node"), text.Plural(without, "other node"))})
}

// take notes how the first file was matched.
func (e *evaluation) take(a *assignment.Matched) {
	e.Nodes, e.Unassigned = len(a.Cluster), unassigned(a.Cluster)
	e.Read = append(e.Read, named(e.first, a.Said)...)
}

// compare measures the second file against the first, and on the graph where
// there is one.
func (e *evaluation) compare(path string, f *assignment.File, a, b *assignment.Matched, g *graphfile.Graph) error {
	c := &comparedFile{Assignments: path, Kind: string(f.Kind), Unassigned: unassigned(b.Cluster)}
	e.Read = append(e.Read, named(e.second, b.Said)...)
	var err error
	if c.Agreement, err = judge.Compare(a.Cluster, b.Cluster); err != nil {
		return failure.Failedf("comparing the clusters: %w", err)
	}
	if g != nil {
		c.Measured, err = measuredOn(g, b.Cluster)
		if c.Unassigned > 0 {
			e.Read = append(e.Read, leftOut(e.second, c.Unassigned, g.Nodes)...)
		}
	}
	e.Against = c
	return err
}

// measuredOn measures clusters on a graph, and against its labels.
func measuredOn(g *graphfile.Graph, clusters []int) (*metricsfile.Clustering, error) {
	c, err := judge.Graph(view.Metrics(g), clusters, view.Labels(g))
	if err != nil {
		return nil, failure.Failedf("measuring the clusters: %w", err)
	}
	return &c, nil
}

// named puts a file's name, where there is one, before what was decided about it.
func named(name string, said []string) []string {
	var out []string
	for _, s := range said {
		if name != "" {
			s = name + ": " + s
		}
		out = append(out, s)
	}
	return out
}

// shownNames is how two files are called beside each other: by their names, or by
// their paths where the names are the same.
func shownNames(a, b string) (string, string) {
	if x, y := text.ShortName(a), text.ShortName(b); x != y {
		return x, y
	}
	return text.OneLine(a), text.OneLine(b)
}

func unassigned(clusters []int) int {
	n := 0
	for _, c := range clusters {
		if c == assignment.None {
			n++
		}
	}
	return n
}

// graphFacts is what a graph has.
func graphFacts(path string, g *graphfile.Graph) *metricsfile.Graph {
	f := &metricsfile.Graph{
		Data: path, Nodes: g.Nodes, Edges: g.Edges(), Features: view.Features(g),
		Weighted: g.Weights != nil, Changes: append([]string{}, g.Changes...),
	}
	if classes := view.Classes(g); classes > 0 {
		f.Classes = &classes
	}
	return f
}
