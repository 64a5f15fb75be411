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
		for d := range g.at {
			if d == c {
				continue
			}
			way := g.at[d].minus(g.at[c])
			l := way.length()
			if l < 1e-9 {
				continue
			}
			way = way.times(1 / l)
			// Of the bisector, from at_c on along the way to at_d.
			border := (l*l + g.r[c]*g.r[c] - g.r[d]*g.r[d]) / (2 * l)
			off := p.minus(g.at[c])
			if over := off.x*way.x + off.y*way.y - math.Max(border-margin, 0); over > 1e-9 {
				p, inside = p.minus(way.times(over)), false
			}
		}
		if inside {
			return p
		}
	}
	return p
}
