package outcome

import (
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
)

const (
	barWidth    = 40
	sparkLength = 48
)

// page is the summary under way.
type page struct{ text.Page }

// Summary is what a person reads after a training: at most 80 columns wide,
// but for paths that are longer.
func Summary(res *Result, style text.Style) string {
	p := &page{text.Page{Style: style}}
	o := res.Options
	p.Title(o.MethodRow().Title + " on " + text.SourceName(res.Source))
	p.Paragraph("graph", graphLine(res))
	if len(res.Changes) > 0 {
		p.Paragraph("at load", strings.Join(res.Changes, "; "))
	}
	if res.Made != nil {
		p.Paragraph("features", featuresLine(res))
	}
	if res.Stored {
		p.Paragraph("store", storeLine(res))
	}
	if res.TriedK != nil {
		p.Paragraph("k auto", chosenLine(res))
	}
	p.Paragraph("model", modelLine(o))
	p.Paragraph("kept", bestLine(res))
	p.BlankLine()
	p.clusters(res)
	p.BlankLine()
	p.after(res)
	p.losses(res)
	p.BlankLine()
	p.scores(res)
	p.BlankLine()
	p.references(res)
	p.Block("time", timeLine(res))
	if res.Clock != nil {
		p.timing(res)
	}
	p.written(res)
	for _, w := range Warnings(res) {
		p.BlankLine()
		for _, line := range text.Wrap(w, text.Columns) {
			p.WriteString(p.Warn(line) + "\n")
		}
	}
	return p.String()
}

func graphLine(res *Result) string {
	parts := []string{text.Plural(res.Nodes, "node")}
	edges := text.Plural(res.Edges, "edge")
	if res.Weighted {
		edges = text.Plural(res.Edges, "weighted edge")
	}
	parts = append(parts, edges)
	if res.Features > 0 {
		parts = append(parts, text.Plural(res.Features, "feature"))
	} else {
		parts = append(parts, "no features (neighbours stand in)")
	}
	if res.Classes > 0 {
		parts = append(parts, text.Plural(res.Classes, "class"))
	}
	return strings.Join(parts, ", ")
}

// storeLine says what a training on a store does otherwise than the preset has
// it.
func storeLine(res *Result) string {
	over := ""
	if h := res.Options.Hops; h > 0 {
		over = ", propagated over " + text.Plural(h, "hop")
	}
	start := "random"
	if res.Options.Init == string(cluster.KMeans) {
		start = "k-means"
	}
	refined := ""
	if res.Trained != nil {
		refined = ", single nodes moved at the end"
	}
	return "features as they are" + over + ", " + start + " start" + refined + "; no report and no clusters of other methods to compare with: " +
		"these need the graph in memory"
}

// featuresLine says how the features were made.
func featuresLine(res *Result) string {
	c := res.Made
	s := fmt.Sprintf("taken as %v, %s, smoothed over %s", c.Kind, text.Plural(c.Columns, "column"), text.Plural(c.Hops, "step"))
	if n := res.Options.Share(res.Nodes); n > 0 {
		s += fmt.Sprintf("; nearest neighbours count %g beside the edges", n)
	}
	return s
}

// chosenLine says how k was chosen.
func chosenLine(res *Result) string {
	first, last := res.TriedK[0], res.TriedK[len(res.TriedK)-1]
	top := first
	for _, t := range res.TriedK {
		if t.Modularity > top.Modularity || math.IsNaN(float64(top.Modularity)) {
			top = t
		}
	}
	return fmt.Sprintf("%d of %d to %d: near the highest mean modularity, %s at %d, the fewest whose silhouette in the features is about the best",
		res.Options.K, first.K, last.K, text.Score(float64(top.Modularity)), top.K)
}

// clusters draws the sizes, the largest first.
func (p *page) clusters(res *Result) {
	p.Block("clusters", fmt.Sprintf("%d of %d used, effective number %.1f",
		res.Scores.UsedClusters, res.Options.K, res.Scores.EffectiveClusters))
	var order []int
	for c, size := range res.Sizes {
		if size > 0 {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return res.Sizes[b] - res.Sizes[a] })
	listed := order
	if len(order) > text.MaxListed+1 {
		listed = order[:text.MaxListed]
	}
	for _, c := range listed {
		share := float64(res.Sizes[c]) / float64(res.Sizes[order[0]])
		bar := text.SolidBar(share, barWidth)
		p.Block("", fmt.Sprintf("%4d %s %9s %5.1f %%", c, p.In(report.ClusterColour(c), text.PadRight(bar, barWidth)),
			text.Grouped(res.Sizes[c]), 100*float64(res.Sizes[c])/float64(res.Nodes)))
	}
	if rest := order[len(listed):]; len(rest) > 0 {
		p.Block("", fmt.Sprintf("and %d more, of %s", len(rest), text.SizeRange(res.Sizes[rest[len(rest)-1]], res.Sizes[rest[0]])))
	}
}

// after says what was done with the clusters that were trained.
func (p *page) after(res *Result) {
	if res.Dissolved != nil {
		p.Paragraph("small", dissolvedLine(res))
	}
	if res.Alignment != nil {
		p.Paragraph("aligned", alignLine(res))
	}
	if res.Levels != nil {
		p.Paragraph("levels", levelsLine(res))
	}
	if res.Dissolved != nil || res.Alignment != nil || res.Levels != nil {
		p.BlankLine()
	}
}

// losses lists the last epoch's losses with their weights, and the total with
// the way it went.
func (p *page) losses(res *Result) {
	h := res.Best.History
	last := h.Last()
	weights := map[string]string{}
	for _, w := range res.Best.Weights {
		weights[w.Name] = fmt.Sprintf("× %g", w.Value)
		if anneals(res.Options, w) {
			weights[w.Name] += " → 0"
		}
	}
	var lines []string
	for i, name := range h.Names {
		lines = append(lines, strings.TrimRight(fmt.Sprintf("%-18s%9s  %s", name, text.Loss(last[i]), p.Dim(weights[name])), " "))
	}
	lines = append(lines, fmt.Sprintf("%-18s%9s", "total", text.Loss(last[len(last)-1])))
	totals := make([]float64, len(h.Rows))
	for i, row := range h.Rows {
		totals[i] = row[len(row)-1]
	}
	lines = append(lines, text.Sparkline(totals, sparkLength)+p.Dim("  total"))
	p.Block("losses", lines...)
}

// scores lists what the clusters are worth, by the graph and by the labels.
func (p *page) scores(res *Result) {
	s := res.Scores
	line := func(name string, v float64, remark string) string {
		return strings.TrimRight(fmt.Sprintf("%-18s%9s  %s", name, text.Score(v), p.Dim(remark)), " ")
	}
	p.Block("by graph",
		line("modularity", s.Modularity, "higher is better"),
		line("conductance", s.Conductance, "share of the edges between clusters"),
		line("conductance mean", s.ConductanceMean, "mean over clusters, of the smaller side"))
	if res.Classes == 0 {
		return
	}
	p.Block("by labels",
		line("NMI", s.NMI, ""), line("ARI", s.ARI, ""),
		line("accuracy", s.Accuracy, "clusters matched to classes"), line("pair F1", s.PairF1, ""))
}

// references are the clusters beside others: before the refinement, and found
// in other ways.
func (p *page) references(res *Result) {
	row := func(name string, s metrics.Report) string {
		line := fmt.Sprintf("%-28s%10s%13s", name, text.Score(s.Modularity), text.Score(s.Conductance))
		if res.Classes > 0 {
			line += fmt.Sprintf("%8s%8s", text.Score(s.NMI), text.Score(s.ARI))
		}
		return line
	}
	head := fmt.Sprintf("%-28s%10s%13s", "", "modularity", "conductance")
	if res.Classes > 0 {
		head += fmt.Sprintf("%8s%8s", "NMI", "ARI")
	}
	lines := []string{p.Dim(head), row("these clusters", res.Scores)}
	if res.Trained != nil {
		lines = append(lines, row("before the refinement", res.Trained.Scores))
	}
	for _, r := range res.References {
		lines = append(lines, row(r.Title, r.Scores))
	}
	p.Block("compare", lines...)
	if res.Disconnected > 0 {
		p.Paragraph("", fmt.Sprintf("clusters in pieces: %d of %d", res.Disconnected, res.Scores.UsedClusters)+piecesLine(res))
	}
	if !math.IsNaN(res.Agreement) {
		p.Block("", "restarts agree with each other by an NMI of "+text.Score(res.Agreement))
	}
	p.BlankLine()
}

// piecesLine says what the pieces of clusters are, and which flag that was not
// given mends that.
func piecesLine(res *Result) string {
	split := cluster.Connection(res.Options.Connected) == cluster.Split
	switch {
	case res.Stored:
		return ""
	case !res.Splits || split:
		return "; the pieces are nodes without an edge, which stay where they are"
	case cluster.Connection(res.Options.Connected) == cluster.Reassign:
		return "; the pieces have no edges to other clusters; --connected split makes each a cluster"
	case res.Mendable > 0:
		return "; --connected split makes each piece a cluster, reassign moves the smaller ones along their edges"
	}
	return "; --connected split makes each piece a cluster"
}

func timeLine(res *Result) string {
	s := fmt.Sprintf("%s, %s an epoch, %s", text.Duration(res.Seconds),
		text.Duration(res.SecondsPerEpoch), text.Plural(res.Options.Threads, "thread"))
	if res.PeakRSS > 0 {
		s += ", peak memory " + text.MemorySize(res.PeakRSS)
	}
	return s
}

// written says which files hold the result, or how to get them.
func (p *page) written(res *Result) {
	if !res.Options.HasFolder() {
		p.Block("files", p.Dim("none; train --out DIR writes the clusters, losses and metrics"))
		return
	}
	p.Block("files", "in "+text.OneLine(filepath.Clean(res.Options.Out))+string(filepath.Separator)+":")
	p.Paragraph("", strings.Join(res.Written, ", "))
	if res.Unwritable {
		p.Paragraph("", "some names have letters that the font of the png pictures lacks: --formats svg has them")
	}
}

// nearlyAll tells whether one cluster has more than nine tenths of the nodes.
func nearlyAll(sizes []int) bool {
	total := 0
	for _, n := range sizes {
		total += n
	}
	return 10*slices.Max(sizes) > 9*total
}

// NothingToClusterBy is the warning of a graph with neither edges nor features.
const NothingToClusterBy = "warning: the graph has neither edges nor features: there is nothing to cluster by, and the clusters say nothing"

// collapseWarning says so where one cluster has nearly all nodes, or few of
// those asked for are in use, or there was nothing to cluster by.
func collapseWarning(res *Result) string {
	if res.Options.K > 1 && res.Edges == 0 && res.Features == 0 {
		return NothingToClusterBy
	}
	k, effective := res.Options.K, res.Scores.EffectiveClusters
	if k < 2 || !nearlyAll(res.Sizes) && (k == 2 || effective >= max(1.5, float64(k)/8)) {
		return ""
	}
	return fmt.Sprintf("warning: of the %d clusters the nodes fell into %.1f, counted by their sizes; %s may help",
		k, effective, res.Options.MethodRow().OnCollapse)
}

// Warnings are all that a result has, a line each.
func Warnings(res *Result) (all []string) {
	for _, w := range []string{FailedWarning(res), DivergedWarning(res), Warning(res)} {
		if w != "" {
			all = append(all, w)
		}
	}
	return all
}

// FailedWarning says so where a restart failed, and the others did not run.
func FailedWarning(res *Result) string {
	err := res.Best.Failed
	if err == nil {
		return ""
	}
	return fmt.Sprintf("warning: %s; the clusters are the best of the restarts before it", text.OneLine(err.Error()))
}

// DivergedWarning says so where restarts diverged.
func DivergedWarning(res *Result) string {
	d := res.Best.Diverged
	if len(d) == 0 {
		return ""
	}
	return fmt.Sprintf("warning: %d of %d restarts diverged and were left out; %s; a lower --lr may help", len(d), res.Options.Restarts, d[0])
}

// SizesWarning is collapseWarning or emptyWarning.
func SizesWarning(res *Result) string { return cmp.Or(collapseWarning(res), emptyWarning(res)) }

// Warning is SizesWarning, or says so where edges do not keep to the clusters at
// all.
func Warning(res *Result) string {
	w, q := SizesWarning(res), res.Scores.Modularity
	if w == "" && res.Options.K > 1 && q <= 0 && res.Edges > 0 {
		help := "--refine multilevel or a smaller --k"
		if res.Stored {
			help = "more --epochs or a smaller --k"
		}
		return fmt.Sprintf("warning: modularity %.4f, no better than chance: the graph may have no such clusters; %s may help", q, help)
	}
	return w
}
