package report

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// crowdScene draws a graph that is too large for lines, as a point a node: by
// the two main directions of the embedding, or, without one, in a disc a
// cluster, the nodes of many edges to other clusters on the outside.
func crowdScene(d *Data, k *clusters, canvas box) *scene {
	s := &scene{w: canvas.w + 2*canvas.x, h: canvas.h + 2*canvas.y}
	var at []point
	if d.Embedding != nil {
		at = principal(d.Embedding, canvas)
	} else {
		g := newGround(k, canvas, d.Seed)
		at = discPlaces(d, k, g)
		s.add(joinLines(k, g.at, 1, 5)...)
		for c := range k.ids { // lines end at the discs, and pass below others
			s.add(disc{at: g.at[c], r: g.r[c], fill: paper, group: -1})
		}
	}
	s.places = at
	s.add(raster{canvas, dots(k, at, canvas)})
	s.add(clusterNumbers(k, at, s.w)...)
	return s
}

// discPlaces fills each cluster's disc from its middle, nodes with the largest
// share of edges inside the cluster first.
func discPlaces(d *Data, k *clusters, g *ground) []point {
	share := make([]float64, len(k.of))
	members := make([][]int, len(k.ids))
	for i, c := range k.of {
		members[c] = append(members[c], i)
		var own, all float64
		for p := d.Graph.RowPtr[i]; p < d.Graph.RowPtr[i+1]; p++ {
			w := d.Graph.weight(p)
			all += w
			if k.of[d.Graph.Col[p]] == c {
				own += w
			}
		}
		if all > 0 {
			share[i] = own / all
		}
	}
	at := make([]point, len(k.of))
	golden := math.Pi * (3 - math.Sqrt(5))
	for c, nodes := range members {
		slices.SortStableFunc(nodes, func(a, b int) int {
			switch {
			case share[a] > share[b]:
				return -1
			case share[a] < share[b]:
				return 1
			}
			return d.Graph.degree(b) - d.Graph.degree(a)
		})
		for place, i := range nodes {
			r := g.r[c] * math.Sqrt((float64(place)+0.5)/float64(len(nodes)))
			at[i] = g.at[c].plus(polar(golden*float64(place), 0.97*r))
		}
	}
	return at
}

// principal projects the rows of m on their two main directions and fits them
// into the canvas, but for the few outermost, which lie on its sides.
func principal(m *Matrix, canvas box) []point {
	axes := mainAxes(m)
	at := make([]point, m.Rows)
	xs, ys := make([]float64, m.Rows), make([]float64, m.Rows)
	for i := range at {
		row := m.Values[i*m.Cols : (i+1)*m.Cols]
		for j, v := range row {
			xs[i] += float64(v) * axes[0][j]
			ys[i] += float64(v) * axes[1][j]
		}
	}
	fitted(xs, canvas.x, canvas.w)
	fitted(ys, canvas.y, canvas.h)
	for i := range at {
		at[i] = point{xs[i], ys[i]}
	}
	return at
}

// fitted scales v so that all but its outermost four in a thousand lie from, from + width.
func fitted(v []float64, from, width float64) {
	sorted := slices.Sorted(slices.Values(v))
	edge := len(v) / 500
	low, high := sorted[edge], sorted[len(v)-1-edge]
	for i, x := range v {
		share := 0.5
		if high > low {
			share = math.Max(0, math.Min(1, (x-low)/(high-low)))
		}
		v[i] = from + 4 + share*(width-8)
	}
}

// mainAxes returns the two directions in which the rows of m vary most, the sign
// such that the largest entry is positive.
func mainAxes(m *Matrix) [2][]float64 {
	n := m.Cols
	mean := make([]float64, n)
	for i, v := range m.Values {
		mean[i%n] += float64(v) / float64(m.Rows)
	}
	sums := make([]float64, n*n)
	row := make([]float64, n)
	for i := range m.Rows {
		for j, v := range m.Values[i*n : (i+1)*n] {
			row[j] = float64(v) - mean[j]
		}
		for j, a := range row {
			for l := j; l < n; l++ {
				sums[j*n+l] += a * row[l]
			}
		}
	}
	out := [2][]float64{make([]float64, n), make([]float64, n)}
	var eig mat.EigenSym
	if n == 0 || !eig.Factorize(mat.NewSymDense(n, sums), true) {
		return out
	}
	var vectors mat.Dense
	eig.VectorsTo(&vectors)
	for axis := range min(2, n) {
		mat.Col(out[axis], n-1-axis, &vectors)
		largest := 0.0
		for _, v := range out[axis] {
			if math.Abs(v) > math.Abs(largest) {
				largest = v
			}
		}
		for j := range out[axis] {
			out[axis][j] *= math.Copysign(1, largest)
		}
	}
	return out
}

// dots draws a small square a node, two image pixels a pixel of the scene. Where
// nodes lie over each other, the mean of their colours is drawn, the more of them
// the less of the ground.
func dots(k *clusters, at []point, canvas box) *image.NRGBA {
	const zoom = 2
	w, h := int(canvas.w*zoom), int(canvas.h*zoom)
	size := max(1, min(5, int(math.Round(0.7*math.Sqrt(float64(w*h)/float64(len(at)+1))))))
	sums := make([][4]float32, w*h)
	for i, p := range at {
		r, g, b := rgb(k.paint(k.of[i]).light())
		x0, y0 := int((p.x-canvas.x)*zoom)-size/2, int((p.y-canvas.y)*zoom)-size/2
		for y := max(y0, 0); y < min(y0+size, h); y++ {
			for x := max(x0, 0); x < min(x0+size, w); x++ {
				s := &sums[y*w+x]
				s[0], s[1], s[2], s[3] = s[0]+float32(r), s[1]+float32(g), s[2]+float32(b), s[3]+1
			}
		}
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for at, s := range sums {
		if n := s[3]; n > 0 {
			cover := 1 - math.Pow(0.25, float64(n))
			img.SetNRGBA(at%w, at/w, color.NRGBA{uint8(s[0] / n), uint8(s[1] / n), uint8(s[2] / n), uint8(255 * cover)})
		}
	}
	return img
}

// drawnAs says how a graph's nodes have their places.
func (d *Data) drawnAs() string {
	switch {
	case d.Graph.Nodes() <= drawnNodes && len(d.Graph.Col)/2 <= drawnEdges:
		return "Forces set the places, within a part of the canvas for each cluster: near nodes are often joined. A disc's area grows with the number of edges."
	case d.Embedding != nil:
		return fmt.Sprintf("A point is a node, at the two main directions of its %d numbers in the embedding. The few outermost lie on the sides.", d.Embedding.Cols)
	}
	return "A point is a node, in its cluster's disc: those with all edges inside the cluster in the middle, those with many to other clusters on the outside. " +
		"A line is the weight of the edges between two clusters: the wider, the more."
}
