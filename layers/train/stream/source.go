package stream

import (
	"fmt"
	"math"

	"github.com/graphpool/graphpool/modes/shard"
)

// Meta says what a source holds; of it Nodes, Entries, Features and Propagated are read.
type Meta = shard.Meta

// Edges is rows of A.
type Edges = shard.Edges

// Source is a graph in blocks of rows, read from where it is stored: of each
// block the features, propagated or not, the rows of A, and their sums. A is
// symmetric. A shard.Store is one. Its methods are called by several goroutines at
// a time, and fill the slices that they are given where these are large enough.
type Source interface {
	Meta() Meta
	// Blocks is the number of blocks.
	Blocks() int
	// Rows is the first row of a block and the one behind its last.
	Rows(b int) (lo, hi int64)
	// Features is the rows of ÂʰX of a block, h a number of hops up to
	// Meta.Propagated.
	Features(h, b int, dst []float32) ([]float32, error)
	// Edges is the rows of A of a block.
	Edges(b int, e *Edges) error
	// Degrees is the sums of the rows of A of a block.
	Degrees(b int, dst []float64) ([]float64, error)
}

// Tiled is a source in blocks of as many rows as a compiled graph takes at a time,
// where it can be read in parts of its blocks, as a shard.Store can; others stay
// as they are. A Model works on these blocks.
func Tiled(s Source) Source {
	if p, ok := s.(interface{ Parts(rows int) *shard.Parts }); ok {
		return p.Parts(TileRows)
	}
	return s
}

// Blocks is the blocks From to To−1.
type Blocks struct{ From, To int }

// Partitions is n groups of blocks one after the other, of as many blocks each
// as can be; fewer where there are fewer blocks. Results do not depend on n.
func Partitions(n, blocks int) []Blocks {
	n = max(1, min(n, blocks))
	out := make([]Blocks, n)
	for i := range out {
		out[i] = Blocks{i * blocks / n, (i + 1) * blocks / n}
	}
	return out
}

// checkSource errs for a source that no model can read.
func checkSource(s Source, hops []int) error {
	m := s.Meta()
	switch {
	case m.Nodes < 1 || m.Nodes > math.MaxInt32:
		return fmt.Errorf("stream: the graph has %d nodes, want 1 to %d", m.Nodes, math.MaxInt32)
	case m.Features < 1:
		return fmt.Errorf("stream: the graph has %d columns of features, want at least 1", m.Features)
	case s.Blocks() < 1:
		return fmt.Errorf("stream: the graph has %d blocks, want at least 1", s.Blocks())
	}
	for _, h := range hops {
		if h > m.Propagated {
			return fmt.Errorf("stream: the model reads features propagated over %d hops, and the store has %d, want a store with --hops %d", h, m.Propagated, h)
		}
	}
	return nil
}

// largest is the most rows of a block.
func largest(s Source) int {
	most := int64(0)
	for b := range s.Blocks() {
		lo, hi := s.Rows(b)
		most = max(most, hi-lo)
	}
	return int(most)
}
