package outcome

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/assignment"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/build"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/config"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/options"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// WriteAssignments writes a file of assignments: of each node its name, or its
// number from 0 where the graph names none, its cluster, and that cluster's
// share of it. Names are text.SafeName's, but in JSON, which no spreadsheet reads.
func WriteAssignments(w io.Writer, res *Result, g *graphfile.Graph, kind assignment.Kind) error {
	t := assignment.Table{Cluster: res.Cluster, Share: res.Confidence, Names: g.Names}
	if g.Names != nil && kind != assignment.JSON {
		t.Names = safeNames(g)
	}
	if kind == assignment.Clu || kind == assignment.Tree {
		t.Flow = flow(g)
		if res.Best != nil { // a prediction trains nothing
			t.Header = tableHeader(res)
		}
	}
	return assignment.Write(w, t, kind)
}

// safeNames are the names of the nodes for a table, nil where they have none.
func safeNames(g *graphfile.Graph) []string {
	if g.Names == nil {
		return nil
	}
	names := make([]string, len(g.Names))
	for i, name := range g.Names {
		names[i] = text.SafeName(name)
	}
	return names
}

// tableHeader is the comments of Infomap's formats.
func tableHeader(res *Result) []string {
	return []string{"trainclustering " + res.Version + ", " + res.Options.Method, fmt.Sprintf("seed %d", res.Best.Seed)}
}

// flow is each node's share of a random walk: its weighted degree over the sum.
func flow(g *graphfile.Graph) []float64 {
	out, total := make([]float64, g.Nodes), 0.0
	for i := range out {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			w := 1.0
			if g.Weights != nil {
				w = float64(g.Weights[p])
			}
			out[i] += w
			total += w
		}
	}
	for i := range out {
		if total > 0 {
			out[i] /= total
		}
	}
	return out
}

// writeHistory writes the losses of the kept restart, a row an epoch. The lines
// of # say what was trained; nothing in the file depends on time, threads or
// paths, so that equal trainings give equal files.
func writeHistory(w io.Writer, res *Result) error {
	o, h := res.Options, res.Best.History
	_, err := fmt.Fprintf(w, "# trainclustering %s\n# %s, %s\n# restart %d of %d, seed %d\n# total = %s\n",
		res.Version, o.Method, modelLine(o), res.Best.Restart+1, o.Restarts, res.Best.Seed, totalFormula(res))
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	header := append(append([]string{"epoch"}, h.Names...), "total")
	if err := out.Write(header); err != nil {
		return err
	}
	for i, row := range h.Rows {
		cells := []string{strconv.Itoa(i + 1)}
		for _, v := range row {
			cells = append(cells, text.Shortest(v))
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// modelLine names what was trained and how, but for the method.
func modelLine(o options.Train) string {
	s := fmt.Sprintf("k %d, preset %s, encoder %s, hidden %s, at most %s, lr %g, %s",
		o.K, o.Preset, o.Encoder, text.JoinInts(o.Hidden), epochsText(o.Epochs), o.LR, o.Dtype)
	if o.Optimizer == string(cluster.AdamW) || o.Optimizer == string(cluster.SGD) {
		s += fmt.Sprintf(", %s with weight decay %g", o.Optimizer, o.WeightDecay)
	}
	if o.Schedule != "" && o.Schedule != string(cluster.ConstantRate) {
		s += ", schedule " + o.Schedule
	}
	if o.Dropout > 0 {
		s += fmt.Sprintf(", dropout %g", o.Dropout)
	}
	return s
}

// epochsText counts epochs as --epochs takes them.
func epochsText(n int) string {
	if n == 1 {
		return "1 epoch"
	}
	return fmt.Sprintf("%d epochs", n)
}

// totalFormula writes the total as its weighted losses.
func totalFormula(res *Result) string {
	var terms []string
	for _, w := range res.Best.Weights {
		term := fmt.Sprintf("%g·%s", w.Value, w.Name)
		if anneals(res.Options, w) {
			term = fmt.Sprintf("(%g → 0)·%s", w.Value, w.Name)
		}
		terms = append(terms, term)
	}
	return strings.Join(terms, " + ")
}

// anneals tells whether a loss's weight falls to 0 while training.
func anneals(o options.Train, w model.LossWeight) bool {
	return o.Anneal == model.AnnealLinear && w.Name == o.MethodRow().Fades && w.Value != 0
}

// writeConfig writes config.yaml.
func writeConfig(w io.Writer, res *Result) error {
	comments := []string{"trainclustering " + res.Version + " " + build.Commit(), res.Command, "again: trainclustering train --config " + options.ConfigFile}
	return config.Write(w, comments, options.Settings(res.Options), options.ConfigOptions())
}
