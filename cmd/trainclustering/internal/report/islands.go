package report

import "math"

// islands parts the clusters into those that edges join to others, or that are
// large, and small ones of their own.
func (k *clusters) islands() (main, islands []int) {
	for c := range k.ids {
		if k.cut[c] > 0 || 50*k.size[c] > len(k.of) {
			main = append(main, c)
		} else {
			islands = append(islands, c)
		}
	}
	return main, islands
}

// subset is the clusters of a list without their nodes.
func (k *clusters) subset(list []int) *clusters {
	out := &clusters{}
	place := make(map[int]int, len(list))
	for i, c := range list {
		place[c] = i
		out.ids, out.size, out.cut = append(out.ids, k.ids[c]), append(out.size, k.size[c]), append(out.cut, k.cut[c])
	}
	for _, j := range k.joins {
		a, inA := place[j.a]
		b, inB := place[j.b]
		if inA && inB {
			out.joins = append(out.joins, join{a, b, j.weight})
		}
	}
	return out
}

// strip is a part at the foot of a canvas, with rows of cells of one size.
type strip struct {
	box
	columns int
	cell    float64
}

func newStrip(n int, canvas box) strip {
	cell := math.Min(34, math.Sqrt(0.25*canvas.w*canvas.h/float64(n)))
	columns := max(1, int(canvas.w/cell))
	rows := (n + columns - 1) / columns
	high := float64(rows) * cell
	return strip{box{canvas.x, canvas.y + canvas.h - high, canvas.w, high}, columns, cell}
}

func (s strip) place(i int) point {
	return point{s.x + (float64(i%s.columns)+0.5)*s.cell, s.y + (float64(i/s.columns)+0.5)*s.cell}
}

func (s strip) radius() float64 { return 0.4 * s.cell }

// gridGround places clusters in rows, the largest first.
func gridGround(k *clusters, canvas box) *ground {
	n := len(k.ids)
	g := &ground{box: canvas, at: make([]point, n), r: discRadii(k.size, canvas)}
	columns := int(math.Ceil(math.Sqrt(float64(n) * canvas.w / canvas.h)))
	rows := (n + columns - 1) / columns
	wide, high := canvas.w/float64(columns), canvas.h/float64(rows)
	for c := range g.at {
		g.at[c] = point{canvas.x + (float64(c%columns)+0.5)*wide, canvas.y + (float64(c/columns)+0.5)*high}
		g.r[c] = math.Min(g.r[c], 0.45*math.Min(wide, high))
	}
	return g
}
