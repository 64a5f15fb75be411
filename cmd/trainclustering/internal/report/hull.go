package report

import (
	"cmp"
	"slices"
)

// hull returns the corners of the smallest convex area around the places, in
// order (A. M. Andrew's monotone chain, 1979). One or two places are their own.
func hull(places []point) []point {
	sorted := slices.Clone(places)
	slices.SortFunc(sorted, func(a, b point) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y))
	})
	if len(sorted) < 3 {
		return sorted
	}
	lower := chain(sorted)
	slices.Reverse(sorted)
	upper := chain(sorted)
	return append(lower[:len(lower)-1], upper[:len(upper)-1]...)
}

// chain is one side of the hull: it never turns right.
func chain(sorted []point) []point {
	var out []point
	for _, p := range sorted {
		for len(out) > 1 && cross(out[len(out)-2], out[len(out)-1], p) <= 0 {
			out = out[:len(out)-1]
		}
		out = append(out, p)
	}
	return out
}

// cross is above 0 where the way from a over b to c turns left.
func cross(a, b, c point) float64 {
	u, v := b.minus(a), c.minus(b)
	return u.x*v.y - u.y*v.x
}
