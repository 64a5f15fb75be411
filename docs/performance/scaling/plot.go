package main

import (
	"fmt"
	"math"
	"strings"
)

// The plot's measures, in pixels.
const (
	panelWidth, panelHeight         = 360, 260
	left, right, top, bottom, space = 56, 12, 34, 40, 30
)

// panel is one curve on logarithmic axes.
type panel struct {
	title string
	at    int // its left edge
	value func(p point) float64
}

// plot is time and memory against the number of nodes, as SVG. A dashed line
// through the last point is linear growth.
func plot(all []point) string {
	var b strings.Builder
	panels := []panel{
		{"seconds an epoch", 0, func(p point) float64 { return p.Seconds }},
		{"peak memory, MB", left + panelWidth + right + space, func(p point) float64 { return float64(p.RSS) / 1e6 }},
	}
	width := panels[1].at + left + panelWidth + right
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", width, top+panelHeight+bottom)
	b.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	for _, p := range panels {
		p.draw(&b, all)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// scale is a range of whole decades on so many pixels.
type scale struct {
	lo, hi int
	pixels float64
}

func newScale(values []float64, pixels float64) scale {
	s := scale{math.MaxInt32, math.MinInt32, pixels}
	for _, v := range values {
		s.lo = min(s.lo, int(math.Floor(math.Log10(v))))
		s.hi = max(s.hi, int(math.Ceil(math.Log10(v))))
	}
	s.hi = max(s.hi, s.lo+1)
	return s
}

func (s scale) of(v float64) float64 {
	return s.pixels * (math.Log10(v) - float64(s.lo)) / float64(s.hi-s.lo)
}

func (p panel) draw(b *strings.Builder, all []point) {
	var xs, ys []float64
	for _, q := range all {
		xs, ys = append(xs, float64(q.Nodes)), append(ys, p.value(q))
	}
	x, y := newScale(xs, panelWidth), newScale(ys, panelHeight)
	px := func(v float64) float64 { return float64(p.at+left) + x.of(v) }
	py := func(v float64) float64 { return top + panelHeight - y.of(v) }

	fmt.Fprintf(b, `<text x="%d" y="20" font-weight="bold">%s</text>`+"\n", p.at+left, p.title)
	for e := x.lo; e <= x.hi; e++ {
		at := px(math.Pow10(e))
		fmt.Fprintf(b, `<path d="M%.1f %d v%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", at, top, panelHeight, at, top+panelHeight+16, decade(e))
	}
	for e := y.lo; e <= y.hi; e++ {
		at := py(math.Pow10(e))
		fmt.Fprintf(b, `<path d="M%d %.1f h%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", p.at+left, at, panelWidth, p.at+left-6, at+4, decade(e))
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">nodes</text>`+"\n", p.at+left+panelWidth/2, top+panelHeight+34)
	p.linear(b, xs, ys, x, y, px, py)
	var line strings.Builder
	for i := range xs {
		fmt.Fprintf(&line, "%.1f,%.1f ", px(xs[i]), py(ys[i]))
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="#2563eb"/>`+"\n", px(xs[i]), py(ys[i]))
	}
	fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="#2563eb" stroke-width="2"/>`+"\n", strings.TrimSpace(line.String()))
}

// linear is the line of growth in proportion to the nodes, as far as the panel
// goes.
func (p panel) linear(b *strings.Builder, xs, ys []float64, x, y scale, px, py func(float64) float64) {
	if len(xs) == 0 {
		return
	}
	unit := ys[len(ys)-1] / xs[len(xs)-1]
	from := max(math.Pow10(x.lo), math.Pow10(y.lo)/unit)
	to := min(math.Pow10(x.hi), math.Pow10(y.hi)/unit)
	fmt.Fprintf(b, `<path d="M%.1f %.1f L%.1f %.1f" stroke="#999" stroke-dasharray="5 4"/>`+"\n", px(from), py(from*unit), px(to), py(to*unit))
}

// decade is a power of ten as a label.
func decade(e int) string {
	if e >= -1 && e <= 3 {
		return fmt.Sprint(math.Pow10(e))
	}
	return fmt.Sprintf(`10<tspan dy="-5" font-size="9">%d</tspan>`, e)
}
