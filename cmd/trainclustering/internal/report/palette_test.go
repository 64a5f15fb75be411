package report

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPaletteIsAsChosen(t *testing.T) {
	for theme, want := range chosenPalette() {
		assert.Equal(t, want, palette[theme][:])
	}
}

// darkShift is what a colour gains in OKLab's lightness for the dark page. All
// colours shift alike, so that they keep their distances.
const darkShift = 0.24

// lab is a colour in OKLab (B. Ottosson, 2020): lightness, green to red, blue to
// yellow. Distances in it are about as large as they look.
type lab struct{ l, a, b float64 }

// chosenPalette is the colours of clusters, light and dark, chosen one by one,
// each as far as can be from all before it, for normal sight and for the
// two common kinds of colour blindness, among those with a contrast of 3 and
// more to their ground (C. Glasbey and others, "Colour displays for categorical
// images", 2007, doi:10.1002/col.20327).
func chosenPalette() [2][]string {
	candidates := candidateColours()
	near := make([]float64, len(candidates))
	for i := range near {
		near[i] = math.Inf(1)
	}
	next := nearestTo(candidates, labOf(0, 0x72/255.0, 0xb2/255.0))
	var out [2][]string
	for range colours {
		chosen := candidates[next]
		out[0], out[1] = append(out[0], chosen.hex()), append(out[1], chosen.lighter().hex())
		best := -1.0
		for i, c := range candidates {
			near[i] = math.Min(near[i], difference(c, chosen))
			if near[i] > best {
				best, next = near[i], i
			}
		}
	}
	return out
}

// candidateColours walks a grid of OKLab.
func candidateColours() []lab {
	var out []lab
	for l := 0.34; l < 0.70; l += 0.03 {
		for chroma := 0.05; chroma < 0.27; chroma += 0.03 {
			for hue := range 48 {
				sin, cos := math.Sincos(2 * math.Pi * float64(hue) / 48)
				c := lab{l, chroma * cos, chroma * sin}
				if c.shown() && c.lighter().shown() &&
					contrast(c.hex(), lightPaper) >= 3 && contrast(c.lighter().hex(), darkPaper) >= 3 {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

func nearestTo(candidates []lab, want lab) int {
	best := 0
	for i, c := range candidates {
		if c.distance(want) < candidates[best].distance(want) {
			best = i
		}
	}
	return best
}

func (c lab) lighter() lab { return lab{c.l + darkShift, c.a, c.b} }

func (c lab) distance(d lab) float64 {
	return math.Sqrt((c.l-d.l)*(c.l-d.l) + (c.a-d.a)*(c.a-d.a) + (c.b-d.b)*(c.b-d.b))
}

// difference is the distance of two colours as the eye of the three that tells
// them apart least sees it, the two rare ones at half their weight.
func difference(c, d lab) float64 {
	least := c.distance(d)
	for _, eye := range blindness {
		least = math.Min(least, 2*c.seenBy(eye).distance(d.seenBy(eye)))
	}
	return least
}

// blindness is how protanopes and deuteranopes see linear RGB (G. Machado and
// others, 2009, doi:10.1109/TVCG.2009.113, severity 1).
var blindness = [2][3][3]float64{
	{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
}

func (c lab) seenBy(eye [3][3]float64) lab {
	r, g, b := c.linear()
	var v [3]float64
	for i, row := range eye {
		v[i] = math.Max(0, row[0]*r+row[1]*g+row[2]*b)
	}
	return labOfLinear(v[0], v[1], v[2])
}

// linear is the colour in linear sRGB.
func (c lab) linear() (r, g, b float64) {
	l := cube(c.l + 0.3963377774*c.a + 0.2158037573*c.b)
	m := cube(c.l - 0.1055613458*c.a - 0.0638541728*c.b)
	s := cube(c.l - 0.0894841775*c.a - 1.2914855480*c.b)
	return 4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s
}

func cube(x float64) float64 { return x * x * x }

func labOfLinear(r, g, b float64) lab {
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return lab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func labOf(r, g, b float64) lab { return labOfLinear(degamma(r), degamma(g), degamma(b)) }

// shown tells whether sRGB has the colour.
func (c lab) shown() bool {
	r, g, b := c.linear()
	return min(r, g, b) >= 0 && max(r, g, b) <= 1
}

func (c lab) hex() string {
	r, g, b := c.linear()
	return fmt.Sprintf("#%02x%02x%02x", byteOf(r), byteOf(g), byteOf(b))
}

func byteOf(linear float64) int {
	v := 12.92 * linear
	if linear > 0.0031308 {
		v = 1.055*math.Pow(linear, 1/2.4) - 0.055
	}
	return int(math.Round(255 * math.Max(0, math.Min(1, v))))
}
