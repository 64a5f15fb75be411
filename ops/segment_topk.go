package ops

import (
	"fmt"
	"math"
	"math/big"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// TopK says how many rows SegmentTopK keeps of each segment, and how it lays
// their indices out. Exactly one of Ratio and K is set.
type TopK struct {
	Ratio      float64 // in (0, 1]: ⌈Ratio·n⌉ of n rows, see Count
	K          int     // at least 1: the number of rows, at most n
	Slots      bool    // room for every segment apart, padded with −1; default: one after the other, padding last
	Descending bool    // by falling score within a segment; default: by rising index

	// By ranks rows by this function of the score, computed in float64 whatever
	// the score's dtype: in float32 more large scores would have one tanh.
	// Default: by the score.
	By Activation
}

// Count is the number of rows kept of n: min(K, n), or ⌈Ratio·n⌉, at least 1
// of at least one. The ratio is read as its shortest decimal and the product
// taken exactly, so that 0.1 of 10 is 1 and 0.07 of 100 is 7, which floating
// point makes 8.
func (k TopK) Count(n int) int {
	if n < 1 {
		return 0
	}
	if k.K > 0 {
		return min(k.K, n)
	}
	if math.IsNaN(k.Ratio) || math.IsInf(k.Ratio, 0) {
		return n
	}
	r := decimal(k.Ratio)
	num := new(big.Int).Mul(r.Num(), big.NewInt(int64(n)))
	num.Add(num, r.Denom()).Sub(num, big.NewInt(1))
	return min(n, max(1, int(num.Div(num, r.Denom()).Int64())))
}

// keeper is Count that computes a number once: segments have few sizes.
func (k TopK) keeper() func(n int) int {
	known, last, kept := map[int]int{}, -1, 0
	return func(n int) int {
		if n == last {
			return kept
		}
		v, ok := known[n]
		if !ok {
			v = k.Count(n)
			known[n] = v
		}
		last, kept = n, v
		return v
	}
}

func (k TopK) check() error {
	if _, err := k.By.kernel(); err != nil {
		return fmt.Errorf("ops: SegmentTopK: %w", err)
	}
	switch {
	case k.K < 0:
		return fmt.Errorf("ops: SegmentTopK: K = %d, want at least 1", k.K)
	case k.K > 0 && k.Ratio != 0:
		return fmt.Errorf("ops: SegmentTopK: K = %d and Ratio = %v, want only one of them", k.K, k.Ratio)
	case k.K == 0 && !(k.Ratio > 0 && k.Ratio <= 1):
		return fmt.Errorf("ops: SegmentTopK: Ratio = %v, want (0, 1]", k.Ratio)
	}
	return nil
}

// capacity is the room for the rows kept of rows in so many segments, and
// that of one segment where they lie apart.
func (k TopK) capacity(rows, segments int) (total, slots int) {
	if k.Slots {
		slots = max(1, k.Count((rows+segments-1)/segments))
		return segments * slots, slots
	}
	if segments == 1 {
		return max(1, k.Count(rows)), 0
	}
	if k.K > 0 {
		return min(rows, min(k.K, rows)*segments), 0
	}
	return min(rows, int(math.Ceil(k.Ratio*float64(rows)))+segments), 0
}

// SegmentTopK is the indices of the rows of highest score of each segment; of
// equal scores the lower index is kept.
//
// Shapes: score a vector of rows, or rows×1; the result is a vector of dtype
// Int, with room for the most rows that could be kept and −1 where it holds
// none. With Slots, segment s has the same number of places from s times
// that number on, enough for a segment of rows/Count rows.
// Gradient: none; the selection is a constant.
// Errors: a score that is NaN, unless it is padding, when run.
func SegmentTopK(score *G.Node, s Segments, k TopK) (*G.Node, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	if err := wantScore("SegmentTopK", score, s); err != nil {
		return nil, err
	}
	total, slots := k.capacity(score.Shape().TotalSize(), s.Count)
	opt := kernels.TopKOptions{Slots: slots, Descending: k.Descending}
	return apply(&op{
		name: "SegmentTopK", attrs: fmt.Sprint(s.Count, k), dtype: tensor.Int, kinds: "fi",
		shape: fixed(tensor.Shape{total}, wantIDs(1)),
		any: func(in []G.Value) (G.Value, error) {
			if in[0].Dtype() == tensor.Float32 {
				return topK[float32](in, s.Count, total, k, opt)
			}
			return topK[float64](in, s.Count, total, k, opt)
		},
	}, s.with(score)...)
}

func topK[T Float](in []G.Value, segments, total int, k TopK, opt kernels.TopKOptions) (G.Value, error) {
	score, ids, err := scores[T](in, segments)
	if err != nil {
		return nil, err
	}
	idx, keep := make([]int, total), k.keeper()
	if k.By == Identity {
		_, err = kernels.SegmentTopK(idx, score, ids, segments, keep, opt)
	} else {
		var key []float64
		if key, err = rankBy(score, k.By); err == nil {
			_, err = kernels.SegmentTopK(idx, key, ids, segments, keep, opt)
		}
	}
	if err != nil {
		return nil, err
	}
	return tensor.New(tensor.WithShape(total), tensor.WithBacking(idx)), nil
}

// rankBy is what rows of these scores are ranked by.
func rankBy[T Float](score []T, by Activation) ([]float64, error) {
	act, err := by.kernel()
	if err != nil {
		return nil, err
	}
	wide := make([]float64, len(score))
	for i, v := range score {
		wide[i] = float64(v)
	}
	out := make([]float64, len(score))
	kernels.Activate(out, wide, act)
	return out, nil
}

// scores is the scores in input 0 and the ids, nil without, in input 1.
func scores[T Float](in []G.Value, segments int) (score []T, ids []int, err error) {
	if score, err = floats[T](in[0]); err != nil || len(in) == 1 {
		return score, nil, err
	}
	c := call[T]{in: in}
	ids, err = c.ids(1, len(score), segments)
	return score, ids, err
}

func wantScore(name string, score *G.Node, s Segments) error {
	if score == nil {
		return fmt.Errorf("ops: %s: the score is nil, want a node", name)
	}
	if err := s.check(); err != nil {
		return fmt.Errorf("ops: %s: %w", name, err)
	}
	if d := score.Dtype(); !isFloat(d) {
		return fmt.Errorf("ops: %s: the score has dtype %v, want float32 or float64", name, d)
	}
	if sh := score.Shape(); sh.Dims() < 1 || sh.Dims() > 1 && sh[sh.Dims()-1] != 1 {
		return fmt.Errorf("ops: %s: the score has shape %v, want one value a row", name, sh)
	}
	return nil
}

// SegmentAbove is the indices of the rows whose score is above a bound, in
// rising order: those of segment s with
//
//	score_i > min(max_s − 1e-7, bound)
//
// and its best rows, score_i = max_s, whatever the bound and their size.
//
// Shapes: as SegmentTopK, with room for every row. Gradient: none.
// Errors: a score that is NaN, unless it is padding, when run.
// Source: min_score in PyG's documentation of TopKPooling.
func SegmentAbove(score *G.Node, s Segments, bound float64) (*G.Node, error) {
	if err := wantScore("SegmentAbove", score, s); err != nil {
		return nil, err
	}
	if math.IsNaN(bound) {
		return nil, fmt.Errorf("ops: SegmentAbove: bound = NaN, want a number")
	}
	rows := score.Shape().TotalSize()
	return apply(&op{
		name: "SegmentAbove", attrs: fmt.Sprint(s.Count, bound), dtype: tensor.Int, kinds: "fi",
		shape: fixed(tensor.Shape{rows}, wantIDs(1)),
		any: func(in []G.Value) (G.Value, error) {
			if in[0].Dtype() == tensor.Float32 {
				return above[float32](in, s.Count, bound)
			}
			return above[float64](in, s.Count, bound)
		},
	}, s.with(score)...)
}

func above[T Float](in []G.Value, segments int, bound float64) (G.Value, error) {
	score, ids, err := scores[T](in, segments)
	if err != nil {
		return nil, err
	}
	segment := func(i int) int {
		if ids == nil {
			return 0
		}
		return ids[i]
	}
	best := make([]float64, segments)
	for s := range best {
		best[s] = math.Inf(-1)
	}
	for i, v := range score {
		if s := segment(i); s >= 0 {
			if v != v {
				return nil, fmt.Errorf("score[%d] is NaN", i)
			}
			best[s] = max(best[s], float64(v))
		}
	}
	idx := make([]int, len(score))
	kept := 0
	for i, v := range score {
		if s, v := segment(i), float64(v); s >= 0 && (v == best[s] || v > min(best[s]-1e-7, bound)) {
			idx[kept] = i
			kept++
		}
	}
	for i := kept; i < len(idx); i++ {
		idx[i] = -1
	}
	return tensor.New(tensor.WithShape(len(idx)), tensor.WithBacking(idx)), nil
}
