package main

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat"
)

// The plot's measures, in pixels.
const (
	width, height = 640, 480
	margin        = 60
)

// steps are the ways that a line joins, each with its colour.
var steps = []struct{ name, colour string }{
	{wayKMeans, "#1f77b4"}, {wayRecipe, "#2ca02c"}, {wayMoves, "#ff7f0e"}, {wayMulti, "#d62728"},
}

// dot is where a way lies beside Louvain on one graph.
type dot struct{ q, nmi float64 }

// plot is the trade-off as SVG: for each graph at k = 16 a line from k-means over
// the recipe to what refining gives, in Q and NMI less those of Louvain.
func plot(all []measured) string {
	var lines [][]dot
	var names []string
	far := dot{.01, .01}
	for _, m := range all {
		line := beside(m)
		if m.K != 16 || m.Nodes < 500 || line == nil {
			continue
		}
		for _, d := range line {
			far = dot{max(far.q, math.Abs(d.q)), max(far.nmi, math.Abs(d.nmi))}
		}
		lines, names = append(lines, line), append(names, m.Graph)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	b.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	at := func(d dot) (x, y float64) {
		return width/2 + d.q/far.q*(width/2-margin), height/2 - d.nmi/far.nmi*(height/2-margin)
	}
	axes(&b, far)
	for i, line := range lines {
		drawLine(&b, line, names[i], at)
	}
	for i, s := range steps {
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="5" fill="%s"/><text x="%d" y="%d">%s</text>`+"\n", 20, 20+18*i, s.colour, 32, 24+18*i, s.name)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// beside is the steps' means less those of Louvain, nil without labels.
func beside(m measured) []dot {
	ref, ok := m.way(wayLouvain)
	if !ok {
		return nil
	}
	var out []dot
	for _, s := range steps {
		w, ok := m.way(s.name)
		d := dot{mean(w, 0) - mean(ref, 0), mean(w, 2) - mean(ref, 2)}
		if !ok || math.IsNaN(d.nmi) {
			return nil
		}
		out = append(out, d)
	}
	return out
}

func mean(w way, column int) float64 { return stat.Mean(w.values(columns[column]), nil) }

func axes(b *strings.Builder, far dot) {
	fmt.Fprintf(b, `<path d="M%d,%d H%d M%d,%d V%d" stroke="#999"/>`+"\n", margin/2, height/2, width-margin/2, width/2, margin/2, height-margin/2)
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="end">Q less Louvain's, to ±%.3f</text>`+"\n", width-margin/2, height/2+16, far.q)
	fmt.Fprintf(b, `<text x="%d" y="%d">NMI less Louvain's, to ±%.3f</text>`+"\n", width/2+6, margin/2+4, far.nmi)
}

func drawLine(b *strings.Builder, line []dot, name string, at func(dot) (x, y float64)) {
	var path []string
	for _, d := range line {
		x, y := at(d)
		path = append(path, fmt.Sprintf("%.1f,%.1f", x, y))
	}
	fmt.Fprintf(b, `<path d="M%s" fill="none" stroke="#ccc"/>`+"\n", strings.Join(path, " L"))
	for i, d := range line {
		x, y := at(d)
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="5" fill="%s"/>`+"\n", x, y, steps[i].colour)
		if i == 1 {
			fmt.Fprintf(b, `<text x="%.1f" y="%.1f" fill="#555">%s</text>`+"\n", x+8, y+4, name)
		}
	}
}
