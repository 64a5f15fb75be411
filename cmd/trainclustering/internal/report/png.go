package report

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"slices"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
	"golang.org/x/text/unicode/norm"

	xdraw "golang.org/x/image/draw"
)

// pngScale is how many pixels of a PNG a pixel of the scene has.
const pngScale = 2

// pngCanvas draws a scene into an image. Letters come from the Go fonts, which
// hold Latin, Greek and Cyrillic.
type pngCanvas struct {
	*image.RGBA
	fonts [2]*opentype.Font
	faces map[[2]int]font.Face
}

// png writes the scene on a light ground.
func (s *scene) png(w io.Writer) error {
	c := &pngCanvas{
		RGBA:  image.NewRGBA(image.Rect(0, 0, int(s.w*pngScale), int(s.h*pngScale))),
		faces: make(map[[2]int]font.Face),
	}
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			return fmt.Errorf("report: the font inside: %w", err)
		}
		c.fonts[i] = f
	}
	draw.Draw(c.RGBA, c.Bounds(), image.NewUniform(colourOf(paper, 1)), image.Point{}, draw.Src)
	for _, shape := range s.shapes {
		if err := c.shape(shape); err != nil {
			return err
		}
	}
	return png.Encode(w, c.RGBA)
}

// Unwritable tells whether a label has letters that the font of PNG lacks. It
// errs where the font inside cannot be read.
func (f Figure) Unwritable() (bool, error) {
	face, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return false, fmt.Errorf("report: the font inside: %w", err)
	}
	var buffer sfnt.Buffer
	for _, shape := range f.file().shapes {
		l, ok := shape.(label)
		if !ok {
			continue
		}
		for _, r := range norm.NFC.String(l.text) {
			if at, err := face.GlyphIndex(&buffer, r); err != nil || at == 0 {
				return true, nil
			}
		}
	}
	return false, nil
}

func (c *pngCanvas) shape(shape any) error {
	switch v := shape.(type) {
	case lines:
		c.lines(v)
	case disc:
		c.circle(v.at, v.r+v.rim/2, paper)
		c.circle(v.at, v.r-v.rim/2, v.fill)
	case bar:
		b := v.box
		corners := []point{{b.x, b.y}, {b.x + b.w, b.y}, {b.x + b.w, b.y + b.h}, {b.x, b.y + b.h}}
		c.fill([][]point{corners}, colourOf(v.fill, v.opacity))
	case raster:
		to := image.Rect(scaled(v.x), scaled(v.y), scaled(v.x+v.w), scaled(v.y+v.h))
		xdraw.NearestNeighbor.Scale(c.RGBA, to, v.img, v.img.Bounds(), draw.Over, nil)
	case label:
		return c.label(v)
	}
	return nil
}

func scaled(v float64) int { return int(math.Round(v * pngScale)) }

// colourOf is the light colour of a paint with an opacity, 0 standing for 1.
func colourOf(p paint, opacity float64) color.NRGBA {
	r, g, b := rgb(p.light())
	if opacity == 0 {
		opacity = 1
	}
	return color.NRGBA{r, g, b, uint8(math.Round(255 * opacity))}
}

func (c *pngCanvas) lines(v lines) {
	var quads [][]point
	switch v.fill {
	case none:
	case v.stroke: // one area, so that nothing of it is drawn twice
		for _, path := range v.paths {
			quads = append(quads, turned(path))
		}
	default:
		c.fill(v.paths, colourOf(v.fill, v.opacity))
	}
	if v.stroke == none {
		return
	}
	for _, path := range v.paths {
		if v.closed && len(path) > 0 {
			path = append(path[:len(path):len(path)], path[0])
		}
		quads = append(quads, strokes(path, v.width)...)
	}
	c.fill(quads, colourOf(v.stroke, v.opacity))
}

// turned is an area whose corners turn the way of those of strokes.
func turned(path []point) []point {
	area := 0.0
	for i, p := range path {
		q := path[(i+1)%len(path)]
		area += p.x*q.y - q.x*p.y
	}
	if area >= 0 {
		return path
	}
	out := slices.Clone(path)
	slices.Reverse(out)
	return out
}

// strokes returns areas, all turning the same way, that cover a polyline.
func strokes(path []point, width float64) [][]point {
	var out [][]point
	for i := range path {
		if width > 2 || len(path) == 1 {
			out = append(out, polygon(path[i], width/2))
		}
		if i == 0 {
			continue
		}
		a, b := path[i-1], path[i]
		d := b.minus(a)
		if l := d.length(); l > 0 {
			side := point{-d.y, d.x}.times(width / 2 / l)
			out = append(out, []point{a.minus(side), b.minus(side), b.plus(side), a.plus(side)})
		}
	}
	return out
}

// polygon is a circle as corners.
func polygon(at point, r float64) []point {
	n := int(math.Max(12, math.Min(96, 4*r)))
	out := make([]point, n)
	for i := range out {
		out[i] = at.plus(polar(2*math.Pi*float64(i)/float64(n), r))
	}
	return out
}

func (c *pngCanvas) circle(at point, r float64, p paint) {
	if r > 0 {
		c.fill([][]point{polygon(at, r)}, colourOf(p, 1))
	}
}

// fill fills areas, each pixel at most once however many of them cover it.
func (c *pngCanvas) fill(areas [][]point, colour color.NRGBA) {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, area := range areas {
		for _, p := range area {
			low = point{math.Min(low.x, p.x), math.Min(low.y, p.y)}
			high = point{math.Max(high.x, p.x), math.Max(high.y, p.y)}
		}
	}
	if low.x > high.x {
		return
	}
	bounds := image.Rect(int(math.Floor(low.x*pngScale)), int(math.Floor(low.y*pngScale)),
		int(math.Ceil(high.x*pngScale))+1, int(math.Ceil(high.y*pngScale))+1)
	z := vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	for _, area := range areas {
		for i, p := range area {
			x := float32(p.x*pngScale - float64(bounds.Min.X))
			y := float32(p.y*pngScale - float64(bounds.Min.Y))
			if i == 0 {
				z.MoveTo(x, y)
			} else {
				z.LineTo(x, y)
			}
		}
		z.ClosePath()
	}
	z.Draw(c.RGBA, bounds, image.NewUniform(colour), image.Point{})
}

func (c *pngCanvas) label(v label) error {
	face, err := c.face(v)
	if err != nil {
		return err
	}
	v.text = norm.NFC.String(v.text) // the font has é, not e and an accent
	width := float64(font.MeasureString(face, v.text)) / 64
	at := point{v.at.x*pngScale - width*float64(1-v.side)/2, v.at.y * pngScale}
	if v.halo {
		for i := range 12 {
			c.text(face, v.text, at.plus(polar(math.Pi/6*float64(i), v.size/8*pngScale)), paper)
		}
	}
	c.text(face, v.text, at, v.fill)
	return nil
}

func (c *pngCanvas) text(face font.Face, text string, at point, p paint) {
	d := font.Drawer{
		Dst: c.RGBA, Src: image.NewUniform(colourOf(p, 1)), Face: face,
		Dot: fixed.Point26_6{X: fixed.Int26_6(math.Round(at.x * 64)), Y: fixed.Int26_6(math.Round(at.y * 64))},
	}
	d.DrawString(text)
}

// face is the font of a label, in its size to a quarter of a pixel.
func (c *pngCanvas) face(v label) (font.Face, error) {
	weight := 0
	if v.bold {
		weight = 1
	}
	key := [2]int{weight, int(math.Round(v.size * pngScale * 4))}
	if f, ok := c.faces[key]; ok {
		return f, nil
	}
	f, err := opentype.NewFace(c.fonts[weight], &opentype.FaceOptions{
		Size: float64(key[1]) / 4, DPI: 72, Hinting: font.HintingNone,
	})
	if err != nil {
		return nil, fmt.Errorf("report: the font inside: %w", err)
	}
	c.faces[key] = f
	return f, nil
}
