// Package reading says how a graph is read, and what comes with it, and reads it.
package reading

import (
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/config"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/flags"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// maxColumns bounds the features that are made; above it a mistyped figure
// would take all memory instead of giving an error.
const maxColumns = 65536

// Options says how the graph is read, and what comes with it.
type Options struct {
	graphfile.Options
	Features, Labels string // files; "": what the graph's own has
	FeaturesFrom     string // where it has none
	FeaturesAsked    bool   // FeaturesFrom was asked for, and is not the default
	FeatureDim       int
}

// Flags describes the flags that say how a graph is read.
func Flags() flags.Group {
	return flags.Group{Title: "Reading", Rows: append(FormatFlags(), []flags.Row{
		{Name: "features", Arg: "FILE", Text: "features of the nodes: a CSV or TSV with node ids, an npy or an npz file"},
		{Name: "labels", Arg: "FILE", Text: "classes of the nodes, in such a file: words, numbers or one-hot"},
		{Name: "features-from", Arg: "NAME", Value: graphfile.FeatureKinds()[0], Text: "features to make for a graph that has none: " +
			text.List(graphfile.FeatureKinds(), "or") + "; default {default}"},
		{Name: "feature-dim", Arg: "N", Value: "64", Text: "number of columns of spectral and random features, at most the number of nodes; default {default}"},
	}...)}
}

// FormatFlags describes the flags that say how a file is read.
func FormatFlags() []flags.Row {
	return []flags.Row{
		{Name: "format", Arg: "NAME", Text: "the file's format, if its content and ending do not show it: " + text.List(graphfile.Formats(), "or")},
		{Name: "columns", Arg: "S,T[,W]", Text: "the source, target and weight columns of an edge list, by name, or by number from 1"},
		{Name: "header", Arg: "yes|no", Text: "whether the first line of an edge list names the columns"},
		{Name: "delimiter", Arg: "NAME", Text: "separator of the fields of an edge list: tab, comma, semicolon, pipe, colon, blank or a text"},
		{Name: "decimal", Arg: "NAME", Text: "decimal separator of weights and of --features: comma or point; default: point"},
		{Name: "nodes", Arg: "N", Text: "the nodes of an edge list are 0 to N-1, also those without edges"},
	}
}

// ReadFormat reads the flags of formatFlags.
func ReadFormat(r *flags.Reader, cmd *cli.Command) graphfile.Options {
	o := graphfile.Options{
		Format: cmd.String("format"), Header: cmd.String("header"),
		Delimiter: cmd.String("delimiter"), Decimal: cmd.String("decimal"),
	}
	if cmd.IsSet("header") {
		o.Header = r.Word("header", "yes", "no", "auto")
	}
	if cmd.IsSet("decimal") {
		o.Decimal = r.Word("decimal", "comma", "point")
	}
	if cmd.IsSet("nodes") {
		o.Nodes = r.Count("nodes", 1, graphfile.MaxNodes)
	}
	if cmd.IsSet("columns") {
		columns, err := csv.NewReader(strings.NewReader(cmd.String("columns"))).Read()
		if err != nil || len(columns) < 2 || len(columns) > 3 {
			r.Wrong("columns", "source,target or source,target,weight: names in the header, or numbers from 1", "")
		}
		o.Columns = columns
	}
	if cmd.IsSet("format") && !graphfile.IsFormat(o.Format) {
		r.Wrong("format", text.List(graphfile.Formats(), "or"), text.DidYouMean(o.Format, "", graphfile.Formats()))
	}
	return o
}

// Read reads the flags of readingFlags.
func Read(r *flags.Reader, cmd *cli.Command) Options {
	o := Options{Options: ReadFormat(r, cmd), Features: cmd.String("features"), Labels: cmd.String("labels")}
	for _, name := range []string{"features", "labels"} {
		if cmd.IsSet(name) && cmd.String(name) == "" {
			r.Wrong(name, "a path", "")
		}
	}
	if cmd.IsSet("features-from") || cmd.String("features-from") != "" { // a command may make none
		o.FeaturesFrom = r.Word("features-from", graphfile.FeatureKinds()...)
		// A file of options has all of them, those that were not asked for too.
		o.FeaturesAsked = cmd.IsSet("features-from") && (!cmd.IsSet("config") || o.FeaturesFrom != graphfile.FeatureKinds()[0])
	}
	o.FeatureDim = r.Count("feature-dim", 1, maxColumns)
	NeedData(r, cmd)
	return o
}

// NeedData notes a fault where a flag says how a graph is read and --data names
// none.
func NeedData(r *flags.Reader, cmd *cli.Command) {
	for _, row := range Flags().Rows {
		if r.Fault == nil && cmd.String("data") == "" && cmd.IsSet(row.Name) {
			r.Fault = failure.Usagef("--%s = %s, want --data beside it, the graph that is read with it", row.Name, text.Quote(cmd.String(row.Name)))
		}
	}
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

// Settings are the options that say how a graph is read.
func (o Options) Settings() []config.Setting {
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
