package ops

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
	"github.com/graphpool/graphpool/ops/internal/matching"
	"github.com/graphpool/graphpool/ops/internal/spectral"
)

// HeavyEdgeMatching matches neighbours, as Graclus coarsens: rows in rising
// order, a row that is not yet matched takes, of the rows of its segment that
// its own entries lead to and that are not yet matched, the one of largest
// weight; of equal weights the lowest. Entries of a weight below 0 do not count,
// nor do self loops.
//
// Shapes: m N×N, without weights each counts 1, entries of one place count on
// their own; the result is a vector of N Ints: the lower of the two rows matched,
// the row itself for one without a partner, −1 for one of no segment.
// Gradient: none. Time: linear.
// Errors: a weight that is NaN, when run.
func HeavyEdgeMatching(m Sparse, s Segments) (*G.Node, error) {
	return matchOp{name: "HeavyEdgeMatching", perEdge: true, run: byEntry(matching.HeavyEdges)}.of(m, m.Weights, s)
}

// EdgeContraction chooses the entries of a sparse matrix to contract: in the
// order of falling score, of equal scores in that of the entries, an entry is
// chosen if no entry chosen before it has one of its two rows. A self loop is
// chosen if its row is free.
//
// Shapes: m N×N, score a vector with an element for each of its entries, and
// room for more; the result is a vector of N Ints: the entry chosen that a row
// is an end of, −1 for none.
// Gradient: none. Time: linear.
// Errors: a score that is NaN, when run.
func EdgeContraction(m Sparse, score *G.Node, s Segments) (*G.Node, error) {
	if score == nil {
		return nil, fmt.Errorf("ops: EdgeContraction: the score is nil, want a node")
	}
	return matchOp{name: "EdgeContraction", perEdge: true, run: byEntry(matching.Edges)}.of(m, score, s)
}

// ContractedRows is the cluster of each row where entries are contracted: the
// lower end of its entry, the row itself where it has none.
//
// Shapes: m N×N, entry a vector of N Ints as EdgeContraction gives it; so is the
// result, −1 for rows of no segment.
// Gradient: none.
// Errors: an entry that m does not have, when run.
func ContractedRows(m Sparse, entry *G.Node, s Segments) (*G.Node, error) {
	if entry == nil || entry.Shape().TotalSize() != m.Rows {
		return nil, fmt.Errorf("ops: ContractedRows: entries %v, want a vector of %d", entry, m.Rows)
	}
	return matchOp{name: "ContractedRows", ofInts: true, run: func(p *Pattern, entry G.Value, ids []int) ([]int, error) {
		of, err := ints(entry)
		if err != nil {
			return nil, err
		}
		return matching.LowerEnds(p.csr, of, ids)
	}}.of(m, entry, s)
}

// KMIS is a maximal k-independent set, and the cluster of each of its members.
// Rows are ranked by falling key, of equal keys the lower row first. In that
// order a row joins the set unless a member is within k steps of it. A row's
// cluster is that of the member of best rank within k steps, which need not be
// the nearest one.
//
// The matrix is read as undirected; its weights are not read, so that every
// entry is a step.
//
// Shapes: m N×N, key a value a row; the result is a vector of N Ints: the member
// whose cluster the row is in, the row itself for a member, −1 for rows of no
// segment.
// Gradient: none. Time: O(k·(N + entries)), a row being reached at most k times
// more closely than before; memory is linear.
// Errors: a key that is NaN, when run.
func KMIS(m Sparse, key *G.Node, k int, s Segments) (*G.Node, error) {
	if key == nil || k < 1 {
		return nil, fmt.Errorf("ops: KMIS: the key is %v and k = %d, want a node and at least 1", key, k)
	}
	return matchOp{
		name: "KMIS", attrs: fmt.Sprint(k, " "),
		run: func(p *Pattern, key G.Value, ids []int) ([]int, error) {
			x, err := values64(key, p.Rows())
			if err != nil {
				return nil, err
			}
			return matching.KMIS(matching.FallingOrder(x), k, ids, p.sides()...), nil
		},
	}.of(m, key, s)
}

// Components is the weak components of the graph of those entries of a sparse
// matrix whose score is above a threshold.
//
// Shapes: m N×N, score a vector with an element for each of its entries, and
// room for more; the result is a vector of N Ints: the lowest row of each row's
// component, −1 for rows of no segment.
// Gradient: none. Time: nearly linear.
// Errors: a score that is NaN, when run.
func Components(m Sparse, score *G.Node, threshold float64, s Segments) (*G.Node, error) {
	if score == nil || threshold != threshold {
		return nil, fmt.Errorf("ops: Components: the score is %v and the threshold %v, want a node and a number", score, threshold)
	}
	return matchOp{
		name: "Components", attrs: fmt.Sprint(threshold, " "), perEdge: true,
		run: byEntry(func(m *kernels.CSR, x []float64, ids []int) []int {
			return matching.Components(m, ids, func(e int32) bool { return x[e] > threshold })
		}),
	}.of(m, score, s)
}

// SpreadClusters gives every row the cluster of one of the rows that an index
// names. Those have their own from the start. In each round a row without one
// takes the cluster that most of the entries into it come from, of equal numbers
// the lowest; entries from rows that had none before the round do not count. Rows
// left after the rounds take the lowest of their segment.
//
// Shapes: m N×N, whose entry (u, v) leads into v and whose weights are not read;
// idx a vector of Ints, −1 for none; the result is a vector of N Ints: a row of
// idx for each row, −1 for rows of no segment and of segments of which idx names
// none.
// Gradient: none. Time: linear in each round.
// Errors: an index out of range, when run.
func SpreadClusters(m Sparse, idx *G.Node, rounds int, s Segments) (*G.Node, error) {
	if idx == nil || rounds < 0 {
		return nil, fmt.Errorf("ops: SpreadClusters: the index is %v and rounds = %d, want a node and at least 0", idx, rounds)
	}
	return matchOp{
		name: "SpreadClusters", attrs: fmt.Sprint(rounds, " "), ofInts: true,
		run: func(p *Pattern, idx G.Value, ids []int) ([]int, error) {
			kept, err := ints(idx)
			if err != nil {
				return nil, err
			}
			t, _ := p.transpose()
			return matching.Spread(t, kept, rounds, ids)
		},
	}.of(m, idx, s)
}

// Nearest gives every row the place in an index of the row named there that is
// the fewest steps away, of several the one whose place comes first. Rows that
// are named get their own place, by 0 steps.
//
// The matrix is read as undirected; its weights are not read, so that every
// entry is a step. Ways lead through rows of the same segment alone.
//
// Shapes: m N×N; idx a vector of Ints, −1 for none; the result is a vector of N
// Ints: a place of idx for each row, −1 where no way leads to a row named, and
// for rows of no segment.
// Gradient: none. Time and memory: linear in the rows and entries, by one search
// from all rows named at once.
// Errors: an index out of range or named twice, when run.
func Nearest(m Sparse, idx *G.Node, s Segments) (*G.Node, error) {
	if idx == nil {
		return nil, fmt.Errorf("ops: Nearest: the index is nil, want a node")
	}
	return matchOp{
		name: "Nearest", ofInts: true,
		run: func(p *Pattern, idx G.Value, ids []int) ([]int, error) {
			named, err := ints(idx)
			if err != nil {
				return nil, err
			}
			if _, err := positions(named, len(ids)); err != nil {
				return nil, err
			}
			return matching.Nearest(named, ids, p.sides()...), nil
		},
	}.of(m, idx, s)
}

// SpectralSide is one side of a large cut of each segment: the rows with an
// element of at least 0 in the eigenvector of the largest eigenvalue of the
// Laplacian I − D^-½AD^-½, signed so that its element of largest size, the first
// of several, is above 0. Elements of at most 1e-9 of that size count as 0.
//
// A is read as max(A, Aᵀ) without self loops; D^-½ is 0 where a degree is 0 or
// less, and so is the element there: all rows of a segment without edges are on
// the side.
//
// Shapes: m N×N, without weights each entry counts 1; the result is a vector of
// N Ints: the row itself, −1 for one of the other side or of no segment.
// Gradient: none. Time: linear in each step of Lanczos; memory: 60 vectors.
// Errors: a weight that is NaN, or steps that do not converge, when run.
func SpectralSide(m Sparse, s Segments) (*G.Node, error) {
	return matchOp{name: "SpectralSide", perEdge: true, run: func(p *Pattern, weights G.Value, ids []int) ([]int, error) {
		w, err := values64(weights, p.NNZ())
		if err != nil {
			return nil, err
		}
		return spectral.Side(p.csr, w, ids)
	}}.of(m, m.Weights, s)
}
