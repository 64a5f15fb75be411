package report

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Strengths of the forces between nodes, tuned by eye on graphs of 34 to 5,000
// nodes.
const (
	crossPull  = 0.12 // attraction of an edge between clusters, over one within
	homePull   = 0.15 // to the middle of the own cluster
	discPull   = 1.0  // back into the cluster's disc
	lonePull   = 0.30 // the same for a node without edges, which nothing else holds
	fullDegree = 4.0  // mean degree up to which edges pull with their full force
	exactNodes = 500  // up to which every pair repels by itself
)

// nodePlaces lays the nodes out by forces, after T. Fruchterman and E. Reingold,
// "Graph drawing by force-directed placement", 1991, doi:10.1002/spe.4380211102,
// each cluster held together in its disc of the ground. Repulsion in larger
// graphs is that of J. Barnes and P. Hut, so that a step takes n log n.
func nodePlaces(d *Data, k *clusters, g *ground, margin []float64) []point {
	n := len(k.of)
	at := make([]point, n)
	random := rand.New(rand.NewPCG(d.Seed, 0x6e6f646573))
	for i, c := range k.of {
		start := g.at[c].plus(polar(2*math.Pi*random.Float64(), 0.8*g.r[c]*math.Sqrt(random.Float64())))
		at[i] = g.cell(c, start, margin[i])
	}
	ell := 0.8 * math.Sqrt(g.w*g.h/float64(n))
	steps := max(40, min(400, 120_000/max(n, 1))) // more shorten edges by less than a hundredth
	force, t := make([]point, n), &tree{}
	for step := range steps {
		clear(force)
		repel(t, at, force, ell)
		attract(d.Graph, k, at, force, ell)
		limit := 3 * ell * (1 - float64(step)/float64(steps))
		for i, f := range force {
			pull := homePull
			if d.Graph.degree(i) == 0 {
				pull = lonePull
			}
			home := g.at[k.of[i]].minus(at[i])
			if away := home.length(); away > 0 {
				pull += discPull * math.Max(0, away-g.r[k.of[i]]) / away
			}
			f = f.plus(home.times(pull))
			if l := f.length(); l > 0 {
				at[i] = at[i].plus(f.times(math.Min(l, limit) / l))
			}
		}
	}
	fillDiscs(k, g, at, margin)
	return at
}

// fillDiscs scales each cluster about its middle to the size of its disc, but for
// its outermost nodes, and moves it there.
func fillDiscs(k *clusters, g *ground, at []point, margin []float64) {
	members := make([][]int, len(k.ids))
	for i, c := range k.of {
		members[c] = append(members[c], i)
	}
	for c, nodes := range members {
		var middle point
		for _, i := range nodes {
			middle = middle.plus(at[i].times(1 / float64(len(nodes))))
		}
		far := make([]float64, len(nodes))
		for j, i := range nodes {
			far[j] = at[i].minus(middle).length() + margin[i]*0.5
		}
		slices.Sort(far)
		scale := g.r[c] / math.Max(far[(len(far)-1)*19/20], 1)
		for _, i := range nodes {
			at[i] = g.cell(c, g.at[c].plus(at[i].minus(middle).times(scale)), margin[i])
		}
	}
}

// repel pushes the nodes apart, by ell²/d.
func repel(t *tree, at, force []point, ell float64) {
	if len(at) > exactNodes {
		t.plant(at)
		t.pushes(force)
		for i, f := range force {
			force[i] = f.times(ell * ell)
		}
		return
	}
	for i := range at {
		for j := i + 1; j < len(at); j++ {
			dx, dy := at[i].x-at[j].x, at[i].y-at[j].y
			f := ell * ell / math.Max(dx*dx+dy*dy, 1e-2)
			force[i].x += dx * f
			force[i].y += dy * f
			force[j].x -= dx * f
			force[j].y -= dy * f
		}
	}
}

// attract pulls neighbours together, by d²/ell; in a graph of many edges each of
// them pulls less, or it would be a ball.
func attract(g Graph, k *clusters, at, force []point, ell float64) {
	mean := float64(len(g.Col)) / float64(len(at))
	strength := 1 / math.Max(1, mean/fullDegree) / ell
	for i := range at {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			d := at[j].minus(at[i])
			pull := d.length() * strength
			if k.of[i] != k.of[j] {
				pull *= crossPull
			}
			force[i] = force[i].plus(d.times(pull))
		}
	}
}

// Bounds of what separate does.
const (
	separateRounds = 80
	pairRounds     = 8  // rounds for which the pairs of near discs serve
	pairSlack      = 6. // how much farther apart than touching they may be
	gapShare       = .3 // of the gap: what may be left of an overlap
)

// separate moves discs that overlap apart, each within its cluster's cell.
func separate(k *clusters, g *ground, at []point, r, margin []float64, gap float64) {
	unsettled := make([]bool, len(at)) // places that their cell may still move
	for i := range unsettled {
		unsettled[i] = true
	}
	var pairs [][2]int
	left := 0 // rounds for which the pairs still serve
	for range separateRounds {
		fresh := left == 0
		if fresh {
			pairs, left = nearPairs(pairs[:0], at, r, gap), pairRounds
		}
		left--
		most := 0.0
		for _, p := range pairs {
			if over := pushApart(at, p[0], p[1], r[p[0]]+r[p[1]]+gap); over > 0 {
				most, unsettled[p[0]], unsettled[p[1]] = max(most, over), true, true
			}
		}
		for i, p := range at {
			if unsettled[i] {
				at[i] = g.cell(k.of[i], p, margin[i])
				unsettled[i] = at[i] != p
			}
		}
		if most > gapShare*gap {
			continue
		}
		if fresh {
			return
		}
		left = 0
	}
}

// nearPairs appends the pairs of discs that overlap or nearly do.
func nearPairs(pairs [][2]int, at []point, r []float64, gap float64) [][2]int {
	widest := 0.0
	for _, v := range r {
		widest = math.Max(widest, v)
	}
	near := newBuckets(at, 2*widest+gap+pairSlack)
	for i, p := range at {
		for _, row := range near.rowsAround(p) {
			for _, j := range row {
				d, reach := p.minus(at[j]), r[i]+r[j]+gap+pairSlack
				if j > i && d.x*d.x+d.y*d.y < reach*reach {
					pairs = append(pairs, [2]int{i, j})
				}
			}
		}
	}
	return pairs
}

// pushApart moves two places to a distance at least, each by half of what it
// takes, and returns by how much they were nearer; 0 where they were not.
func pushApart(at []point, i, j int, want float64) float64 {
	d := at[i].minus(at[j])
	l := d.x*d.x + d.y*d.y
	if l >= want*want {
		return 0
	}
	l = math.Sqrt(l)
	over := want - l
	if l < 1e-6 {
		d, l = polar(float64(i), 1), 1
	}
	push := d.times(over / l / 2)
	at[i], at[j] = at[i].plus(push), at[j].minus(push)
	return over
}
