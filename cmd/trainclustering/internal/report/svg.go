package report

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image/png"
	"math"
	"strconv"
	"strings"
)

const fonts = "system-ui,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

// svgWriter writes a scene as SVG: within the page colours are classes of its
// style, in a file of its own they stand as they are on a light ground.
type svgWriter struct {
	bytes.Buffer
	inline bool
}

// svg writes the scene; id is the prefix of the ids inside.
func (s *scene) svg(inline bool, id, title, alt string) string {
	w := &svgWriter{inline: inline}
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %[3]s-d"`,
		px(s.w), px(s.h), id)
	if !inline {
		fmt.Fprintf(w, ` width="%s" height="%s"`, px(s.w), px(s.h))
	}
	fmt.Fprintf(w, ` font-family="%s">`+"\n", fonts)
	fmt.Fprintf(w, "<title id=\"%s-t\">%s</title>\n<desc id=\"%[1]s-d\">%[3]s</desc>\n", id, escape(title), escape(alt))
	if !inline {
		fmt.Fprintf(w, `<rect width="%s" height="%s" fill="%s"/>`+"\n", px(s.w), px(s.h), lightPaper)
	}
	for _, shape := range s.shapes {
		w.shape(shape)
	}
	w.WriteString("</svg>\n")
	return w.String()
}

func (w *svgWriter) shape(shape any) {
	switch v := shape.(type) {
	case lines:
		w.lines(v)
	case disc:
		w.disc(v)
	case bar:
		w.bar(v)
	case label:
		w.label(v)
	case raster:
		w.raster(v)
	}
}

// look writes what colours a shape: classes, or attributes in a file.
func (w *svgWriter) look(fill, stroke paint, group int) {
	if !w.inline {
		for _, p := range []struct {
			name string
			paint
		}{{"fill", fill}, {"stroke", stroke}} {
			colour := "none"
			if p.paint != none {
				colour = p.light()
			}
			if p.paint != none || p.name == "fill" {
				fmt.Fprintf(w, ` %s="%s"`, p.name, colour)
			}
		}
		return
	}
	var classes []string
	if fill == none {
		classes = append(classes, "nf")
	} else {
		classes = append(classes, "f-"+fill.css())
	}
	if stroke != none {
		classes = append(classes, "s-"+stroke.css())
	}
	if group >= 0 {
		classes = append(classes, "g", "k"+itoa(group))
	}
	fmt.Fprintf(w, ` class="%s"`, strings.Join(classes, " "))
}

func (w *svgWriter) lines(v lines) {
	if len(v.paths) == 0 {
		return
	}
	w.WriteString(`<path d="`)
	for _, path := range v.paths {
		for i, p := range path {
			w.WriteString("ML"[min(i, 1):min(i, 1)+1] + px(p.x) + " " + px(p.y))
		}
		if v.closed {
			w.WriteByte('Z')
		}
	}
	w.WriteByte('"')
	w.look(v.fill, v.stroke, v.group)
	if v.width > 0 {
		fmt.Fprintf(w, ` stroke-width="%s" stroke-linejoin="round" stroke-linecap="round"`, px(v.width))
	}
	w.opacity(v.opacity)
	w.WriteString("/>\n")
}

func (w *svgWriter) opacity(o float64) {
	if o > 0 && o < 1 {
		fmt.Fprintf(w, ` opacity="%s"`, strconv.FormatFloat(math.Round(o*1000)/1000, 'g', -1, 64))
	}
}

func (w *svgWriter) disc(v disc) {
	fmt.Fprintf(w, `<circle cx="%s" cy="%s" r="%s"`, px(v.at.x), px(v.at.y), px(v.r))
	stroke := none
	if v.rim > 0 {
		stroke = paper
	}
	w.look(v.fill, stroke, v.group)
	if v.rim > 0 {
		fmt.Fprintf(w, ` stroke-width="%s"`, px(v.rim))
	}
	w.tip(v.tip, "circle")
}

func (w *svgWriter) bar(v bar) {
	fmt.Fprintf(w, `<rect x="%s" y="%s" width="%s" height="%s"`, px(v.x), px(v.y), px(math.Max(0, v.w)), px(math.Max(0, v.h)))
	if v.round > 0 {
		fmt.Fprintf(w, ` rx="%s"`, px(v.round))
	}
	w.look(v.fill, none, -1)
	w.opacity(v.opacity)
	w.tip(v.tip, "rect")
}

// tip ends an element, with a title that browsers show under the pointer.
func (w *svgWriter) tip(tip, element string) {
	if tip == "" {
		w.WriteString("/>\n")
		return
	}
	fmt.Fprintf(w, "><title>%s</title></%s>\n", escape(tip), element)
}

func (w *svgWriter) label(v label) {
	fmt.Fprintf(w, `<text x="%s" y="%s" font-size="%s"`, px(v.at.x), px(v.at.y), px(v.size))
	if v.side <= 0 {
		fmt.Fprintf(w, ` text-anchor="%s"`, map[int]string{-1: "end", 0: "middle"}[v.side])
	}
	if v.bold {
		w.WriteString(` font-weight="600"`)
	}
	stroke := none
	if v.halo {
		stroke = paper
		fmt.Fprintf(w, ` paint-order="stroke" stroke-width="%s" stroke-linejoin="round"`, px(v.size/4))
	}
	w.look(v.fill, stroke, v.group)
	fmt.Fprintf(w, ` pointer-events="none">%s</text>`+"\n", escape(v.text))
}

func (w *svgWriter) raster(v raster) {
	var b bytes.Buffer
	_ = png.Encode(&b, v.img) // a Buffer never fails
	fmt.Fprintf(w, `<image x="%s" y="%s" width="%s" height="%s" style="image-rendering:pixelated" preserveAspectRatio="none" href="data:image/png;base64,%s"/>`+"\n",
		px(v.x), px(v.y), px(v.w), px(v.h), base64.StdEncoding.EncodeToString(b.Bytes()))
}

// px writes a length to a tenth of a pixel.
func px(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10+0, 'f', -1, 64)
}

// escape makes a text safe inside XML and HTML.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(visible(s))) // a Builder never fails
	return b.String()
}
