package report

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// lossFigure draws each loss by epoch, on an axis of its own.
func lossFigure(d *Data) *Figure {
	h := d.History
	if h == nil || len(h.Rows) == 0 || len(h.Names) == 0 {
		return nil
	}
	columns := min(2, len(h.Names))
	w, high := halfWidth/float64(columns), 170.0
	s := &scene{w: halfWidth, h: high * float64((len(h.Names)+columns-1)/columns)}
	for i, name := range h.Names {
		v := make([]float64, len(h.Rows))
		for e, row := range h.Rows {
			v[e] = row[i]
		}
		area := box{w * float64(i%columns), high * float64(i/columns), w, high}
		s.curve(clean(name), v, area)
	}
	last := h.Rows[len(h.Rows)-1]
	return &Figure{
		Name: "losses", Title: "Losses", scene: s, table: historyTable(h),
		Note: "By epoch, each on an axis of its own.",
		Alt: fmt.Sprintf("Curves of %s over %s. %s ends at %s.", text.Plural(len(h.Names), "loss value"), text.Plural(len(h.Rows), "epoch"),
			clean(h.Names[len(h.Names)-1]), figure(last[len(last)-1])),
	}
}

// curve draws one series into an area.
func (s *scene) curve(name string, v []float64, area box) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range v {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			low, high = math.Min(low, x), math.Max(high, x)
		}
	}
	in := box{area.x + 12, area.y + 34, area.w - 24, area.h - 62}
	s.add(label{at: point{in.x, area.y + 20}, text: short(name, 22), size: 14, side: 1, fill: ink, bold: true, group: -1})
	if low > high {
		return
	}
	span := math.Max(high-low, 1e-12*math.Max(1, math.Abs(high)))
	y := func(x float64) float64 { return in.y + in.h*(1-(x-low)/span) }
	s.add(lines{paths: [][]point{{{in.x, in.y}, {in.x + in.w, in.y}}, {{in.x, in.y + in.h}, {in.x + in.w, in.y + in.h}}}, stroke: grid, fill: none, width: 1, group: -1})
	var paths [][]point
	var path []point
	for _, e := range sampled(len(v), 260) {
		if math.IsNaN(v[e]) || math.IsInf(v[e], 0) {
			paths, path = append(paths, path), nil
			continue
		}
		path = append(path, point{in.x + in.w*float64(e)/math.Max(1, float64(len(v)-1)), y(v[e])})
	}
	s.add(lines{paths: append(paths, path), stroke: accent, fill: none, width: 2, group: -1})
	end := v[len(v)-1]
	s.add(
		label{at: point{in.x + in.w, area.y + 20}, text: figure(end), size: 13, side: -1, fill: accent, bold: true, group: -1},
		label{at: point{in.x, in.y + in.h + 16}, text: "1", size: 12.5, side: 1, fill: faint, group: -1},
		label{at: point{in.x + in.w, in.y + in.h + 16}, text: text.Grouped(len(v)), size: 12.5, side: -1, fill: faint, group: -1},
		label{at: point{in.x + in.w/2, in.y + in.h + 16}, text: figure(low) + " to " + figure(high), size: 12.5, fill: faint, group: -1},
	)
}

// sampled returns at most about most of 0 … n−1, evenly, with the last one.
func sampled(n, most int) []int {
	step := max(1, (n+most-1)/most)
	var out []int
	for i := 0; i < n; i += step {
		out = append(out, i)
	}
	if n > 0 && out[len(out)-1] != n-1 {
		out = append(out, n-1)
	}
	return out
}

func historyTable(h *History) table {
	t := table{Head: []string{"epoch"}}
	for _, name := range h.Names {
		t.Head = append(t.Head, clean(name))
	}
	for _, e := range sampled(len(h.Rows), 25) {
		row := []string{text.Grouped(e + 1)}
		for _, v := range h.Rows[e] {
			row = append(row, figure(v))
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) < len(h.Rows) {
		t.More = fmt.Sprintf("%d of %s epochs.", len(t.Rows), text.Grouped(len(h.Rows)))
	}
	return t
}

// comparedFigure draws the figures of each method as bars.
func comparedFigure(d *Data) *Figure {
	c := d.Compared
	if c == nil || len(c.Rows) == 0 || len(c.Columns) == 0 {
		return nil
	}
	const row, top, left = 30.0, 30.0, 106.0
	columns := min(4, len(c.Columns))
	w := (halfWidth - left) / float64(columns)
	rows := c.Rows[:min(len(c.Rows), 24)]
	s := &scene{w: halfWidth, h: top + row*float64(len(rows)) + 4}
	for j := range columns {
		x, most := left+w*float64(j), 0.0
		for _, r := range rows {
			if !math.IsInf(r.Values[j], 0) && !math.IsNaN(r.Values[j]) {
				most = math.Max(most, r.Values[j])
			}
		}
		s.add(label{at: point{x, 18}, text: short(clean(c.Columns[j]), int(w/6.6)), size: 11, side: 1, fill: ink, bold: true, group: -1})
		for i, r := range rows {
			s.value(r, j, box{x, top + row*float64(i), w, row}, most)
		}
	}
	for i, r := range rows {
		fill := ink
		if r.Own {
			fill = accent
		}
		s.add(label{at: point{left - 12, top + row*float64(i) + 19}, text: short(clean(r.Name), 14), size: 12.5, side: -1, fill: fill, bold: r.Own, group: -1})
	}
	return &Figure{
		Name: "compared", Title: "Beside other clusterings", scene: s, table: comparedTable(c), wide: false,
		Note: "The larger the better, but for conductance. A line on a bar is the standard deviation over runs.",
		Alt:  fmt.Sprintf("Bars of %s by method; the table has the numbers.", text.Plural(len(c.Columns), "figure")),
	}
}

// value draws one figure of a method: a bar, its spread and the number.
func (s *scene) value(r Row, j int, area box, most float64) {
	v := r.Values[j]
	fill := faint
	if r.Own {
		fill = accent
	}
	text := area.w - 8
	full := math.Max(10, text-50)
	length := 0.0
	if v > 0 && !math.IsInf(v, 0) && most > 0 {
		length = full * v / most
	}
	if length > 0 {
		s.add(bar{box: box{area.x, area.y + 8, length, 13}, fill: fill, opacity: 0.8, round: 2})
	}
	if r.Spread != nil && r.Spread[j] > 0 && length > 0 {
		reach := full * r.Spread[j] / most
		s.add(lines{paths: [][]point{{{area.x + math.Max(0, length-reach), area.y + 14.5}, {area.x + math.Min(full+6, length+reach), area.y + 14.5}}}, stroke: ink, fill: none, width: 1.5, group: -1})
		length = math.Min(full+6, length+reach)
	}
	s.add(label{at: point{area.x + length + 5, area.y + 19}, text: threeDecimals(v), size: 12.5, side: 1, fill: ink, group: -1})
}

func threeDecimals(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) >= 100 {
		return figure(v)
	}
	return fmt.Sprintf("%.3f", v+0)
}

func comparedTable(c *Comparison) table {
	t := table{Head: []string{"method"}}
	for _, name := range c.Columns {
		t.Head = append(t.Head, clean(name))
	}
	for _, r := range c.Rows {
		row := []string{clean(r.Name)}
		for j, v := range r.Values {
			cell := decimals(v)
			if r.Spread != nil {
				cell += " ± " + decimals(r.Spread[j])
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t.cut(otherRows, "")
}

// restartsFigure draws the loss of each restart.
func restartsFigure(d *Data) *Figure {
	if len(d.Restarts) < 2 {
		return nil
	}
	low, high, kept := math.Inf(1), math.Inf(-1), 0
	for i, r := range d.Restarts {
		if !math.IsNaN(r.Loss) { // of one that diverged
			low, high = math.Min(low, r.Loss), math.Max(high, r.Loss)
		}
		if r.Kept {
			kept = i
		}
	}
	const gutter = 70.0 // of the figures beside the lines
	in := box{20, 20, halfWidth - 40, 150}
	s := &scene{w: halfWidth, h: 200}
	s.add(lines{paths: [][]point{{{in.x, in.y + in.h}, {in.x + in.w, in.y + in.h}}, {{in.x, in.y}, {in.x + in.w, in.y}}}, stroke: grid, fill: none, width: 1, group: -1})
	for i, r := range d.Restarts {
		at := point{in.x + gutter + (in.w-gutter)*(float64(i)+0.5)/float64(len(d.Restarts)), in.y + in.h*(1-(r.Loss-low)/math.Max(high-low, 1e-300))}
		fill, size := faint, 5.0
		if i == kept {
			fill, size = accent, 8
		}
		if !math.IsNaN(r.Loss) {
			s.add(disc{at: at, r: size, fill: fill, tip: fmt.Sprintf("restart %d, seed %d: loss %s, modularity %s", i+1, r.Seed, figure(r.Loss), figure(r.Modularity)), group: -1})
		}
		if len(d.Restarts) <= 20 {
			s.add(label{at: point{at.x, in.y + in.h + 18}, text: itoa(i + 1), size: 12.5, fill: faint, bold: i == kept, group: -1})
		}
	}
	s.add(label{at: point{in.x, in.y - 6}, text: figure(high), size: 12, side: 1, fill: faint, group: -1},
		label{at: point{in.x, in.y + in.h - 6}, text: figure(low), size: 12, side: 1, fill: faint, halo: true, group: -1})
	t := table{Head: []string{"restart", "seed", "loss", "modularity"}}
	for i, r := range d.Restarts {
		t.Rows = append(t.Rows, []string{itoa(i + 1), fmt.Sprint(r.Seed), figure(r.Loss), figure(r.Modularity)})
	}
	return &Figure{
		Name: "restarts", Title: "Restarts", scene: s, table: t.cut(otherRows, ""),
		Note: "The training loss of each restart. The one with the lowest is kept, the large dot.",
		Alt:  fmt.Sprintf("Losses of %s, from %s to %s; restart %d is kept.", text.Plural(len(d.Restarts), "restart"), figure(low), figure(high), kept+1),
	}
}

// agreementFigure draws the NMI of every two restarts.
func agreementFigure(d *Data) *Figure {
	if len(d.Agreement) < 2 {
		return nil
	}
	n := min(len(d.Agreement), 24)
	names, values := make([]string, n), make([][]float64, n)
	var sum, pairs float64
	for i := range n {
		names[i], values[i] = itoa(i+1), d.Agreement[i][:n]
	}
	for i, row := range d.Agreement {
		for _, v := range row[:i] {
			if !math.IsNaN(v) { // of a restart that diverged
				sum, pairs = sum+v, pairs+1
			}
		}
	}
	return &Figure{
		Name: "agreement", Title: "Agreement of restarts", table: valueTable("NMI", names, names, values, decimals),
		scene: heatScene("restart", "restart", names, names, values, func(int) float64 { return 1 }, func(v float64) string { return fmt.Sprintf("%.2f", v) }),
		Note:  fmt.Sprintf("NMI of every two restarts: 1 where they found the same clusters. The mean of all pairs is %s.", figure(sum/pairs)),
		Alt:   fmt.Sprintf("Matrix of the agreement of %s, NMI %s on average.", text.Plural(len(d.Agreement), "restart"), figure(sum/pairs)),
	}
}
