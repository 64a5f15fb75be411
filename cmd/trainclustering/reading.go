package main

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/config"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// maxColumns bounds the features that are made; above it a mistyped figure
// would take all memory instead of giving an error.
const maxColumns = 65536

// readOptions says how the graph is read, and what comes with it.
type readOptions struct {
	graphfile.Options
	Features, Labels string // files; "": what the graph's own has
	FeaturesFrom     string // where it has none
	FeatureDim       int
}

// readingFlags describes the flags that say how a graph is read.
func readingFlags() flagGroup {
	return flagGroup{title: "Reading", rows: append(formatFlags(), []flagRow{
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

// readFormat reads the flags of formatFlags.
func readFormat(r *flagReader, cmd *cli.Command) graphfile.Options {
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
func allReading(r *flagReader, cmd *cli.Command) readOptions {
	o := readOptions{Options: readFormat(r, cmd), Features: cmd.String("features"), Labels: cmd.String("labels")}
	for _, name := range []string{"features", "labels"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.wrong(name, "a path", "")
		}
	}
	o.FeaturesFrom = r.word("features-from", graphfile.FeatureKinds()...)
	o.FeatureDim = r.count("feature-dim", 1, maxColumns)
	return o
}

// quoteColumns writes column names as --columns reads them.
func quoteColumns(names []string) string {
	if len(names) == 0 {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(names) // a Builder does not err
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// settings are the options that say how a graph is read.
func (o readOptions) settings() []config.Setting {
	var all []config.Setting
	add := func(name, value string) {
		if value != "" {
			all = append(all, config.Setting{Name: name, Values: []string{value}})
		}
	}
	add("format", o.Format)
	add("columns", quoteColumns(o.Columns))
	add("header", o.Header)
	add("delimiter", o.Delimiter)
	add("decimal", o.Decimal)
	if o.Nodes > 0 {
		add("nodes", strconv.Itoa(o.Nodes))
	}
	add("features", o.Features)
	add("labels", o.Labels)
	add("features-from", o.FeaturesFrom)
	if o.FeatureDim > 0 {
		add("feature-dim", strconv.Itoa(o.FeatureDim))
	}
	return all
}
