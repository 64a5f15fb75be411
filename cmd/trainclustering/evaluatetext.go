package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/judge"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/report"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// titleName is how long a file's name is in a title that has two.
const titleName = 38

// judgement is the text of an evaluation under way.
type judgement struct{ text.Page }

// scoreLine is a metric with a remark.
func (p *judgement) scoreLine(name string, v metricsfile.Figure, remark string) string {
	return strings.TrimRight(fmt.Sprintf("%-18s%9s  %s", name, text.Score(float64(v)), p.Dim(remark)), " ")
}

// evaluationText is the evaluation as a person reads it, in the manner of the
// summary of a training.
func evaluationText(e *evaluation, style text.Style) string {
	p := &judgement{text.Page{Style: style}}
	title := text.CutMiddle(text.ShortName(e.Assignments), titleName)
	if e.Graph != nil {
		title += " on " + text.CutMiddle(text.SourceName(e.Graph.Data), titleName)
	}
	p.Title(title)
	if e.Graph != nil {
		p.Paragraph("graph", factsLine(e.Graph))
		if len(e.Graph.Changes) > 0 {
			p.Paragraph("at load", text.OneLine(strings.Join(e.Graph.Changes, "; ")))
		}
	}
	if len(e.Read) > 0 {
		p.Paragraph("read", text.OneLine(strings.Join(e.Read, "; ")))
	}
	if e.Measured != nil {
		p.BlankLine()
		p.parts(e.Measured, e.Nodes)
		p.BlankLine()
		p.measured(e.Measured, e.Graph.Classes != nil)
	}
	if a := e.Against; a != nil {
		p.BlankLine()
		p.against(e, a)
	}
	return p.String()
}

func factsLine(g *metricsfile.Graph) string {
	edges := "edge"
	if g.Weighted {
		edges = "weighted edge"
	}
	s := text.Plural(g.Nodes, "node") + ", " + text.Plural(g.Edges, edges)
	if g.Classes != nil {
		s += ", " + text.Plural(*g.Classes, "class")
	}
	return s
}

// parts lists the clusters, the largest first, each with its share of the nodes
// and its conductance.
func (p *judgement) parts(c *metricsfile.Clustering, nodes int) {
	line := fmt.Sprintf("%s, effective number %.1f", text.Plural(c.Clusters, "cluster"), float64(c.EffectiveClusters))
	if c.DisconnectedClusters > 0 {
		line += fmt.Sprintf("; %s of them fall into pieces", text.Grouped(c.DisconnectedClusters))
	}
	p.Paragraph("clusters", line)
	all := slices.Clone(c.Parts)
	slices.SortStableFunc(all, func(a, b metricsfile.Part) int { return b.Size - a.Size })
	listed := all
	if len(all) > text.MaxListed+1 {
		listed = all[:text.MaxListed]
	}
	if len(all) > 0 {
		p.Block("", p.Dim(fmt.Sprintf("%4s %-28s %9s %7s %12s", "", "", "nodes", "", "conductance")))
	}
	for _, part := range listed {
		bar := text.PadRight(text.SolidBar(float64(part.Size)/float64(all[0].Size), 28), 28)
		p.Block("", fmt.Sprintf("%4d %s %9s %5.1f %% %12s", part.Cluster, p.In(report.ClusterColour(part.Cluster), bar),
			text.Grouped(part.Size), 100*float64(part.Size)/float64(nodes), text.Score(float64(part.Conductance))))
	}
	if rest := all[len(listed):]; len(rest) > 0 {
		p.Block("", fmt.Sprintf("and %s more, of %s", text.Grouped(len(rest)), text.SizeRange(rest[len(rest)-1].Size, rest[0].Size)))
	}
}

// measured lists the metrics by the graph and by the labels.
func (p *judgement) measured(c *metricsfile.Clustering, labels bool) {
	p.Block("by graph",
		p.scoreLine("modularity", c.Modularity, "higher is better"),
		p.scoreLine("coverage", c.Coverage, "share of the edges inside clusters"),
		p.scoreLine("conductance", c.Conductance, "share of the edges between clusters"),
		p.scoreLine("conductance mean", c.ConductanceMean, "mean over clusters, of the smaller side"))
	if labels {
		p.Block("by labels", p.agreement(judge.Agreement{
			NMI: c.NMI, AMI: c.AMI, ARI: c.ARI, Homogeneity: c.Homogeneity, Completeness: c.Completeness,
			VariationOfInformation: c.VariationOfInformation, Accuracy: c.Accuracy, F1: c.F1,
		})...)
	}
}

// agreement lists how two clusterings agree.
func (p *judgement) agreement(a judge.Agreement) []string {
	return []string{
		p.scoreLine("NMI", a.NMI, ""), p.scoreLine("AMI", a.AMI, "NMI, adjusted for chance"), p.scoreLine("ARI", a.ARI, ""),
		p.scoreLine("homogeneity", a.Homogeneity, ""), p.scoreLine("completeness", a.Completeness, ""),
		p.scoreLine("variation of inf.", a.VariationOfInformation, "in nats; lower is better"),
		p.scoreLine("accuracy", a.Accuracy, "clusters matched one to one"), p.scoreLine("pair F1", a.F1, ""),
	}
}

// against lists how the two files agree, and what the second is worth.
func (p *judgement) against(e *evaluation, a *comparedFile) {
	p.Paragraph("against", fmt.Sprintf("%s: %s; both have %s of %s", text.CutMiddle(e.second, titleName),
		text.Plural(a.Agreement.ClustersOfB, "cluster"), text.Grouped(a.Agreement.Nodes), text.Plural(e.Nodes, "node")))
	p.Block("", p.agreement(a.Agreement)...)
	if a.Measured == nil {
		return
	}
	p.BlankLine()
	row := func(name string, c *metricsfile.Clustering) string {
		line := text.PadRight(lastOf(name, 26), 28) + fmt.Sprintf("%10s%13s", text.Score(float64(c.Modularity)), text.Score(float64(c.Conductance)))
		if e.Graph.Classes != nil {
			line += fmt.Sprintf("%8s%8s", text.Score(float64(c.NMI)), text.Score(float64(c.ARI)))
		}
		return line
	}
	head := fmt.Sprintf("%-28s%10s%13s", "", "modularity", "conductance")
	if e.Graph.Classes != nil {
		head += fmt.Sprintf("%8s%8s", "NMI", "ARI")
	}
	p.Block("compare", p.Dim(head), row(e.first, e.Measured), row(e.second, a.Measured))
}

// lastOf is the end of a long path, where it differs from another; the beginning
// of a long name.
func lastOf(path string, cells int) string {
	if !strings.ContainsAny(path, `/\`) {
		return text.CutCells(path, cells)
	}
	return text.CutBegin(path, cells)
}
