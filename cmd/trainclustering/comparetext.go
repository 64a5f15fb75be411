package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/contest"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/outdir"
	pages "github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// compareNames are the files that --out of `compare` may receive.
func compareNames() []string {
	return []string{"compare.csv", "runs.csv", "compare.svg", "compare.png", "report.html"}
}

// comparisonFile is the JSON document of `compare`.
type comparisonFile struct {
	Version     string             `json:"version"`
	Graph       *metricsfile.Graph `json:"graph"`
	K           int                `json:"k"`
	Preset      string             `json:"preset"`
	FeatureSeed uint64             `json:"feature_seed"` // of the features of all trainings
	Seeds       int                `json:"seeds"`        // asked for
	Complete    bool               `json:"complete"`     // false: interrupted, with fewer trainings
	Methods     []methodFigures    `json:"methods"`
	Runs        []contest.Run      `json:"runs"`
}

// methodFigures is a method's means and standard deviations by name.
type methodFigures struct {
	contest.Row
	Means map[string]metricsfile.Figure `json:"mean"`
	SDs   map[string]metricsfile.Figure `json:"sd"`
}

// showComparison prints the table, or the document.
func (p *program) showComparison(o compareOptions, name string, g *graphfile.Graph, c *contest.Contest, done trainings) error {
	if !o.json {
		_, err := io.WriteString(p.stdout, comparisonText(o, name, g, c, done, p.style))
		return err
	}
	f := comparisonFile{Version: build.Version(), Graph: graphFacts(name, g), K: o.K, Preset: o.Preset, FeatureSeed: o.Seed, Seeds: o.seeds, Complete: done.whole(), Runs: c.Runs}
	for _, row := range c.Rows() {
		m := methodFigures{Row: row, Means: map[string]metricsfile.Figure{}, SDs: map[string]metricsfile.Figure{}}
		for j, figure := range contest.Names() {
			m.Means[figure], m.SDs[figure] = row.Mean[j], row.SD[j]
		}
		f.Methods = append(f.Methods, m)
	}
	return metricsfile.Write(p.stdout, f)
}

// comparisonText is the table as a person reads it.
func comparisonText(o compareOptions, name string, g *graphfile.Graph, c *contest.Contest, done trainings, style text.Style) string {
	p := &text.Page{Style: style}
	p.Title(fmt.Sprintf("%s on %s, k %d, preset %s", text.Plural(len(o.methods), "method"), text.SourceName(name), o.K, o.Preset))
	p.WriteString("  " + factsLine(graphFacts(name, g)) + "\n\n")
	head := fmt.Sprintf("  %-12s%-14s%-14s", "", "modularity", "conductance")
	if c.Labels != nil {
		head += fmt.Sprintf("%-14s%-14s", "NMI", "ARI")
	}
	p.WriteString(p.Dim(head+fmt.Sprintf("%4s%6s", "eff.", "s")) + "\n")
	for _, row := range c.Rows() {
		line := fmt.Sprintf("  %-12s", row.Method)
		for j := range 4 {
			if j < 2 || c.Labels != nil {
				line += text.PadRight(spread(row, j), 14)
			}
		}
		p.WriteString(line + fmt.Sprintf("%4s%6s", tenths(float64(row.Mean[4])), seconds(float64(row.Mean[5]))) + "\n")
		if row.Diverged > 0 {
			p.WriteString(p.Warn(fmt.Sprintf("  %-12s%s", "", divergedText(row))) + "\n")
		}
	}
	p.BlankLine()
	for _, line := range text.Wrap("mean ± standard deviation over "+done.overSeeds()+"; eff.: effective number of clusters", text.Columns-2) {
		p.WriteString(p.Dim("  "+line) + "\n")
	}
	if o.Out != "" {
		p.WriteString("  written to " + text.OneLine(o.Out) + "\n")
	}
	return p.String()
}

// divergedText says how many trainings of a method the figures are of, where others
// diverged.
func divergedText(r contest.Row) string {
	return fmt.Sprintf("%d of %d trainings; the others diverged", r.Runs, r.Runs+r.Diverged)
}

// spread is a mean and its standard deviation, where there is one.
func spread(r contest.Row, j int) string {
	if math.IsNaN(float64(r.Mean[j])) {
		return "–"
	}
	s := strings.Replace(fmt.Sprintf("%.3f", float64(r.Mean[j])), "-0.000", "0.000", 1)
	if math.IsNaN(float64(r.SD[j])) {
		return s
	}
	return s + fmt.Sprintf(" ±%.3f", float64(r.SD[j]))
}

// seconds writes seconds in at most five columns.
func seconds(s float64) string {
	switch {
	case math.IsNaN(s):
		return "–"
	case s < 99.5:
		return fmt.Sprintf("%.2f", s)
	}
	return fmt.Sprintf("%.0f", s)
}

// tenths writes a number with one decimal.
func tenths(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%.1f", v)
}

// writeComparison writes the files of --out.
func writeComparison(ctx context.Context, o compareOptions, d *pages.Data, c *contest.Contest) error {
	figures, err := pages.Figures(d)
	if err != nil {
		return failure.Failedf("drawing the comparison: %w", err)
	}
	files := []outdir.File{
		{Name: "compare.csv", Write: func(w io.Writer) error { return writeRows(w, c.Rows()) }},
		{Name: "runs.csv", Write: func(w io.Writer) error { return writeRuns(w, c.Runs) }},
		{Name: "report.html", Write: func(w io.Writer) error { return pages.Page(w, d, figures) }},
	}
	for _, f := range figures {
		if f.Name == "compared" {
			files = append(files, outdir.File{Name: "compare.svg", Write: f.SVG}, outdir.File{Name: "compare.png", Write: f.PNG})
		}
	}
	err = outdir.Write(ctx, o.Out, compareNames(), files)
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return failure.Interruptedf(ctx, "interrupted; nothing was written")
	}
	return err
}

// bestOf is the best run of the first method that has one.
func bestOf(methods []string, c *contest.Contest) (best contest.Run) {
	for _, method := range methods {
		if best = c.Best(method); best.Cluster != nil {
			return best
		}
	}
	return best
}

// comparisonReport is the page: the table, the first method's best run, and the
// command to repeat it.
func comparisonReport(o compareOptions, name, command string, g *graphfile.Graph, c *contest.Contest, done trainings) *pages.Data {
	best := bestOf(o.methods, c)
	d := &pages.Data{
		Title: text.SourceName(name), Method: fmt.Sprintf("%s, seed %d, of the methods compared", methodTitle(best.Method), best.Seed),
		Graph:   pages.Graph{RowPtr: g.RowPtr, Col: g.Col, Weights: g.Weights, Names: g.Names},
		Cluster: best.Cluster, Labels: view.Labels(g), Classes: g.LabelNames, Changes: g.Changes, Version: build.Version(), Seed: best.Seed,
		Command:  command,
		Compared: &pages.Comparison{Columns: []string{"modularity", "conductance", "NMI", "ARI", "effective clusters"}},
		Facts: []pages.Fact{
			{Name: "trainings of a method", Value: done.ofAMethod()},
			{Name: "clusters asked for", Value: strconv.Itoa(o.K)},
			{Name: "preset", Value: o.Preset},
			{Name: "seed of the features", Value: strconv.FormatUint(o.Seed, 10)},
		},
	}
	if !done.whole() {
		d.Warnings = append(d.Warnings, fmt.Sprintf("The comparison was interrupted after %d of %d trainings; the figures are of those.", done.done, done.asked))
	}
	columns := []int{0, 1, 2, 3, 4}
	if c.Labels == nil {
		columns, d.Compared.Columns = []int{0, 1, 4}, []string{"modularity", "conductance", "effective clusters"}
	}
	for _, row := range c.Rows() {
		r := pages.Row{Name: row.Method, Own: row.Method == best.Method}
		if row.Diverged > 0 {
			d.Warnings = append(d.Warnings, row.Method+": "+divergedText(row)+".")
		}
		for _, j := range columns {
			r.Values = append(r.Values, float64(row.Mean[j]))
			if row.Runs > 1 {
				r.Spread = append(r.Spread, float64(row.SD[j]))
			}
		}
		d.Compared.Rows = append(d.Compared.Rows, r)
	}
	return d
}

// writeRows writes a row a method: each figure's mean and standard deviation.
func writeRows(w io.Writer, rows []contest.Row) error {
	out := csv.NewWriter(w)
	head := []string{"method", "runs"}
	for _, name := range contest.Names() {
		head = append(head, name, name+"_sd")
	}
	head = append(head, "diverged")
	_ = out.Write(head) // Flush's error is this one's
	for _, r := range rows {
		cells := []string{r.Method, strconv.Itoa(r.Runs)}
		for j := range r.Mean {
			cells = append(cells, cell(float64(r.Mean[j])), cell(float64(r.SD[j])))
		}
		cells = append(cells, strconv.Itoa(r.Diverged))
		_ = out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

// writeRuns writes a row a run; the figures of one that diverged are empty.
func writeRuns(w io.Writer, runs []contest.Run) error {
	out := csv.NewWriter(w)
	_ = out.Write(append([]string{"method", "seed"}, contest.Names()...)) // Flush's error is this one's
	for _, r := range runs {
		cells := []string{r.Method, strconv.FormatUint(r.Seed, 10)}
		for _, v := range r.Values() {
			cells = append(cells, cell(v))
		}
		_ = out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

// cell is a number of a table, empty where it is not defined.
func cell(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return text.Shortest(v)
}

// methodTitle is the name of a method in text.
func methodTitle(name string) string {
	m, err := model.Lookup(name)
	if err != nil {
		return name
	}
	return m.Title
}
