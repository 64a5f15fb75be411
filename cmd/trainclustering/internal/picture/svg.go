package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
)

const (
	paper = "#fbfaf7"
	ink   = "#33383f"
	faint = "#8a9099"
	fonts = "Inter,'Segoe UI',Helvetica,Arial,sans-serif"
)

// Write writes the picture as SVG.
func (pic *Picture) Write(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="%s" role="img">`+"\n",
		pictureWidth, pictureHeight, pictureWidth, pictureHeight, fonts)
	fmt.Fprintf(&b, "<title>%s</title>\n", escape(pic.title))
	fmt.Fprintf(&b, `<rect width="%g" height="%g" rx="14" fill="%s"/>`+"\n", pictureWidth, pictureHeight, paper)
	fmt.Fprintf(&b, `<text x="%g" y="36" font-size="17" font-weight="600" fill="%s">%s</text>`+"\n",
		pictureMargin, ink, escape(pic.title))
	pic.drawHulls(&b)
	pic.drawEdges(&b)
	pic.drawNodes(&b)
	pic.drawLegend(&b)
	b.WriteString("</svg>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// drawHulls tints the ground under each cluster, where there are few of both.
func (pic *Picture) drawHulls(b *bytes.Buffer) {
	used := pic.used()
	if len(used) > 8 || len(pic.at) > 150 {
		return
	}
	for _, c := range used {
		var places []point
		pad := 0.0
		for i, p := range pic.at {
			if pic.cluster[i] == c {
				places, pad = append(places, p), math.Max(pad, pic.radius[i])
			}
		}
		fmt.Fprintf(b, `<path d="%sZ" fill="%s" stroke="%[2]s" stroke-width="%.1f" stroke-linejoin="round" opacity="0.13"/>`+"\n",
			polyline(hull(places)), ClusterColour(c), 2*pad+14)
	}
}

// drawEdges draws one path a cluster and one for the edges between clusters,
// thinner where there are many.
func (pic *Picture) drawEdges(b *bytes.Buffer) {
	paths := make([]strings.Builder, len(pic.sizes)+1)
	for _, e := range pic.edges {
		p, q, at := pic.at[e[0]], pic.at[e[1]], len(pic.sizes)
		if c := pic.cluster[e[0]]; c == pic.cluster[e[1]] {
			at = c
		}
		fmt.Fprintf(&paths[at], "M%.1f %.1fL%.1f %.1f", p.x, p.y, q.x, q.y)
	}
	crowd := math.Min(1, math.Sqrt(200/float64(len(pic.edges)+1)))
	draw := func(at int, colour string, opacity float64) {
		if paths[at].Len() > 0 {
			fmt.Fprintf(b, `<path d="%s" fill="none" stroke="%s" stroke-width="%.2f" stroke-opacity="%.2f"/>`+"\n",
				paths[at].String(), colour, math.Max(0.4, 1.6*crowd), math.Max(0.15, opacity*crowd))
		}
	}
	draw(len(pic.sizes), faint, 0.55)
	for c := range pic.sizes {
		draw(c, ClusterColour(c), 0.6)
	}
}

// drawNodes draws the discs, the small ones last and on top.
func (pic *Picture) drawNodes(b *bytes.Buffer) {
	rim := 1.6
	if len(pic.at) > 300 {
		rim = 0.6
	}
	fmt.Fprintf(b, `<g stroke="%s" stroke-width="%g">`+"\n", paper, rim)
	for i, p := range pic.at {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="%.1f" fill="%s"><title>%s</title></circle>`+"\n",
			p.x, p.y, pic.radius[i], ClusterColour(pic.cluster[i]), escape(pic.tips[i]))
	}
	b.WriteString("</g>\n")
	if pic.names == nil {
		return
	}
	b.WriteString(`<g text-anchor="middle" font-weight="600" pointer-events="none">` + "\n")
	for i, p := range pic.at {
		size := math.Min(13, pic.radius[i]*0.95)
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" font-size="%.1f" fill="%s">%s</text>`+"\n",
			p.x, p.y+size*0.36, size, textOn(ClusterColour(pic.cluster[i])), escape(pic.names[i]))
	}
	b.WriteString("</g>\n")
}

// drawLegend names the colours, as many as fit on the line.
func (pic *Picture) drawLegend(b *bytes.Buffer) {
	x, y := pictureMargin, pictureHeight-20
	used := pic.used()
	for i, c := range used {
		label := fmt.Sprintf("cluster %d: %s", c, text.Grouped(pic.sizes[c]))
		width := 34 + 6.6*float64(len(label))
		if x+width > pictureWidth-pictureMargin-70 && i < len(used)-1 {
			fmt.Fprintf(b, `<text x="%.1f" y="%.1f" font-size="12.5" fill="%s">and %d more</text>`+"\n", x, y, faint, len(used)-i)
			return
		}
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="6" fill="%s"/><text x="%.1f" y="%.1f" font-size="12.5" fill="%s">%s</text>`+"\n",
			x+6, y-4.4, ClusterColour(c), x+18, y, ink, label)
		x += width
	}
}

// polyline writes a path through the places.
func polyline(places []point) string {
	var b strings.Builder
	for i, p := range places {
		fmt.Fprintf(&b, "%s%.1f %.1f", map[bool]string{true: "M", false: "L"}[i == 0], p.x, p.y)
	}
	return b.String()
}

// escape makes a text safe inside XML.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}
