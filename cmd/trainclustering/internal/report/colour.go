package report

import (
	"fmt"
	"math"
)

// colours is how many clusters have a colour of their own; the next ones begin
// again at the first.
const colours = 64

// Grounds of the page, light and dark.
const lightPaper, darkPaper = "#ffffff", "#16191d"

// palette is the colours of clusters, on the light ground and on the dark one.
// They are far apart for normal sight and for the two common kinds of colour
// blindness, the first ones farthest, and have a contrast of 3 and more to their
// ground. TestPaletteIsAsChosen chooses them again.
var palette = [2][colours]string{
	{
		"#2b6da5", "#970c02", "#26a822", "#500479", "#b08994", "#113f46", "#83710c", "#a8347f",
		"#0d3da1", "#2b6546", "#5a2424", "#258e6a", "#80005c", "#7f7494", "#444171", "#904c1a",
		"#524727", "#5b51ab", "#7e9660", "#775563", "#7f068d", "#a06d4d", "#a03646", "#548aaf",
		"#126c79", "#815494", "#507b73", "#af923c", "#823c66", "#753a8d", "#790f06", "#1ea28f",
		"#2c0b9b", "#572f54", "#5c0e59", "#54803a", "#603c3f", "#648d80", "#495874", "#968148",
		"#798e11", "#6b203d", "#aa9075", "#9d6785", "#a8545d", "#846230", "#2c5955", "#422667",
		"#4a9aa7", "#665637", "#0c3f78", "#5871a1", "#9f7872", "#616f4f", "#064505", "#024e9a",
		"#963211", "#5e3cac", "#7a7e5b", "#5c2c81", "#68013f", "#35775d", "#3b651f", "#355695",
	},
	{
		"#76b7f3", "#eb6553", "#80f878", "#9659c7", "#ffd4e0", "#56838b", "#cebb64", "#fb80ca",
		"#5187f2", "#73ae8b", "#a56764", "#79dbb2", "#d15aa3", "#c9bde0", "#8785bb", "#de9464",
		"#988b69", "#9f9afc", "#c9e2a9", "#c29bab", "#cc62dc", "#eeb694", "#f2808b", "#9ed5fd",
		"#67b6c3", "#cc9ce1", "#98c6bc", "#fedf89", "#cf82ae", "#bf82da", "#c95e4e", "#7defda",
		"#6365ed", "#9f729a", "#a758a1", "#9ccb82", "#a88082", "#add9ca", "#8e9fbe", "#e2cc91",
		"#c2db6c", "#b86580", "#f8dcbf", "#ebb0d0", "#f99da4", "#cfaa77", "#72a09b", "#856ab2",
		"#97e6f5", "#ae9c7b", "#5485c4", "#9fbbef", "#edc2bb", "#a8b896", "#518b4d", "#5597e9",
		"#e77c5c", "#a387fd", "#c4c8a3", "#a373cd", "#b75282", "#7fc2a4", "#80ae67", "#799ee3",
	},
}

// ClusterColour is the colour of a cluster on the light ground, "#rrggbb".
func ClusterColour(c int) string { return palette[0][c%colours] }

func degamma(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// rgb reads "#rrggbb".
func rgb(hex string) (r, g, b uint8) {
	_, _ = fmt.Sscanf(hex, "#%02x%02x%02x", &r, &g, &b) // all are constants or of hex
	return r, g, b
}

// luminance is the relative luminance of WCAG 2.
func luminance(hex string) float64 {
	r, g, b := rgb(hex)
	return 0.2126*degamma(float64(r)/255) + 0.7152*degamma(float64(g)/255) + 0.0722*degamma(float64(b)/255)
}

// contrast is the contrast of WCAG 2, 1 to 21.
func contrast(a, b string) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return math.Max(x, y) / math.Min(x, y)
}

// readable is the colour of text on a ground: of black and white, the
// one with more contrast, which is more than 4.5.
func readable(ground string) string {
	const dark, light = "#000000", "#ffffff"
	if contrast(dark, ground) > contrast(light, ground) {
		return dark
	}
	return light
}
