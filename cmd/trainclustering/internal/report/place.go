package report

import (
	"math"
	"math/rand/v2"
)

// ground is where the clusters of a picture lie: a disc each, none over another
// as far as there is room, so that each has a convex part of the canvas of its
// own (see cell).
type ground struct {
	box
	at    []point
	r     []float64
	sides [][]border // of each cluster's cell; nil until they are asked for
}

// Bounds of what takes time by the square of the number of clusters.
const (
	cellClusters   = 300  // up to which nodes keep to cells, above to discs
	forcedClusters = 1000 // up to which forces place clusters, above a grid
)

// placeTries is how many layouts of the clusters are made; the one with the
// shortest edges is kept.
const placeTries = 12

// newGround places the clusters in the canvas, clusters with many edges between
// them near each other. The same arguments give the same places.
func newGround(k *clusters, canvas box, seed uint64) *ground {
	main, islands := k.islands()
	if len(islands) < 3 || len(main) == 0 {
		return bestGround(k, canvas, seed)
	}
	strip := newStrip(len(islands), canvas)
	g := &ground{box: canvas, at: make([]point, len(k.ids)), r: make([]float64, len(k.ids))}
	upper := canvas
	upper.h -= strip.h
	rest := bestGround(k.subset(main), upper, seed)
	for i, c := range main {
		g.at[c], g.r[c] = rest.at[i], rest.r[i]
	}
	for i, c := range islands {
		g.at[c], g.r[c] = strip.place(i), strip.radius()
	}
	return g
}

// bestGround places all clusters by forces, and keeps the best of several tries.
func bestGround(k *clusters, canvas box, seed uint64) *ground {
	if len(k.ids) > forcedClusters {
		return gridGround(k, canvas)
	}
	best, least := (*ground)(nil), math.Inf(1)
	tries := placeTries
	if len(k.ids) > 100 {
		tries = 1
	}
	for try := range tries {
		g := &ground{box: canvas, at: make([]point, len(k.ids)), r: discRadii(k.size, canvas)}
		g.scatter(rand.New(rand.NewPCG(seed, uint64(try))))
		g.pull(k)
		g.part(200)
		g.stretch()
		g.part(50)
		if l := g.length(k); l < least {
			best, least = g, l
		}
	}
	return best
}

// discRadii gives the discs areas by the number of nodes, in all a good third of
// the canvas, none of them too small to see.
func discRadii(size []int, canvas box) []float64 {
	total := 0.0
	for _, s := range size {
		total += float64(s)
	}
	side := math.Min(canvas.w, canvas.h) / 2
	least := math.Min(13, side/math.Sqrt(float64(len(size))+1))
	out := make([]float64, len(size))
	for c, s := range size {
		r := math.Sqrt(0.44 * canvas.w * canvas.h / math.Pi * float64(s) / total)
		out[c] = math.Max(least, math.Min(0.8*side, r))
	}
	return out
}

// scatter throws the clusters on the canvas.
func (g *ground) scatter(random *rand.Rand) {
	for c := range g.at {
		g.at[c] = point{g.x + g.w*(0.2+0.6*random.Float64()), g.y + g.h*(0.2+0.6*random.Float64())}
	}
}

// pull moves the clusters by forces: repulsion, attraction along edges.
func (g *ground) pull(k *clusters) {
	steps := max(20, min(300, 30_000_000/(len(g.at)*len(g.at))))
	n := len(g.at)
	ell := math.Sqrt(g.w * g.h / float64(n))
	force := make([]point, n)
	for step := range steps {
		clear(force)
		for a := range n {
			for b := a + 1; b < n; b++ {
				d := g.at[a].minus(g.at[b])
				f := d.times(2.2 * ell * math.Sqrt(g.r[a]*g.r[b]) / math.Max(d.x*d.x+d.y*d.y, 1))
				force[a], force[b] = force[a].plus(f), force[b].minus(f)
			}
			middle := g.centre().minus(g.at[a])
			force[a] = force[a].plus(point{middle.x * 0.15 * g.h / g.w, middle.y * 0.15 * g.w / g.h})
		}
		for _, j := range k.joins {
			d := g.at[j.b].minus(g.at[j.a])
			f := d.times(d.length() / ell * k.strength(j))
			force[j.a], force[j.b] = force[j.a].plus(f), force[j.b].minus(f)
		}
		limit := ell * (1 - float64(step)/float64(steps)) / 3
		for c, f := range force {
			if l := f.length(); l > 0 {
				g.at[c] = g.at[c].plus(f.times(math.Min(l, limit) / l))
			}
		}
	}
}

// strength is how much of the smaller cluster's outer edges a join has, 0 to 1.
func (k *clusters) strength(j join) float64 {
	return j.weight / math.Max(math.Min(k.cut[j.a], k.cut[j.b]), 1e-300)
}

// part moves discs that overlap apart and back into the canvas.
func (g *ground) part(steps int) {
	for range steps {
		moved := false
		for a := range g.at {
			for b := a + 1; b < len(g.at); b++ {
				d := g.at[a].minus(g.at[b])
				l, want := d.length(), 1.02*(g.r[a]+g.r[b])
				if l >= want {
					continue
				}
				moved = true
				if l < 1e-6 {
					d, l = polar(float64(a), 1), 1
				}
				push := d.times((want - math.Min(l, want)) / l / 2)
				share := 2 * g.r[b] / (g.r[a] + g.r[b])
				g.at[a], g.at[b] = g.at[a].plus(push.times(share)), g.at[b].minus(push.times(2-share))
			}
		}
		for c, r := range g.r {
			g.at[c] = g.clamp(g.at[c], r)
		}
		if !moved {
			return
		}
	}
}

// clamp moves a place into the box, at least by away from its sides.
func (b box) clamp(p point, by float64) point {
	bx, by := math.Min(by, b.w/2), math.Min(by, b.h/2)
	return point{
		math.Max(b.x+bx, math.Min(b.x+b.w-bx, p.x)),
		math.Max(b.y+by, math.Min(b.y+b.h-by, p.y)),
	}
}

// stretch spreads the discs over the canvas, to where they touch its sides.
func (g *ground) stretch() {
	xs, ys := make([]float64, len(g.at)), make([]float64, len(g.at))
	for c, p := range g.at {
		xs[c], ys[c] = p.x, p.y
	}
	spread(xs, g.r, g.x, g.w)
	spread(ys, g.r, g.y, g.h)
	for c := range g.at {
		g.at[c] = point{xs[c], ys[c]}
	}
}

// spread scales and moves v so that v − r and v + r just fill from, from + width;
// it never brings them nearer to each other.
func spread(v, r []float64, from, width float64) {
	low, high := 0, 0
	for i := range v {
		if v[i]-r[i] < v[low]-r[low] {
			low = i
		}
		if v[i]+r[i] > v[high]+r[high] {
			high = i
		}
	}
	scale, gap := 1.0, v[high]-v[low]
	if gap > 1e-6 {
		scale = math.Max(1, (width-r[low]-r[high])/gap)
	}
	origin := v[low]
	for i := range v {
		v[i] = (v[i] - origin) * scale
	}
	room := width - r[low] - r[high] - (v[high] - v[low])
	for i := range v {
		v[i] += from + r[low] + room/2
	}
}

// length is the weighted length of the edges between clusters, and a fine for
// discs over each other.
func (g *ground) length(k *clusters) float64 {
	var sum float64
	for _, j := range k.joins {
		sum += k.strength(j) * g.at[j.a].minus(g.at[j.b]).length()
	}
	for a := range g.at {
		for b := a + 1; b < len(g.at); b++ {
			if over := g.r[a] + g.r[b] - g.at[a].minus(g.at[b]).length(); over > 0 {
				sum += 10 * over
			}
		}
	}
	return sum
}
