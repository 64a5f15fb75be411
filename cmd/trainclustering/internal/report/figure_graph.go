package report

import (
	"fmt"
	"math"
)

// Bounds of what the graph's picture shows as nodes and edges.
const (
	drawnNodes = 5000
	drawnEdges = 20_000
	hullNodes  = 400 // up to which the ground under clusters is tinted
	namedNodes = 400 // up to which names are looked for room
	numbered   = 40  // clusters whose number is written on a drawing without names
)

// graphScene draws the graph on a canvas of w × h.
func graphScene(d *Data, k *clusters, w, h float64) *scene {
	canvas := box{0, 0, w, h}.shrink(8)
	if d.Graph.Nodes() > drawnNodes || len(d.Graph.Col)/2 > drawnEdges {
		return crowdScene(d, k, canvas)
	}
	s := &scene{w: w, h: h}
	g := newGround(k, canvas, d.Seed)
	r := nodeRadii(d.Graph, canvas)
	pad := hullPad(len(r))
	margin := make([]float64, len(r))
	for i := range r {
		margin[i] = r[i] + pad
	}
	at := nodePlaces(d, k, g, margin)
	separate(k, g, at, r, margin, 1.5)
	s.places = at
	if len(r) <= hullNodes {
		s.add(hulls(k, at, r, pad)...)
	}
	s.add(edgeLines(d.Graph, k, at)...)
	s.add(nodeDiscs(d, k, at, r)...)
	if len(r) > namedNodes {
		s.add(clusterNumbers(k, at, w)...)
		return s
	}
	names, degree := make([]string, len(r)), make([]int, len(r))
	for i := range r {
		names[i], degree[i] = d.Graph.name(i), d.Graph.degree(i)
	}
	for _, l := range nameNodes(names, degree, at, r, func(i int) paint { return k.paint(k.of[i]) }, box{0, 0, w, h}.shrink(2)) {
		s.add(l)
	}
	return s
}

// hullPad is the room between a node and the side of its cluster's ground.
func hullPad(nodes int) float64 {
	if nodes <= hullNodes {
		return 9
	}
	return 3
}

// nodeRadii sizes the discs: area by degree, together about a tenth of the canvas
// and neither too small to see nor too large.
func nodeRadii(g Graph, canvas box) []float64 {
	r := make([]float64, g.Nodes())
	total := 0.0
	for i := range r {
		r[i] = float64(g.degree(i)) + 2
		total += r[i]
	}
	unit := 0.075 * canvas.w * canvas.h / math.Pi / total
	for i, v := range r {
		r[i] = math.Max(1.8, math.Min(22, math.Sqrt(unit*v)))
	}
	return r
}

// hulls tints the ground under each cluster.
func hulls(k *clusters, at []point, r []float64, pad float64) []any {
	places := make([][]point, len(k.ids))
	for i, c := range k.of {
		for corner := range 12 { // around the disc, so that the hull holds it
			places[c] = append(places[c], at[i].plus(polar(math.Pi/6*float64(corner), r[i])))
		}
	}
	var out []any
	for c := range k.ids {
		out = append(out, lines{
			paths: [][]point{hull(places[c])}, closed: true, fill: k.paint(c), stroke: k.paint(c),
			width: 1.5 * pad, opacity: 0.15, group: c,
		})
	}
	return out
}

// edgeLines draws the edges between clusters and, above them, those of each.
func edgeLines(g Graph, k *clusters, at []point) []any {
	paths := make([][][]point, len(k.ids)+1)
	for i := range at {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			if int(j) <= i {
				continue
			}
			to := len(k.ids)
			if k.of[i] == k.of[j] {
				to = k.of[i]
			}
			paths[to] = append(paths[to], []point{at[i], at[j]})
		}
	}
	crowd := math.Min(1, math.Sqrt(250/float64(len(g.Col)/2+1)))
	width := math.Max(0.5, 1.6*crowd)
	out := []any{lines{paths: paths[len(k.ids)], stroke: faint, fill: none, width: width, opacity: math.Max(0.18, 0.5*crowd), group: -1}}
	for c := range k.ids {
		out = append(out, lines{paths: paths[c], stroke: k.paint(c), fill: none, width: width, opacity: math.Max(0.3, 0.65*crowd), group: c})
	}
	return out
}

// nodeDiscs draws the nodes.
func nodeDiscs(d *Data, k *clusters, at []point, r []float64) []any {
	rim := 1.4
	if len(r) > 300 {
		rim = 0.5
	}
	var out []any
	for i, p := range at {
		tip := fmt.Sprintf("%s: cluster %d", d.Graph.name(i), d.Cluster[i])
		if d.Share != nil {
			tip += fmt.Sprintf(", %.0f %%", 100*d.Share[i])
		}
		if d.Labels != nil {
			tip += ", label " + d.className(d.Labels[i])
		}
		out = append(out, disc{at: p, r: r[i], fill: k.paint(k.of[i]), rim: rim, tip: tip, group: k.of[i]})
	}
	return out
}

// className is a label's name, its number, or a dash for none.
func (d *Data) className(l int) string {
	switch {
	case l < 0:
		return "–"
	case l < len(d.Classes):
		return clean(d.Classes[l])
	}
	return itoa(l)
}

// clusterNumbers writes each large cluster's number in the middle of its nodes.
func clusterNumbers(k *clusters, at []point, width float64) []any {
	middle := make([]point, len(k.ids))
	for i, c := range k.of {
		middle[c] = middle[c].plus(at[i].times(1 / float64(k.size[c])))
	}
	return numbersAt(k, middle, width)
}

// numbersAt writes the clusters' numbers where they do not lie over each other.
func numbersAt(k *clusters, middle []point, width float64) []any {
	size := math.Max(16, width/55)
	var out []any
	var taken []box
next:
	for c := range min(numbered, len(k.ids)) {
		if c > 0 && 200*k.size[c] < len(k.of) {
			break
		}
		l := label{at: middle[c].plus(point{0, size * 0.36}), text: itoa(k.ids[c]), size: size, fill: ink, bold: true, halo: true, group: -1}
		area := l.area(textWidth(l.text, size))
		for _, t := range taken {
			if t.overlaps(area) {
				continue next
			}
		}
		taken = append(taken, area)
		out = append(out, l)
	}
	return out
}
