package metrics

import "fmt"

// cuts holds, per used cluster c, inside = Σ a_ij over i, j in c and
// volume = Σ a_ij over i in c and j in any cluster, and the total of volume.
type cuts struct {
	inside, volume []float64
	total          float64
	unit           float64 // what the weights were divided by
}

// newCuts reads the stored entries once, and adds them up in their order. So
// for one cluster that holds all nodes, inside, volume and total are equal to
// the last bit.
func newCuts(g Graph, clusters []int) (cuts, error) {
	if err := g.check(); err != nil {
		return cuts{}, err
	}
	if len(clusters) != g.Nodes() {
		return cuts{}, fmt.Errorf("metrics: clusters has %d entries, want one a node (%d)", len(clusters), g.Nodes())
	}
	ids, sizes, err := compact("clusters", clusters)
	if err != nil {
		return cuts{}, err
	}
	s := cuts{inside: make([]float64, len(sizes)), volume: make([]float64, len(sizes)), unit: g.unit()}
	for i, c := range ids {
		if c == Unassigned {
			continue
		}
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			s.add(c, ids[g.Col[p]], g.weight(p)/s.unit)
		}
	}
	return s, nil
}

func (s *cuts) add(c, d int32, w float64) {
	if d == Unassigned {
		return
	}
	s.volume[c] += w
	s.total += w
	if c == d {
		s.inside[c] += w
	}
}
