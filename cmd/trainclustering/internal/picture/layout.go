package picture

import (
	"math"
	"math/rand/v2"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// point is a place in the plane; the layout's unit is the wanted length of an
// edge.
type point struct{ x, y float64 }

func (p point) plus(q point) point    { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point   { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point { return point{p.x * f, p.y * f} }
func (p point) length() float64       { return math.Hypot(p.x, p.y) }
func polar(angle, radius float64) point {
	return point{radius * math.Cos(angle), radius * math.Sin(angle)}
}

// Strengths of the layout's forces, tuned by eye on graphs of 34 to 2,000 nodes.
const (
	crossPull   = 0.25 // attraction of an edge between clusters, over one within
	loneGravity = 0.15 // the same for a node without edges, which nothing else holds
	gravity     = 0.05 // pull to the centre, which keeps the components together
	cohesion    = 0.30 // pull to the middle of the own cluster
	fullDegree  = 5.0  // mean degree up to which edges pull with their full force
)

// layout places the nodes by forces, after T. Fruchterman and E. Reingold,
// "Graph drawing by force-directed placement", 1991, doi:10.1002/spe.4380211102:
// every two nodes repel by 1/d, neighbours attract by d², and no step is longer
// than a temperature that falls to 0. Beyond it, edges between clusters pull
// less and clusters hold together, so that they can be seen. The same graph,
// clusters and seed give the same places. Time grows with nodes².
func layout(g *graphfile.Graph, cluster []int, clusters int, seed uint64) []point {
	at := firstPlaces(cluster, clusters, seed)
	steps := 600
	if g.Nodes > 500 {
		steps = 150
	}
	start := math.Sqrt(float64(g.Nodes)) / 4
	force := make([]point, g.Nodes)
	for step := range steps {
		clear(force)
		repel(at, force)
		attract(g, cluster, at, force)
		gather(g, cluster, clusters, at, force)
		limit := start * (1 - float64(step)/float64(steps))
		for i, f := range force {
			if l := f.length(); l > 0 {
				at[i] = at[i].plus(f.times(math.Min(l, limit) / l))
			}
		}
	}
	return at
}

// firstPlaces puts each cluster's nodes near a point of a circle.
func firstPlaces(cluster []int, clusters int, seed uint64) []point {
	random := rand.New(rand.NewPCG(seed, 0x6c61796f7574))
	radius := math.Sqrt(float64(len(cluster)))
	at := make([]point, len(cluster))
	for i, c := range cluster {
		centre := polar(2*math.Pi*float64(c)/float64(clusters), radius)
		at[i] = centre.plus(polar(2*math.Pi*random.Float64(), radius/2*math.Sqrt(random.Float64())))
	}
	return at
}

// repel pushes every two nodes apart.
func repel(at, force []point) {
	for i := range at {
		for j := i + 1; j < len(at); j++ {
			dx, dy := at[i].x-at[j].x, at[i].y-at[j].y
			f := 1 / math.Max(dx*dx+dy*dy, 1e-4)
			force[i].x += dx * f
			force[i].y += dy * f
			force[j].x -= dx * f
			force[j].y -= dy * f
		}
	}
}

// attract pulls neighbours together, in a graph of many edges each of them
// less, or it would be a ball.
func attract(g *graphfile.Graph, cluster []int, at, force []point) {
	meanDegree := float64(len(g.Col)) / float64(len(at))
	strength := 1 / math.Max(1, meanDegree/fullDegree)
	for i := range at {
		for _, j := range g.Col[g.RowPtr[i]:g.RowPtr[i+1]] {
			d := at[j].minus(at[i])
			pull := d.length() * strength
			if cluster[i] != cluster[j] {
				pull *= crossPull
			}
			force[i] = force[i].plus(d.times(pull))
		}
	}
}

// gather pulls nodes to the middle of their cluster and of the whole.
func gather(g *graphfile.Graph, cluster []int, clusters int, at, force []point) {
	middle, size := make([]point, clusters), make([]float64, clusters)
	for i, c := range cluster {
		middle[c], size[c] = middle[c].plus(at[i]), size[c]+1
	}
	for i, c := range cluster {
		own := middle[c].times(1 / size[c]).minus(at[i])
		pull := gravity
		if g.RowPtr[i] == g.RowPtr[i+1] {
			pull = loneGravity
		}
		force[i] = force[i].plus(own.times(cohesion)).plus(at[i].times(-pull))
	}
}
