package sbm

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/graphpool/graphpool/modes/internal/edgelist"
)

// triesPerEdge bounds how often an edge that is there already is drawn again,
// on average: a complete cluster of 10^6 pairs takes about 15, or 60 where
// degrees vary by 4.
const triesPerEdge = 500

// edges draws the edges inside each cluster and then those between clusters.
// One Poisson draw for all pairs of clusters, with ends drawn over all nodes
// and rejected within a cluster, is the same as one draw a pair (a Poisson
// process splits into independent ones), and linear for any number of clusters.
func (c Config) edges(labels, starts []int, theta []float64) ([]edgelist.Edge, error) {
	r := c.stream(edgeStream)
	out := make([]edgelist.Edge, 0, int(1.01*c.AvgDegree*float64(c.Nodes)/2)+64)
	within, squares := c.AvgDegree-c.OutDegree, 0.0
	for k := range c.Clusters {
		n := float64(starts[k+1] - starts[k])
		squares += n * n
		ends := newAlias(theta[starts[k]:starts[k+1]])
		draw := func() (a, b int) { return starts[k] + ends.draw(r), starts[k] + ends.draw(r) }
		var err error
		if out, err = distinct(out, count(r, n*within/2, n*(n-1)/2), draw); err != nil {
			return nil, err
		}
	}
	n := float64(c.Nodes)
	ends := newAlias(theta)
	return distinct(out, count(r, n*c.OutDegree/2, (n*n-squares)/2), func() (a, b int) {
		for {
			if a, b = ends.draw(r), ends.draw(r); labels[a] != labels[b] {
				return a, b
			}
		}
	})
}

// count draws the number of edges among that many pairs of nodes.
func count(r *rand.Rand, mean, pairs float64) int {
	if mean == 0 {
		return 0
	}
	return int(math.Min(distuv.Poisson{Lambda: mean, Src: r}.Rand(), pairs))
}

// distinct appends n different edges without self loops.
func distinct(to []edgelist.Edge, n int, draw func() (a, b int)) ([]edgelist.Edge, error) {
	seen := make(map[edgelist.Edge]struct{}, n)
	for tries := 0; len(seen) < n; tries++ {
		if tries > triesPerEdge*(n+1) {
			return nil, noRoom(len(seen), n)
		}
		a, b := draw()
		e := edgelist.New(int32(a), int32(b))
		if a == b {
			continue
		}
		if _, ok := seen[e]; !ok {
			seen[e] = struct{}{}
			to = append(to, e)
		}
	}
	return to, nil
}
