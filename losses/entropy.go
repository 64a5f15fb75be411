package losses

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// NameEntropy is the name of Entropy.
const NameEntropy = "entropy"

// Entropy is the mean entropy of the assignments, in nats:
//
//	L = mean_i ( −Σ_c S_ic log(S_ic + ε) )
//
// The mean is over the nodes of each graph, then over the graphs. With
// CountRows it is over all rows of all graphs at once, as Spektral and PyG
// compute it in batch mode; there rows of padding take part with an entropy of
// 0. In disjoint mode they do not: see Count.
// Range: [0, log K] for rows that sum to 1 and ε = 0; 0 for hard assignments.
//
// Shapes: S rows×K, padding rows 0; the result is a scalar, 0 where there is
// no node. The adjacency is not read.
// Gradient: to S.
// Source: Ying et al., NeurIPS 2018, arXiv 1806.08804, section 3.3.
func Entropy(s *G.Node, g modes.Graph, eps float64, count Count) (*G.Node, error) {
	return build(NameEntropy, func() *G.Node {
		a := must(newAssignment(s, g))
		terms := must(ops.RowSum(must(ops.NegXLogX(s, eps))))
		rows := must(ops.Reshape(terms, a.rows()))
		if count == CountRows {
			return must(ops.MeanWhere(rows, a.paddedRows()))
		}
		n := a.countBy(count)
		return a.mean(must(ops.Divide(a.perGraph(rows), n)))
	})
}
