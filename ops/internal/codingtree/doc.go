// Package codingtree clusters graphs by coding trees of small structural
// entropy. It knows of no tensors.
//
// The structural entropy of a graph by a tree whose leaves are its nodes is the
// length of the code of a step of a random walk,
//
//	H = −Σ_α g_α/V·log₂(V_α/V_parent(α)) over the tree's nodes α but the root,
//
// V_α the volume of the nodes below α, the sum of their degrees, V that of all,
// and g_α the weight of the edges that leave them.
//
// Source: Li, Pan, Structural Information and Dynamical Complexity of Networks,
// IEEE Transactions on Information Theory 2016, doi 10.1109/TIT.2016.2555904.
package codingtree

// Graph is an undirected graph in compressed rows: each edge stands in the rows
// of both of its ends with one weight above 0, without self loops, and each
// place once. Of is the part that each node belongs to, of Parts; edges join
// nodes of one part. The parts are graphs of their own.
type Graph struct {
	Ptr, Col []int32
	Weight   []float64
	Of       []int32
	Parts    int
}

func (g Graph) nodes() int { return len(g.Ptr) - 1 }

// Degrees is the sum of the weights of each node, and of each part.
func (g Graph) Degrees() (degree, volume []float64) {
	degree, volume = make([]float64, g.nodes()), make([]float64, g.Parts)
	for i := range degree {
		for _, w := range g.Weight[g.Ptr[i]:g.Ptr[i+1]] {
			degree[i] += w
		}
		volume[g.Of[i]] += degree[i]
	}
	return degree, volume
}

// Clusters is the clusters of a coding tree of height 2, root, clusters and
// nodes, of small entropy: for each node the lowest node of its cluster. Every
// node is a cluster at first. Of all clusters that edges join, the two whose
// union lowers the entropy most become one, until none lowers it; equal ones by
// the age of their clusters. Then nodes in rising order move to the cluster of a
// neighbour where that lowers it, until none does or all were looked at sweeps
// times.
//
// Memory is linear in the edges. Each union looks at the neighbours of the
// smaller cluster, and at those of the new one where there are at most eager.
// Beyond that a pair is weighed again when it comes up and its clusters have
// grown by an eighth. So a hub does not make time quadratic; it grows somewhat
// faster than the edges where the clusters are large. The volumes must be finite.
func Clusters(g Graph) []int {
	t := newGrowing(g)
	for t.grow() {
	}
	m := newMoving(g, t.clusters())
	for range sweeps {
		if !m.sweep() {
			break
		}
	}
	return lowest(m.of)
}
