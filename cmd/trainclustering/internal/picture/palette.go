package picture

import "fmt"

// ClusterColour returns the colour of a cluster, "#rrggbb". The first seven
// are Okabe and Ito's (2008), the others from Paul Tol's muted scheme (2021):
// both are made to be told apart by colour-blind readers. After fifteen they
// repeat.
func ClusterColour(c int) string {
	palette := [...]string{
		"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442",
		"#332288", "#882255", "#999933", "#44aa99", "#aa4499", "#117733", "#ddcc77", "#cc6677",
	}
	return palette[c%len(palette)]
}

// textOn picks dark or light text for a ground of the colour, by the ground's
// luminance.
func textOn(colour string) string {
	var r, g, b int
	if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &r, &g, &b); err != nil {
		return ink
	}
	if 299*r+587*g+114*b > 140_000 {
		return ink
	}
	return "#ffffff"
}
