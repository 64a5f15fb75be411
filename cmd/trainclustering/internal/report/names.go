package report

import (
	"cmp"
	"math"
	"slices"
)

// nameSize is the height of names on a drawing.
const nameSize = 12.0

// nameNodes returns the names of the nodes that have room: inside the disc, or
// beside it where no other disc or name lies. Nodes of many edges come first.
func nameNodes(names []string, degree []int, at []point, r []float64, fill func(i int) paint, canvas box) []label {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(degree[b], degree[a]) })
	p := newPlacer(at, r, canvas)
	var out []label
	for _, i := range order {
		text := short(names[i], 28)
		if size := fitting(text, r[i]); size > 0 {
			out = append(out, label{at: point{at[i].x, at[i].y + size*0.36}, text: text, size: size, fill: textOn + fill(i), bold: true, group: -1})
			continue
		}
		if l, ok := p.beside(text, at[i], r[i]); ok {
			out = append(out, l)
		}
	}
	return out
}

// fitting is the size in which a text fits into a disc, 0 where it would be too
// small to read.
func fitting(text string, r float64) float64 {
	size := math.Min(13, math.Min(1.1*r, 1.6*r/math.Max(textWidth(text, 1), 0.1)))
	if size < 9.5 {
		return 0
	}
	return size
}

// placer keeps what of a canvas is taken.
type placer struct {
	canvas box
	at     []point
	r      []float64
	discs  *buckets
	reach  float64
	names  []box
}

func newPlacer(at []point, r []float64, canvas box) *placer {
	widest := 1.0
	for _, v := range r {
		widest = math.Max(widest, v)
	}
	return &placer{canvas: canvas, at: at, r: r, discs: newBuckets(at, widest+4), reach: widest}
}

// beside puts a text to the right, left, below, above or at a corner of a disc.
func (p *placer) beside(text string, at point, r float64) (label, bool) {
	w := textWidth(text, nameSize)
	const rise = nameSize * 0.36
	for _, try := range []struct {
		to   point
		side int
	}{
		{point{r + 3, rise}, 1},
		{point{-r - 3, rise}, -1},
		{point{0, r + nameSize}, 0},
		{point{0, -r - 4}, 0},
		{point{0.7*r + 2, -0.7*r - 2}, 1},
		{point{-0.7*r - 2, -0.7*r - 2}, -1},
		{point{0.7*r + 2, 0.7*r + nameSize - 2}, 1},
		{point{-0.7*r - 2, 0.7*r + nameSize - 2}, -1},
	} {
		l := label{at: at.plus(try.to), text: text, size: nameSize, side: try.side, fill: ink, halo: true, group: -1}
		area := l.area(w)
		if area.within(p.canvas) && p.free(area) {
			p.names = append(p.names, area)
			return l, true
		}
	}
	return label{}, false
}

// area is the box of a label of width w.
func (l label) area(w float64) box {
	return box{l.at.x - w*float64(1-l.side)/2, l.at.y - 0.8*l.size, w, l.size}
}

// free tells whether neither disc nor name lies in an area.
func (p *placer) free(area box) bool {
	for _, b := range p.names {
		if b.overlaps(area) {
			return false
		}
	}
	hit := false
	for x := area.x; ; x = math.Min(x+p.discs.side, area.x+area.w) {
		p.discs.around(point{x, area.y + area.h/2}, func(i int) {
			near := area.clamp(p.at[i], 0)
			hit = hit || near.minus(p.at[i]).length() < p.r[i]+0.5
		})
		if hit || x >= area.x+area.w {
			return !hit
		}
	}
}
