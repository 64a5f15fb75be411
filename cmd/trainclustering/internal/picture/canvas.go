package picture

import "math"

// canvas is the area of a picture that the nodes may fill, in pixels.
type canvas struct{ left, top, width, height float64 }

// fit turns the places so that they are wider than high, and scales and moves
// them into the canvas.
func (c canvas) fit(at []point) []point {
	flat := turn(at)
	low, high := bounds(flat)
	span := high.minus(low)
	scale := math.Min(c.width/math.Max(span.x, 1e-9), c.height/math.Max(span.y, 1e-9))
	if len(at) < 2 {
		scale = 1
	}
	middle := low.plus(high).times(0.5)
	centre := point{c.left + c.width/2, c.top + c.height/2}
	out := make([]point, len(at))
	for i, p := range flat {
		out[i] = p.minus(middle).times(scale).plus(centre)
	}
	return out
}

// turn rotates the places so that their longest direction lies flat.
func turn(at []point) []point {
	var mean point
	for _, p := range at {
		mean = mean.plus(p.times(1 / float64(len(at))))
	}
	var xx, xy, yy float64
	for _, p := range at {
		d := p.minus(mean)
		xx, xy, yy = xx+d.x*d.x, xy+d.x*d.y, yy+d.y*d.y
	}
	sin, cos := math.Sincos(-math.Atan2(2*xy, xx-yy) / 2)
	out := make([]point, len(at))
	for i, p := range at {
		d := p.minus(mean)
		out[i] = point{d.x*cos - d.y*sin, d.x*sin + d.y*cos}
	}
	return out
}

// bounds are the corners of the smallest box around the places.
func bounds(at []point) (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range at {
		low = point{math.Min(low.x, p.x), math.Min(low.y, p.y)}
		high = point{math.Max(high.x, p.x), math.Max(high.y, p.y)}
	}
	return low, high
}

// spread moves discs that overlap apart, and back into the canvas.
func (c canvas) spread(at []point, radius []float64, gap float64) {
	for range 60 {
		moved := false
		for i := range at {
			for j := i + 1; j < len(at); j++ {
				d := at[i].minus(at[j])
				l, want := d.length(), radius[i]+radius[j]+gap
				if l >= want {
					continue
				}
				moved = true
				if l < 1e-6 { // the same place: part them sideways
					d, l = polar(float64(i), 1), 1
				}
				push := d.times((want - math.Min(l, want)) / l / 2)
				at[i], at[j] = at[i].plus(push), at[j].minus(push)
			}
		}
		for i, r := range radius {
			at[i].x = math.Max(c.left+r, math.Min(c.left+c.width-r, at[i].x))
			at[i].y = math.Max(c.top+r, math.Min(c.top+c.height-r, at[i].y))
		}
		if !moved {
			return
		}
	}
}
