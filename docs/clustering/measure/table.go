package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
)

// column is a figure of a table.
type column struct {
	head   string
	value  func(f figures) number
	digits int
}

var columns = []column{
	{"Q", func(f figures) number { return f.Q }, 3},
	{"conductance", func(f figures) number { return f.Conductance }, 3},
	{"NMI", func(f figures) number { return f.NMI }, 3},
	{"ARI", func(f figures) number { return f.ARI }, 3},
	{"F1", func(f figures) number { return f.F1 }, 3},
	{"effective", func(f figures) number { return f.Effective }, 1},
	{"disconnected", func(f figures) number { return f.Disconnected }, 1},
	{"seconds", func(f figures) number { return f.Seconds }, 2},
}

// values is one figure of all runs.
func (w way) values(c column) []float64 {
	out := make([]float64, len(w.Runs))
	for i, f := range w.Runs {
		out[i] = float64(c.value(f))
	}
	return out
}

// cell is mean ± standard deviation.
func (w way) cell(c column) string {
	v := w.values(c)
	switch mean := stat.Mean(v, nil); {
	case math.IsNaN(mean):
		return "–"
	case len(v) < 2:
		return fmt.Sprintf("%.*f", c.digits, mean)
	default:
		return fmt.Sprintf("%.*f ± %.*f", c.digits, mean, c.digits, stat.StdDev(v, nil))
	}
}

// collapsed is how many runs have a cluster of more than 90 % of the nodes, or
// effective clusters fewer than max(1.5, k/8) where k > 2.
func (w way) collapsed(k int) (n int) {
	for _, f := range w.Runs {
		if f.Largest > .9 || k > 2 && f.Effective < max(1.5, number(k)/8) {
			n++
		}
	}
	return n
}

func (m measured) way(name string) (way, bool) {
	i := slices.IndexFunc(m.Ways, func(w way) bool { return w.Name == name })
	if i < 0 {
		return way{}, false
	}
	return m.Ways[i], true
}

// text is a table of one graph for the terminal.
func (m measured) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d nodes, k = %d\n", m.Graph, m.Nodes, m.K)
	for _, w := range m.Ways {
		fmt.Fprintf(&b, "  %-22s", w.Name)
		for _, c := range columns {
			fmt.Fprintf(&b, " %s %s ", c.head, w.cell(c))
		}
		fmt.Fprintf(&b, " collapsed %d\n", w.collapsed(m.K))
	}
	return b.String()
}

// table is the Markdown table of one graph.
func (m measured) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s, k = %d\n\n| |", m.Graph, m.K)
	for _, c := range columns {
		fmt.Fprintf(&b, " %s |", c.head)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(columns)) + "\n")
	for _, w := range m.Ways {
		fmt.Fprintf(&b, "| %s", w.Name)
		if n := w.collapsed(m.K); n > 0 && w.Name != wayRandom {
			fmt.Fprintf(&b, " (collapsed in %d of %d)", n, len(w.Runs))
		}
		b.WriteString(" |")
		for _, c := range columns {
			fmt.Fprintf(&b, " %s |", w.cell(c))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// overview is Q and NMI of all graphs at 16 clusters, or at as many as classes.
func overview(all []measured, sixteen bool) string {
	var names []string
	for _, m := range all {
		for _, w := range m.Ways {
			if !slices.Contains(names, w.Name) && w.Name != wayRandom {
				names = append(names, w.Name)
			}
		}
	}
	var b strings.Builder
	b.WriteString("\n| Q / NMI | k |")
	for _, n := range names {
		fmt.Fprintf(&b, " %s |", n)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(names)) + "\n")
	for _, m := range all {
		if (m.K == 16) != sixteen {
			continue
		}
		fmt.Fprintf(&b, "| %s | %d |", m.Graph, m.K)
		for _, n := range names {
			w, ok := m.way(n)
			if !ok {
				b.WriteString(" |")
				continue
			}
			fmt.Fprintf(&b, " %.3f / %s |", stat.Mean(w.values(columns[0]), nil), short(stat.Mean(w.values(columns[2]), nil)))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func short(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%.3f", v)
}

// The lines of the page between which the program writes.
const (
	begin = "<!-- measured: written by go run ./docs/clustering/measure -->"
	end   = "<!-- end of what is measured -->"
)

// page is what stands between them.
func page(all []measured) string {
	var b strings.Builder
	b.WriteString("\nMean ± standard deviation of the runs, each with a seed of its own, float32. Seconds are processor time of one run on one thread, without reading the file. [Figures](trainclustering.md#figures) explains the columns.\n\n## At k = 16\n")
	b.WriteString(overview(all, true))
	b.WriteString("\n## At as many clusters as classes\n")
	b.WriteString(overview(all, false))
	b.WriteString("\n## All figures\n")
	for _, m := range all {
		b.WriteString(m.table())
	}
	return b.String() + "\n"
}

// replace puts text between the two lines of the file.
func replace(file, text string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, found := strings.Cut(rest, end)
	if !ok || !found {
		return fmt.Errorf("%s: want the lines %q and %q", file, begin, end)
	}
	return os.WriteFile(file, []byte(before+begin+"\n"+text+end+after), 0o644)
}
