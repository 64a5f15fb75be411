package outcome

import (
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/view"
)

// newReport is what report.html tells of a result.
func newReport(out *output) *report.Data {
	res, g := out.res, out.graph
	d := &report.Data{
		Title: text.SourceName(res.Source), Cluster: res.Cluster, Share: res.Confidence, Seed: res.Best.Seed,
		Graph:   report.Graph{RowPtr: g.RowPtr, Col: g.Col, Weights: g.Weights, Names: g.Names},
		History: &report.History{Names: append(append([]string{}, res.Best.History.Names...), "total"), Rows: res.Best.History.Rows},
	}
	d.Take(out.metrics)
	d.Method = res.Options.MethodRow().Title
	if labels := view.Labels(g); labels != nil {
		d.Labels, d.Classes = labels, g.LabelNames
	}
	if z := res.Best.Task.Z; z.Dense != nil {
		d.Embedding = &report.Matrix{Rows: z.Rows, Cols: z.Cols, Values: z.Dense}
	}
	for _, s := range options.Settings(res.Options) {
		d.Config = append(d.Config, report.Fact{Name: s.Name, Value: strings.Join(s.Values, ", ")})
	}
	return d
}
