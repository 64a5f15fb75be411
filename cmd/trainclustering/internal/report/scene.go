package report

import (
	"image"
	"math"
)

// paint is a colour of a picture: a name of [paints], or a cluster's.
type paint int

// The paints of [paints]; clusterPaint gives the others.
const (
	none   paint = -1 - iota
	ink          // text
	faint        // text of less weight, edges between clusters
	grid         // lines behind a drawing
	paper        // the ground
	accent       // bars and curves that belong to no cluster
)

// textOn is what is added to a paint for that of text on it, dark or light.
const textOn paint = 1000

// paints names each paint for CSS, with its colour on the light and dark ground.
var paints = map[paint][3]string{
	ink: {"ink", "#22272e", "#e6e8eb"}, faint: {"faint", "#5f6873", "#9aa4af"},
	grid: {"grid", "#dfe3e8", "#333a42"}, paper: {"paper", lightPaper, darkPaper},
	accent: {"accent", "#0b66b0", "#6cb6ff"},
}

func clusterPaint(c int) paint { return paint(c % colours) }

// css is the paint's name in the page's style.
func (p paint) css() string {
	if p >= textOn {
		return "o" + itoa(int(p-textOn))
	}
	if p >= 0 {
		return "c" + itoa(int(p))
	}
	return paints[p][0]
}

// light is the paint's colour on the light ground.
func (p paint) light() string {
	if p >= textOn {
		return readable(ClusterColour(int(p - textOn)))
	}
	if p >= 0 {
		return ClusterColour(int(p))
	}
	return paints[p][1]
}

// dark is the paint's colour on the dark ground.
func (p paint) dark() string {
	switch {
	case p >= textOn:
		return readable(palette[1][p-textOn])
	case p >= 0:
		return palette[1][p]
	}
	return paints[p][2]
}

// point is a place in a picture, in its pixels.
type point struct{ x, y float64 }

func (p point) plus(q point) point    { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point   { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point { return point{p.x * f, p.y * f} }
func (p point) length() float64       { return math.Sqrt(p.x*p.x + p.y*p.y) }
func polar(angle, radius float64) point {
	sin, cos := math.Sincos(angle)
	return point{radius * cos, radius * sin}
}

// box is a part of a picture.
type box struct{ x, y, w, h float64 }

func (b box) shrink(by float64) box { return box{b.x + by, b.y + by, b.w - 2*by, b.h - 2*by} }
func (b box) centre() point         { return point{b.x + b.w/2, b.y + b.h/2} }
func (b box) overlaps(o box) bool {
	return b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h
}

func (b box) within(o box) bool {
	return b.x >= o.x && b.y >= o.y && b.x+b.w <= o.x+o.w && b.y+b.h <= o.y+o.h
}

// scene is a picture as a list of shapes, the later ones on top.
type scene struct {
	w, h   float64
	shapes []any   // lines, disc, bar, label or raster
	places []point // of the nodes, where the scene has them
}

func (s *scene) add(shapes ...any) { s.shapes = append(s.shapes, shapes...) }

// lines are polylines of one look, closed and filled where they are areas.
type lines struct {
	paths   [][]point
	stroke  paint
	width   float64
	opacity float64
	fill    paint // none: not filled
	closed  bool
	group   int // cluster that it belongs to, −1: none
}

// disc is a node or cluster.
type disc struct {
	at    point
	r     float64
	fill  paint
	rim   float64 // width of the line of paper around it
	tip   string  // shown under the pointer
	group int
}

// bar is a rectangle.
type bar struct {
	box
	fill    paint
	opacity float64
	tip     string
	round   float64
}

// label is a line of text; side is −1 for text that ends at the place, 0 for the
// middle and 1 for text that begins there. The place is on the base line.
type label struct {
	at    point
	text  string
	size  float64
	side  int
	fill  paint
	bold  bool
	halo  bool // a rim of paper, for text on a drawing
	group int
}

// moved is a shape at another place.
func moved(shape any, by point) any {
	shift := func(b box) box { return box{b.x + by.x, b.y + by.y, b.w, b.h} }
	switch v := shape.(type) {
	case lines:
		paths := make([][]point, len(v.paths))
		for i, path := range v.paths {
			for _, p := range path {
				paths[i] = append(paths[i], p.plus(by))
			}
		}
		v.paths = paths
		return v
	case disc:
		v.at = v.at.plus(by)
		return v
	case label:
		v.at = v.at.plus(by)
		return v
	case bar:
		v.box = shift(v.box)
		return v
	case raster:
		v.box = shift(v.box)
		return v
	}
	return shape
}

// raster is an image of pixels.
type raster struct {
	box
	img *image.NRGBA
}
