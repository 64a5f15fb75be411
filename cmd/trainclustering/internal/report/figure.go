package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

// Figure is one picture of a report.
type Figure struct {
	Name  string // as a file's name: "graph", "sizes", …
	Title string
	Alt   string // what is to be seen, for those who do not see it
	Note  string // how to read it, "" where that is plain

	heading       string  // above the picture in a file of its own
	key           []label // under it
	scene, narrow *scene  // narrow: for small screens, nil: the same
	table         table
	wide          bool
}

// SVG writes the picture as a file of its own, on a light ground.
func (f Figure) SVG(w io.Writer) error {
	_, err := io.WriteString(w, f.file().svg(false, f.Name, f.Title, f.Alt))
	return err
}

// PNG writes the picture as an image, two pixels a unit, on a light ground.
func (f Figure) PNG(w io.Writer) error { return f.file().png(w) }

// Places are where the nodes lie in the graph's picture, x to the right and y
// down; nil in other pictures.
func (f Figure) Places() [][2]float64 {
	var out [][2]float64
	for _, p := range f.scene.places {
		out = append(out, [2]float64{p.x, p.y})
	}
	return out
}

// file is the picture with its heading, and a key to the colours where it has
// one.
func (f Figure) file() *scene {
	const margin, line, size = 20.0, 22.0, 17.0
	heading := headingLines(f.heading, f.scene.w, size)
	top := 24 + line*float64(len(heading))
	s := &scene{w: f.scene.w + 2*margin, h: f.scene.h + top + margin}
	for i, text := range heading {
		s.add(label{at: point{margin, 31 + line*float64(i)}, text: text, size: size, side: 1, fill: ink, bold: true, group: -1})
	}
	for _, shape := range f.scene.shapes {
		s.add(moved(shape, point{margin, top}))
	}
	x := margin
	for _, l := range f.key {
		if x == margin {
			s.h += 30
		}
		l.at = point{x + 20, s.h - 17}
		s.add(disc{at: point{x + 7, s.h - 21.5}, r: 6, fill: l.fill, group: -1})
		l.fill = ink
		s.add(l)
		x += 40 + textWidth(l.text, l.size)
	}
	return s
}

// headingLines breaks a heading between words into at most two lines of bold
// text so wide; what is longer is cut.
func headingLines(heading string, width, size float64) []string {
	fits := func(s string) bool { return 1.08*textWidth(s, size) <= width }
	words := strings.Split(heading, " ")
	n := len(words)
	for n > 1 && !fits(strings.Join(words[:n], " ")) {
		n--
	}
	out := []string{strings.Join(words[:n], " ")}
	if n < len(words) {
		out = append(out, strings.Join(words[n:], " "))
	}
	for i, s := range out {
		for runes := len([]rune(s)); runes > 2 && !fits(out[i]); runes-- {
			out[i] = short(s, runes-1)
		}
	}
	return out
}

// Figures makes the pictures that the data has what it takes for, in the order
// of the page. It errs where fields of the data do not fit together.
func Figures(d *Data) ([]Figure, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if d.Graph.Nodes() == 0 {
		return nil, nil
	}
	k := newClusters(d)
	laid := make(chan *Figure, 1) // what takes the time goes beside the others
	go func() { laid <- graphFigure(d, k) }()
	others := []*Figure{
		coarseFigure(d, k), sizesFigure(d, k), comparedFigure(d), confusionFigure(d, k),
		adjacencyFigure(d, k), lossFigure(d), restartsFigure(d), agreementFigure(d),
	}
	var out []Figure
	for _, f := range append([]*Figure{<-laid}, others...) {
		if f != nil {
			f.heading = f.Title
			if t := clean(d.Title); t != "" {
				f.heading = t + ": " + strings.ToLower(f.Title[:1]) + f.Title[1:]
			}
			out = append(out, *f)
		}
	}
	return out, nil
}

// Canvas of the graph's picture, and of half a page.
const (
	graphWidth, graphHeight   = 1120.0, 640.0
	narrowWidth, narrowHeight = 420.0, 560.0
	halfWidth                 = 460.0
)

func graphFigure(d *Data, k *clusters) *Figure {
	f := &Figure{
		Name: "graph", Title: "The graph", Note: d.drawnAs(), wide: true,
		scene: graphScene(d, k, graphWidth, graphHeight), table: nodeTable(d),
	}
	f.Alt = fmt.Sprintf("Drawing of %s and %s, coloured by %s.", text.Plural(d.Graph.Nodes(), "node"),
		text.Plural(len(d.Graph.Col)/2, "edge"), text.Plural(len(k.ids), "cluster"))
	f.key = colourKey(k)
	if d.Graph.Nodes() <= namedNodes {
		f.narrow = graphScene(d, k, narrowWidth, narrowHeight)
	}
	return f
}

// colourKey names the colours of as many clusters as fit in a line.
func colourKey(k *clusters) []label {
	var out []label
	x := 0.0
	for c := range k.ids {
		name := fmt.Sprintf("%d: %s", k.ids[c], text.Grouped(k.size[c]))
		if x += 40 + textWidth(name, 13); x > graphWidth-110 {
			break
		}
		out = append(out, label{text: name, size: 13, side: 1, fill: k.paint(c), group: -1})
	}
	return out
}

// sizesFigure is a bar a cluster, the largest first.
func sizesFigure(d *Data, k *clusters) *Figure {
	const row, most, left = 24.0, 24, 46.0
	n := len(k.ids)
	if n > most+1 {
		n = most
	}
	s := &scene{w: halfWidth, h: row*float64(n) + 8}
	for c := range n {
		y := row * float64(c)
		width := (halfWidth - left - 110) * float64(k.size[c]) / float64(k.size[0])
		share := 100 * float64(k.size[c]) / float64(len(k.of))
		s.add(
			label{at: point{left - 8, y + 17}, text: itoa(k.ids[c]), size: 14, side: -1, fill: ink, group: -1},
			bar{box: box{left, y + 4, math.Max(2, width), row - 7}, fill: k.paint(c), round: 3},
			label{at: point{left + math.Max(2, width) + 8, y + 17}, text: fmt.Sprintf("%s  (%.1f %%)", text.Grouped(k.size[c]), share), size: 13, side: 1, fill: faint, group: -1},
		)
	}
	if rest := len(k.ids) - n; rest > 0 {
		s.h += row
		s.add(label{
			at: point{left, row*float64(n) + 17}, size: 13, side: 1, fill: faint, group: -1,
			text: fmt.Sprintf("and %d more, of %s", rest, text.SizeRange(k.size[len(k.ids)-1], k.size[n])),
		})
	}
	return &Figure{
		Name: "sizes", Title: "Cluster sizes", scene: s, table: clusterTable(k),
		Alt: fmt.Sprintf("Bars of the sizes of %s: the largest, %d, has %s, the smallest, %d, has %s.", text.Plural(len(k.ids), "cluster"),
			k.ids[0], text.Plural(k.size[0], "node"), k.ids[len(k.ids)-1], text.Plural(k.size[len(k.ids)-1], "node")),
	}
}

// joinLines draws the heaviest lines between clusters, the heavier the wider, up
// to about widest.
func joinLines(k *clusters, at []point, scale, widest float64) []any {
	var out []any
	for i := min(drawnJoins, len(k.joins)) - 1; i >= 0; i-- {
		j := k.joins[i]
		share := math.Sqrt(j.weight / math.Max(k.joins[0].weight, 1e-300))
		if max(j.a, j.b) >= drawnJoins {
			continue
		}
		out = append(out, lines{
			paths:  [][]point{{at[j.a].times(scale), at[j.b].times(scale)}},
			stroke: faint, fill: none, width: 0.8 + widest*share, opacity: 0.25 + 0.45*share, group: -1,
		})
	}
	return out
}

// drawnJoins is how many clusters, and lines between them, are drawn.
const drawnJoins = 400

// coarseFigure draws the clusters as nodes, where they lie in the graph's picture.
func coarseFigure(d *Data, k *clusters) *Figure {
	if len(k.ids) < 2 {
		return nil
	}
	const scale = 0.625
	canvas := box{0, 0, graphWidth, graphHeight}.shrink(8)
	g := newGround(k, canvas, d.Seed)
	s := &scene{w: graphWidth * scale, h: graphHeight * scale}
	s.add(joinLines(k, g.at, scale, 9)...)
	for c := range min(drawnJoins, len(k.ids)) {
		r := math.Max(5, 0.8*g.r[c]*scale)
		tip := fmt.Sprintf("cluster %d: %s, %s inside, %s to others", k.ids[c], text.Plural(k.size[c], "node"), quantity(k.inside[c]), quantity(k.cut[c]))
		s.add(disc{at: g.at[c].times(scale), r: r, fill: k.paint(c), rim: 1.5, tip: tip, group: c})
		if size := math.Min(20, 0.9*r); size >= 8 {
			s.add(label{at: g.at[c].times(scale).plus(point{0, size * 0.36}), text: itoa(k.ids[c]), size: size, fill: textOn + k.paint(c), bold: true, group: -1})
		}
	}
	f := &Figure{
		Name: "coarse", Title: "The coarse graph", scene: s, table: joinTable(k),
		Note: "A disc is a cluster, its area the number of nodes. A line is the weight of the edges between two clusters.",
		Alt:  fmt.Sprintf("%s as discs, with %s between them.", text.Plural(len(k.ids), "cluster"), text.Plural(len(k.joins), "line")),
	}
	if len(k.joins) > 0 {
		j := k.joins[0]
		f.Alt += fmt.Sprintf(" The heaviest joins %d and %d with weight %s.", k.ids[j.a], k.ids[j.b], quantity(j.weight))
	}
	if len(k.ids) > drawnJoins {
		f.Note += fmt.Sprintf(" The %d largest of %s clusters are drawn.", drawnJoins, text.Grouped(len(k.ids)))
	}
	if len(k.joins) > drawnJoins {
		f.Note += fmt.Sprintf(" The %d heaviest of %s lines are drawn.", drawnJoins, text.Grouped(len(k.joins)))
	}
	return f
}
