package report

import "math"

// cell moves a place into the part of the canvas that belongs to cluster c, its
// cell of the power diagram of the discs: the places p with
//
//	|p − at_c|² − r_c² ≤ |p − at_d|² − r_d²
//
// for every other d, here by a margin. Cells are convex, so that hulls around
// the nodes of two clusters never lie across each other. Where there are many
// clusters, the disc stands in for the cell.
func (g *ground) cell(c int, p point, margin float64) point {
	p = g.clamp(p, margin)
	if len(g.at) > cellClusters {
		off := p.minus(g.at[c])
		if l := off.length(); l > g.r[c] {
			p = g.clamp(g.at[c].plus(off.times(g.r[c]/l)), margin)
		}
		return p
	}
	for range 4 {
		inside := true
		for _, b := range g.borders(c) {
			off := p.minus(g.at[c])
			if over := off.x*b.way.x + off.y*b.way.y - math.Max(b.at-margin, 0); over > 1e-9 {
				p, inside = p.minus(b.way.times(over)), false
			}
		}
		if inside {
			return p
		}
	}
	return p
}

// border is a side of a cell.
type border struct {
	way point   // from the cell's cluster to the other, of length 1
	at  float64 // how far along the way it is
}

// borders are those of the cell of cluster c, one to each other cluster. They
// are worked out once: the clusters stay where they are.
func (g *ground) borders(c int) []border {
	if g.sides == nil {
		g.sides = make([][]border, len(g.at))
		for c := range g.at {
			g.sides[c] = g.bordersOf(c)
		}
	}
	return g.sides[c]
}

func (g *ground) bordersOf(c int) []border {
	var out []border
	for d := range g.at {
		way := g.at[d].minus(g.at[c])
		l := way.length()
		if d == c || l < 1e-9 {
			continue
		}
		at := (l*l + g.r[c]*g.r[c] - g.r[d]*g.r[d]) / (2 * l) // of the bisector
		out = append(out, border{way.times(1 / l), at})
	}
	return out
}
