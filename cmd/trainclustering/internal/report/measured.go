package report

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/metricsfile"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Take fills what the page tells from what was measured: Method, Tiles, Facts,
// Changes, Warnings, Compared, Levels, Restarts, Agreement, Command and Version. Times are
// left out, so that equal runs give equal pages.
func (d *Data) Take(f *metricsfile.File) {
	d.Method, d.Changes, d.Warnings = f.Method, f.Changes, f.Warnings
	d.Command, d.Version = f.Command, f.Version
	if !f.Complete {
		d.Warnings = append([]string{interruption(f)}, d.Warnings...)
	}
	d.Tiles, d.Facts, d.Compared = tiles(f), facts(f), compared(f)
	for _, l := range f.Levels {
		d.Levels = append(d.Levels, Level{l.Clusters, float64(l.Modularity), float64(l.NMI)})
	}
	for i, total := range f.Totals {
		r := Restart{Loss: float64(total), Modularity: math.NaN(), Kept: i+1 == f.KeptRestart}
		if i < len(f.Seeds) {
			r.Seed = f.Seeds[i]
		}
		if i < len(f.Modularities) {
			r.Modularity = float64(f.Modularities[i])
		}
		d.Restarts = append(d.Restarts, r)
	}
	if f.Agreement != nil && len(f.Agreement.Matrix) == len(d.Restarts) {
		for _, row := range f.Agreement.Matrix {
			d.Agreement = append(d.Agreement, numbers(row))
		}
	}
}

// interruption says how far a run came that did not end by itself.
func interruption(f *metricsfile.File) string {
	far, what := "", "was interrupted"
	if !f.Stopped {
		what = "failed"
	}
	if f.Restarts > 1 {
		far = fmt.Sprintf(" with %d of %d restarts finished", f.Finished, f.Restarts)
	}
	if ran := len(f.Totals); ran > f.Finished+f.Diverged && f.KeptRestart == ran {
		far += fmt.Sprintf(", in epoch %s of %s of the kept one", text.Grouped(f.Epochs), text.Grouped(f.EpochsAsked))
	}
	return "The run " + what + far + "; this is its state at that moment."
}

func numbers(v []metricsfile.Figure) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = float64(x)
	}
	return out
}

// tiles are the figures at the top: of the graph, and with labels of them.
func tiles(f *metricsfile.File) []Fact {
	out := []Fact{
		{"Clusters", text.Grouped(f.Clusters), fmt.Sprintf("of %s asked for, effective number %.1f", text.Grouped(f.K), float64(f.EffectiveClusters))},
		{"Modularity", figure(float64(f.Modularity)), "higher is better, 0 is chance"},
		{"Conductance", figure(float64(f.Conductance)), "share of the edges between clusters"},
	}
	if r := f.Refinement; r != nil {
		out[1].Note = fmt.Sprintf("%s before nodes were moved at the end", figure(float64(r.ModularityBefore)))
	}
	if f.DisconnectedClusters > 0 {
		out = append(out, Fact{"Disconnected", text.Grouped(f.DisconnectedClusters), "clusters of more than one piece"})
	}
	if f.Classes != nil {
		out = append(out, Fact{"NMI", figure(float64(f.NMI)), "with the labels, 1 is the same"},
			Fact{"ARI", figure(float64(f.ARI)), "with the labels, 0 is chance"})
	}
	return out
}

// facts say what was clustered and how.
func facts(f *metricsfile.File) []Fact {
	edges := text.Plural(f.Edges, "edge")
	if f.Weighted {
		edges = text.Plural(f.Edges, "weighted edge")
	}
	out := []Fact{{"graph", f.Data, ""}, {"size", text.Plural(f.Nodes, "node") + ", " + edges, ""}}
	if f.Features > 0 {
		out = append(out, Fact{"features", text.Grouped(f.Features), ""})
	}
	if f.Classes != nil {
		out = append(out, Fact{"labels", text.Grouped(*f.Classes), ""})
	}
	out = append(out,
		Fact{"method", f.Method, fmt.Sprintf("encoder %s, hidden %v", f.Encoder, f.Hidden)},
		Fact{"training", fmt.Sprintf("%s, learning rate %g, %s", text.Plural(f.Epochs, "epoch"), f.LR, f.Dtype), ""},
		Fact{"kept", fmt.Sprintf("restart %d of %d, seed %d", f.KeptRestart, f.Restarts, f.KeptSeed), "loss " + figure(float64(f.Loss))})
	if c := f.Choice; c != nil {
		out = append(out, Fact{"number of clusters", fmt.Sprintf("%d of %d tried", f.K, len(c.Tried)), "by " + c.Criterion})
	}
	if r := f.Refinement; r != nil {
		out = append(out, Fact{
			"refinement", fmt.Sprintf("%s moved", text.Plural(r.Moved, "node")),
			fmt.Sprintf("modularity %s to %s", figure(float64(r.ModularityBefore)), figure(float64(r.ModularityAfter))),
		})
	}
	if m := f.Dissolved; m != nil {
		out = append(out, Fact{
			"small clusters", fmt.Sprintf("%s of fewer than %s joined others", text.Plural(m.Clusters, "cluster"), text.Plural(f.MinSize, "node")),
			fmt.Sprintf("%s stay, no edge leaves them", text.Grouped(m.Left)),
		})
	}
	if a := f.Alignment; a != nil {
		out = append(out, Fact{
			"numbers as in", a.File,
			fmt.Sprintf("%s of %s in the same cluster, %s new", text.Grouped(a.Agree), text.Plural(a.Nodes, "node"), text.Plural(a.New, "cluster")),
		})
	}
	return out
}

// compared puts the run beside its references, nil without any.
func compared(f *metricsfile.File) *Comparison {
	if len(f.References) == 0 {
		return nil
	}
	c := &Comparison{Columns: []string{"modularity", "conductance"}}
	if f.Classes != nil {
		c.Columns = append(c.Columns, "NMI", "ARI")
	}
	columns := func(all ...metricsfile.Figure) []float64 { return numbers(all[:len(c.Columns)]) }
	c.Rows = []Row{{Name: "this run", Own: true, Values: columns(f.Modularity, f.Conductance, f.NMI, f.ARI)}}
	for _, r := range f.References {
		row := Row{Name: shownName(r.Name), Values: columns(r.Modularity, r.Conductance, r.NMI, r.ARI)}
		if s := r.Spread; s != nil {
			row.Spread = columns(s.Modularity, s.Conductance, s.NMI, s.ARI)
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// shownName is a reference's name in words.
func shownName(name string) string {
	switch name {
	case "kmeans":
		return "k-means"
	case "louvain":
		return "Louvain"
	}
	return name
}
