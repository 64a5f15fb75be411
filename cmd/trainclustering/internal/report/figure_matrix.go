package report

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Sides of the matrices that are drawn.
const (
	rasterSide    = 560 // pixels of the adjacency, at most
	confusionRows = 20
	confusionCols = 20
	stripWidth    = 9.0
)

// adjacencyFigure draws the adjacency, nodes ordered by cluster: a pixel an edge,
// or, in a larger graph, a density. It takes a fixed side, never nodes².
func adjacencyFigure(d *Data, k *clusters) *Figure {
	n := len(k.of)
	starts, rank := ordered(d, k)
	side := min(n, rasterSide)
	const left = 30.0
	s := &scene{w: halfWidth, h: halfWidth}
	area := box{left, left, halfWidth - left - 2, halfWidth - left - 2}
	s.add(bar{box: area, fill: grid, opacity: 0.25}, raster{area, density(d, k, rank, side)})
	at := func(i int) float64 { return area.w * float64(i) / float64(n) }
	var borders [][]point
	for c := range k.ids {
		from, to := at(starts[c]), at(starts[c+1])
		if to-from < 0.3 {
			continue
		}
		s.add(bar{box: box{area.x + from, left - stripWidth - 2, to - from, stripWidth}, fill: k.paint(c)},
			bar{box: box{left - stripWidth - 2, area.y + from, stripWidth, to - from}, fill: k.paint(c)})
		if to-from >= 16 {
			s.add(label{at: point{area.x + (from+to)/2, 14}, text: itoa(k.ids[c]), size: 13, fill: ink, group: -1},
				label{at: point{left - stripWidth - 5, area.y + (from+to)/2 + 4}, text: itoa(k.ids[c]), size: 13, side: -1, fill: ink, group: -1})
		}
		if c > 0 && len(k.ids) <= 60 {
			borders = append(borders, []point{{area.x + from, area.y}, {area.x + from, area.y + area.h}},
				[]point{{area.x, area.y + from}, {area.x + area.w, area.y + from}})
		}
	}
	s.add(lines{paths: borders, stroke: faint, fill: none, width: 0.6, opacity: 0.5, group: -1})
	f := &Figure{
		Name: "adjacency", Title: "The adjacency, ordered by cluster", scene: s, table: blockTable(k),
		Note: "A dot is an edge, in its cluster's colour inside a cluster and grey between two. Good clusters are dense squares on the diagonal.",
		Alt:  fmt.Sprintf("Matrix of %s, ordered by cluster; %.1f %% of the edge weight lies in the squares on the diagonal.", text.Plural(n, "node"), 100*k.coverage()),
	}
	if n > rasterSide {
		f.Note += fmt.Sprintf(" A pixel stands for about %d × %[1]d nodes: the stronger, the more edges.", (n+side-1)/side)
	}
	return f
}

// coverage is the share of the edge weight inside clusters, 0 without edges.
func (k *clusters) coverage() float64 {
	var inside, all float64
	for c := range k.ids {
		inside += 2 * k.inside[c]
		all += 2*k.inside[c] + k.cut[c]
	}
	return inside / math.Max(all, 1e-300)
}

// ordered gives each node its place, by cluster and then by edges, and the first
// place of each cluster, followed by the number of nodes.
func ordered(d *Data, k *clusters) (starts, rank []int) {
	order := make([]int, len(k.of))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(k.of[a], k.of[b]), cmp.Compare(d.Graph.degree(b), d.Graph.degree(a)))
	})
	rank = make([]int, len(order))
	for place, i := range order {
		rank[i] = place
	}
	starts = make([]int, len(k.ids)+1)
	for c, size := range k.size {
		starts[c+1] = starts[c] + size
	}
	return starts, rank
}

// density draws the entries into side × side pixels.
func density(d *Data, k *clusters, rank []int, side int) *image.NRGBA {
	n := len(rank)
	count, inside := make([]float64, side*side), make([]int, side*side)
	most := 0.0
	for i := range n {
		row := rank[i] * side / n
		for _, j := range d.Graph.Col[d.Graph.RowPtr[i]:d.Graph.RowPtr[i+1]] {
			at := row*side + rank[j]*side/n
			count[at]++
			most = math.Max(most, count[at])
			if k.of[i] == k.of[j] {
				inside[at] = k.of[i] + 1
			}
		}
	}
	shades := make([]color.NRGBA, len(k.ids)+1)
	shades[0] = shadeOf("#7d8791")
	for c := range k.ids {
		shades[c+1] = shadeOf(k.paint(c).light())
	}
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for at, v := range count {
		if v == 0 {
			continue
		}
		shade := shades[inside[at]]
		shade.A = uint8(255 * (0.3 + 0.7*math.Log1p(v)/math.Log1p(most)))
		img.SetNRGBA(at%side, at/side, shade)
	}
	return img
}

// shadeOf is a colour of an image.
func shadeOf(hex string) color.NRGBA {
	r, g, b := rgb(hex)
	return color.NRGBA{R: r, G: g, B: b}
}

// blockTable is the edge weight between and inside the largest clusters.
func blockTable(k *clusters) table {
	n := min(len(k.ids), 20)
	values, head := make([][]float64, n), make([]string, n)
	for c := range n {
		values[c] = make([]float64, n)
		values[c][c] = k.inside[c]
		head[c] = itoa(k.ids[c])
	}
	for _, j := range k.joins {
		if j.a < n && j.b < n {
			values[j.a][j.b], values[j.b][j.a] = j.weight, j.weight
		}
	}
	t := valueTable("edge weight", head, head, values, quantity)
	if n < len(k.ids) {
		t.More = fmt.Sprintf("The %d largest of %s clusters.", n, text.Grouped(len(k.ids)))
	}
	return t
}

// confusionFigure counts nodes by cluster and label.
func confusionFigure(d *Data, k *clusters) *Figure {
	classes, counts := d.confusion(k)
	if len(classes) == 0 {
		return nil
	}
	rows, cols := min(len(k.ids), confusionRows), min(len(classes), confusionCols)
	heads, names, values := make([]string, cols), make([]string, rows), make([][]float64, rows)
	for j := range cols {
		heads[j] = d.className(classes[j])
	}
	for c := range rows {
		names[c], values[c] = itoa(k.ids[c]), counts[c][:cols]
	}
	f := &Figure{
		Name: "confusion", Title: "Clusters and labels", table: valueTable("cluster", heads, names, values, quantity),
		scene: heatScene("cluster", "label", heads, names, values, func(row int) float64 { return float64(k.size[row]) }, func(v float64) string { return text.Grouped(int(v)) }),
		Note:  "Nodes by cluster (rows) and label (columns). The stronger the colour, the larger the part of the cluster.",
		Alt:   fmt.Sprintf("Table of node counts, %s by %s.", text.Plural(len(k.ids), "cluster"), text.Plural(len(classes), "label")),
	}
	if rows < len(k.ids) || cols < len(classes) {
		f.Note += fmt.Sprintf(" The largest %d of %d clusters and %d of %d labels.", rows, len(k.ids), cols, len(classes))
	}
	return f
}

// confusion returns the labels in use, the most frequent first, and the counts
// of each cluster. The largest clusters alone are counted.
func (d *Data) confusion(k *clusters) (classes []int, counts [][]float64) {
	frequency := make(map[int]int)
	for _, l := range d.Labels {
		if l >= 0 {
			frequency[l]++
		}
	}
	for l := range frequency {
		classes = append(classes, l)
	}
	slices.SortFunc(classes, func(a, b int) int {
		return cmp.Or(cmp.Compare(frequency[b], frequency[a]), cmp.Compare(a, b))
	})
	column := make(map[int]int, len(classes))
	for j, l := range classes {
		column[l] = j
	}
	counts = make([][]float64, min(len(k.ids), confusionRows))
	for c := range counts {
		counts[c] = make([]float64, len(classes))
	}
	for i, l := range d.Labels {
		if l >= 0 && k.of[i] < len(counts) {
			counts[k.of[i]][column[l]]++
		}
	}
	return classes, counts
}

// heatScene draws a matrix as cells, the stronger the larger the value in
// relation to whole(row); cells have their value where there is room. The words
// rows and columns say what their names are.
func heatScene(rows, columns string, heads, names []string, values [][]float64, whole func(row int) float64, text func(float64) string) *scene {
	const left, top = 64.0, 46.0
	cell := (halfWidth - left) / float64(len(heads))
	high := math.Max(20, math.Min(34, cell))
	s := &scene{w: halfWidth, h: top + high*float64(len(names)) + 2}
	s.add(label{at: point{left - 8, top - 9}, text: rows, size: 12.5, side: -1, fill: ink, bold: true, group: -1},
		label{at: point{left + (halfWidth-left)/2, 14}, text: columns, size: 12.5, fill: ink, bold: true, group: -1})
	for j, head := range heads {
		room := cell - 2
		if cell < 26 { // every second one, over two cells
			if cell < 10 || j%2 == 1 {
				continue
			}
			room += cell
		}
		s.add(label{at: point{left + cell*(float64(j)+0.5), top - 9}, text: roomFor(head, 13, room), size: 13, fill: faint, group: -1})
	}
	for i, row := range values {
		y := top + high*float64(i)
		s.add(label{at: point{left - 8, y + high/2 + 4.5}, text: short(names[i], 7), size: 13, side: -1, fill: ink, group: -1})
		for j, v := range row {
			share := math.Max(0, math.Min(1, v/math.Max(whole(i), 1e-300)))
			if math.IsNaN(v) {
				share = 0
			}
			b := box{left + cell*float64(j) + 0.75, y + 0.75, cell - 1.5, high - 1.5}
			s.add(bar{box: b, fill: grid, opacity: 0.3, round: 2})
			if share > 0 {
				s.add(bar{box: b, fill: accent, opacity: math.Max(0.04, share), round: 2, tip: names[i] + ", " + heads[j] + ": " + text(v)})
			}
			if shown := text(v); share > 0 && textWidth(shown, 12.5) < cell-3 {
				fill := ink
				if share > 0.55 {
					fill = paper
				}
				s.add(label{at: point{b.x + b.w/2, b.y + b.h/2 + 4.5}, text: shown, size: 12.5, fill: fill, group: -1})
			}
		}
	}
	return s
}
