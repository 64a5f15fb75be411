package losses

import (
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Count is which rows a loss counts as nodes.
type Count int

const (
	// CountNodes counts the nodes.
	CountNodes Count = iota
	// CountRows counts the padding of each graph as well, as Spektral does in
	// batch mode. In disjoint mode there is none, and it counts the nodes.
	CountRows
)

// Cluster is the collapse regularisation, how unequal the clusters' sizes are:
//
//	L = √K/n · ‖Σ_i S_i‖₂ − 1
//
// with n the number of nodes.
// Range: [0, √K − 1] for rows that sum to 1: 0 for clusters of one size, √K − 1
// for all nodes in one.
//
// Shapes: S rows×K; the result is a scalar. The adjacency has no effect.
// Gradient: to S.
// Source: Tsitsulin et al., JMLR 24, 2023, arXiv 2006.16904, eq. 6. PyG
// divides by the number of nodes of every graph of a batch in turn; here each
// graph's own counts.
func Cluster(s *G.Node, g modes.Graph, count Count) (*G.Node, error) {
	n, err := cluster(s, g, count)
	return wrap(NameCluster, n, err)
}

func cluster(s *G.Node, g modes.Graph, count Count) (*G.Node, error) {
	a, err := newAssignment(s, g, false)
	if err != nil {
		return nil, err
	}
	sizes, err := a.sizes()
	if err != nil {
		return nil, err
	}
	norm, err := ops.Norm(sizes, 1)
	if err != nil {
		return nil, err
	}
	n, err := a.nodes(count)
	if err != nil {
		return nil, err
	}
	share, err := ops.Divide(norm, n)
	if err != nil {
		return nil, err
	}
	loss, err := ops.Affine(share, math.Sqrt(float64(a.k)), -1)
	if err != nil {
		return nil, err
	}
	return a.mean(loss)
}

// nodes is the number of nodes of each graph, counted as asked.
func (a *assignment) nodes(count Count) (*G.Node, error) {
	switch count {
	case CountNodes:
		return a.counts()
	case CountRows:
		return a.padded()
	}
	return nil, fmt.Errorf("Count = %d, want CountNodes or CountRows", count)
}
