package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Scorer is the score by which KMISPool ranks nodes.
type Scorer string

// The scorers of nodes.
const (
	LinearScorer    Scorer = "linear"    // sigmoid(X·W + b), W the F×1 weight kernel
	DegreeScorer    Scorer = "degree"    // the sum of the weights of the entries into a node
	ConstantScorer  Scorer = "constant"  // 1
	CanonicalScorer Scorer = "canonical" // by rising index, whatever the heuristic; the score is 1
	RandomScorer    Scorer = "random"    // by numbers drawn from Seed, the same in every run; the score is 1
)

// of is one value for each row, in any shape. linear makes that of LinearScorer.
func (s Scorer) of(in modes.Graph, a modes.Adj, linear func() *G.Node) *G.Node {
	switch s {
	case LinearScorer:
		return linear()
	case DegreeScorer:
		return must(must(a.Transpose()).Degree(in.X.Like()))
	case ConstantScorer, CanonicalScorer, RandomScorer:
		return must(ops.Full(in.X.Like(), 1, in.Rows()))
	}
	ensure(fmt.Errorf("Scorer = %q, want linear, degree, constant, canonical or random", s))
	return nil
}

// Heuristic is the divisor of KMISPool's scores, which makes the set larger.
type Heuristic string

// The heuristics, P having 1 at each entry of A.
const (
	NoHeuristic Heuristic = "none"
	Greedy      Heuristic = "greedy"   // (I + P)ᵏ·1: how many walks of at most k steps lead to the node
	WGreedy     Heuristic = "w-greedy" // (I + P)ᵏ·s, for the scores s
)

func (h Heuristic) check() error {
	if h != NoHeuristic && h != Greedy && h != WGreedy {
		return fmt.Errorf("Heuristic = %q, want none, greedy or w-greedy", h)
	}
	return nil
}

// under is the scores over the heuristic, for the entries m of A.
func (h Heuristic) under(score *G.Node, m ops.Sparse, k int) *G.Node {
	walks := must(ops.Reshape(score, m.Rows, 1))
	switch h {
	case NoHeuristic:
		return score
	case Greedy:
		walks = must(ops.Full(score, 1, m.Rows, 1))
	}
	for range k {
		walks = must(G.Add(walks, must(ops.SpMMT(m, walks))))
	}
	return must(ops.Divide(score, must(ops.Reshape(walks, m.Rows))))
}
