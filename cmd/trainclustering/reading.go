package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// readOptions says how the graph is read, and what comes with it.
type readOptions struct {
	graphfile.Options
	Features, Labels string // files; "": what the graph's own has
	FeaturesFrom     string // where it has none
	FeatureDim       int
}

// readingFlags describes the flags that say how a graph is read.
func readingFlags() flagGroup {
	return flagGroup{"Reading", append(formatFlags(), []flagRow{
		{name: "features", arg: "FILE", text: "features of the nodes: CSV or TSV with their ids, npy or npz"},
		{name: "labels", arg: "FILE", text: "classes of the nodes, likewise: words, numbers or one-hot"},
		{name: "features-from", arg: "NAME", value: graphfile.FeatureKinds()[0], text: "features of a graph without any: " +
			text.List(graphfile.FeatureKinds(), "or") + "; default {default}"},
		{name: "feature-dim", arg: "N", value: "64", text: "columns of spectral and random features, at most as many as nodes; default {default}"},
	}...)}
}

// formatFlags describes the flags that say how a file is read.
func formatFlags() []flagRow {
	return []flagRow{
		{name: "format", arg: "NAME", text: "the file's format, where its content and ending do not tell; " + text.List(graphfile.Formats(), "or")},
		{name: "columns", arg: "S,T[,W]", text: "columns of source, target and weight of an edge list, by name or by number from 1"},
		{name: "header", arg: "yes|no", text: "whether the first line of an edge list names the columns"},
		{name: "delimiter", arg: "NAME", text: "what parts the fields of an edge list: tab, comma, semicolon, pipe, colon, blank or a text"},
		{name: "decimal", arg: "NAME", text: "comma where weights have a decimal comma; point"},
		{name: "nodes", arg: "N", text: "ids of an edge list are indices from 0 to N-1, and all of them are nodes"},
	}
}

// reading reads the flags of formatFlags.
func (r *flagReader) reading(cmd *cli.Command) graphfile.Options {
	o := graphfile.Options{
		Format: cmd.String("format"), Header: cmd.String("header"),
		Delimiter: cmd.String("delimiter"), Decimal: cmd.String("decimal"),
	}
	if cmd.IsSet("header") {
		o.Header = r.word("header", "yes", "no", "auto")
	}
	if cmd.IsSet("decimal") {
		o.Decimal = r.word("decimal", "comma", "point")
	}
	if cmd.IsSet("nodes") {
		o.Nodes = r.count("nodes", 1, graphfile.MaxNodes)
	}
	if cmd.IsSet("columns") {
		columns, err := csv.NewReader(strings.NewReader(cmd.String("columns"))).Read()
		if err != nil || len(columns) < 2 || len(columns) > 3 {
			r.wrong("columns", "source,target or source,target,weight: names in the header, or numbers from 1", "")
		}
		o.Columns = columns
	}
	if cmd.IsSet("format") && !graphfile.IsFormat(o.Format) {
		r.wrong("format", text.List(graphfile.Formats(), "or"), text.DidYouMean(o.Format, "", graphfile.Formats()))
	}
	return o
}

// allReading reads the flags of readingFlags.
func (r *flagReader) allReading(cmd *cli.Command) readOptions {
	o := readOptions{Options: r.reading(cmd), Features: cmd.String("features"), Labels: cmd.String("labels")}
	for _, name := range []string{"features", "labels"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.wrong(name, "a path", "")
		}
	}
	o.FeaturesFrom = r.word("features-from", graphfile.FeatureKinds()...)
	o.FeatureDim = r.count("feature-dim", 1, maxWidth)
	return o
}

// readGraph reads the file at path, - for standard input, and what stands
// beside it.
func readGraph(path string, stdin io.Reader, o readOptions) (*graphfile.Graph, error) {
	g, err := readFile(path, stdin, o.Options)
	if err != nil {
		return nil, dataFailure(err)
	}
	if o.Features != "" {
		if err := graphfile.ReadFeatures(o.Features, g); err != nil {
			return nil, failedf("%w", err)
		}
	}
	if o.Labels != "" {
		if err := graphfile.ReadLabels(o.Labels, g); err != nil {
			return nil, failedf("%w", err)
		}
	}
	return g, nil
}

func readFile(path string, stdin io.Reader, o graphfile.Options) (*graphfile.Graph, error) {
	if path == "-" {
		return graphfile.ReadFrom(stdin, "standard input", o)
	}
	return graphfile.ReadWith(path, o)
}

// makeFeatures makes the features of a graph without any. The model makes those
// of neighbours itself.
func (o readOptions) makeFeatures(g *graphfile.Graph, seed uint64) error {
	if g.Features != nil || o.FeaturesFrom == "" || o.FeaturesFrom == graphfile.FeatureKinds()[0] {
		return nil
	}
	f, err := g.FeaturesFrom(o.FeaturesFrom, min(o.FeatureDim, g.Nodes), seed)
	if err != nil {
		return failedf("%w", err)
	}
	g.Features = f
	g.Changes = append(g.Changes, fmt.Sprintf("features made: %s, %s", o.FeaturesFrom, text.Plural(f.Cols, "column")))
	return nil
}

// checkScale errs where float32 cannot hold what training adds up: the squares
// of the nodes' weighted degrees.
func checkScale(g *graphfile.Graph, dtype string) error {
	if g.Weights == nil || dtype != model.Float32 {
		return nil
	}
	total, most := 0.0, float32(0)
	for _, w := range g.Weights {
		total += float64(w)
		most = max(most, w)
	}
	if total < math.Sqrt(math.MaxFloat32)/4 {
		return nil
	}
	return failedf("weights of up to %g add up to %.3g, beyond what float32 can square; want --dtype float64, or smaller weights", most, total)
}
