package shard

import (
	"context"
	"fmt"
	"math"
)

// edgeFiles are the files of A.
type edgeFiles struct {
	rows, columns, weights, degrees *blockWriter // weights nil: all are 1
	ptr                             []int64
	sums                            []float64
	weighty                         int64 // entries that are not 0
}

// edges writes A and parts its rows into blocks.
func (w *writer) edges() error {
	f := &edgeFiles{}
	return w.file(rowsName, func(b *blockWriter) error {
		f.rows = b
		return w.file(columnsName, func(b *blockWriter) error {
			f.columns = b
			return w.file(degreesName, func(b *blockWriter) error {
				f.degrees = b
				if !w.src.Weighted {
					return w.copyEdges(f)
				}
				return w.file(weightsName, func(b *blockWriter) error {
					f.weights = b
					return w.copyEdges(f)
				})
			})
		})
	})
}

// copyEdges copies the edges of the source.
func (w *writer) copyEdges(f *edgeFiles) error {
	var e Edges
	var both mirror
	n, step := w.src.Nodes, int64(w.o.Block)
	if w.meta.Propagated > 0 {
		w.factor = make([]float64, n)
	}
	w.blocks = []blockStart{{}}
	for lo := int64(0); lo < n; lo += step {
		if w.ctx.Err() != nil {
			return context.Cause(w.ctx)
		}
		hi := min(lo+step, n)
		if err := w.src.Edges(lo, hi, &e); err != nil {
			return err
		}
		if !w.src.Weighted {
			e.Weight = nil
		}
		if err := w.src.checkEdges(lo, hi, &e); err != nil {
			return err
		}
		both.add(lo, &e)
		for from := 0; from < e.Rows(); {
			to := w.cut(&e, from)
			if err := w.edgeBlock(f, &e, lo, from, to); err != nil {
				return err
			}
			from = to
		}
		w.o.Progress("edges", float64(hi)/float64(n))
	}
	w.meta.Entries = w.blocks[len(w.blocks)-1].entry
	w.meta.Loop = 1
	if w.o.MeanLoop && f.weighty > 0 && w.meta.TotalWeight > 0 {
		w.meta.Loop = w.meta.TotalWeight / float64(f.weighty)
	}
	for i, d := range w.factor {
		w.factor[i] = inverseRoot(d + w.meta.Loop)
	}
	return both.check()
}

// cut is the end of the block that begins at row from of e: it has at most
// MaxEntries entries, or one row.
func (w *writer) cut(e *Edges, from int) int {
	to := from + 1
	for to < e.Rows() && e.Ptr[to+1]-e.Ptr[from] <= int64(w.o.MaxEntries) {
		to++
	}
	return to
}

// edgeBlock writes the rows from up to to of e, whose first is row lo.
func (w *writer) edgeBlock(f *edgeFiles, e *Edges, lo int64, from, to int) error {
	last := w.blocks[len(w.blocks)-1]
	shift := last.entry - e.Ptr[from]
	f.ptr, f.sums = f.ptr[:0], f.sums[:0]
	for i := from; i < to; i++ {
		d := e.degree(i)
		f.ptr, f.sums = append(f.ptr, e.Ptr[i]+shift), append(f.sums, d)
		w.meta.TotalWeight += d
		if w.factor != nil {
			w.factor[lo+int64(i)] = d
		}
	}
	p, q := e.Ptr[from], e.Ptr[to]
	if err := f.rows.block(stored(f.ptr)); err != nil {
		return err
	}
	if err := f.columns.block(stored(e.Col[p:q])); err != nil {
		return err
	}
	if err := f.degrees.block(stored(f.sums)); err != nil {
		return err
	}
	f.weighty += q - p
	if f.weights != nil {
		for _, v := range e.Weight[p:q] {
			if v == 0 {
				f.weighty--
			}
		}
		if err := f.weights.block(stored(e.Weight[p:q])); err != nil {
			return err
		}
	}
	w.blocks = append(w.blocks, blockStart{row: lo + int64(to), entry: last.entry + q - p})
	return nil
}

// degree is the sum of row i.
func (e *Edges) degree(i int) float64 {
	if e.Weight == nil {
		return float64(e.Ptr[i+1] - e.Ptr[i])
	}
	sum := 0.
	for _, v := range e.Weight[e.Ptr[i]:e.Ptr[i+1]] {
		sum += float64(v)
	}
	return sum
}

// inverseRoot is d^-½, 0 where d ≤ 0, as modes.Normalization has it.
func inverseRoot(d float64) float64 {
	if !(d > 0) {
		return 0
	}
	return 1 / math.Sqrt(d)
}

// mirror finds out whether A is symmetric by a sum over its entries of a hash
// of place and weight, to which (i, j) adds what (j, i) takes away. Another
// matrix passes once in 2⁶⁴ times.
type mirror struct{ sum uint64 }

func (m *mirror) add(lo int64, e *Edges) {
	for i := range e.Rows() {
		row := uint64(lo) + uint64(i)
		for p := e.Ptr[i]; p < e.Ptr[i+1]; p++ {
			col, weight := uint64(e.Col[p]), uint64(0)
			if e.Weight != nil {
				weight = uint64(math.Float32bits(e.Weight[p] + 0)) // −0 is 0
			}
			switch {
			case row < col:
				m.sum += mixed(row<<32|col, weight)
			case row > col:
				m.sum -= mixed(col<<32|row, weight)
			}
		}
	}
}

func (m *mirror) check() error {
	if m.sum != 0 {
		return fmt.Errorf("the adjacency is not symmetric, want each edge in both directions, with one weight")
	}
	return nil
}

// mixed is a hash of two words: twice the finaliser of SplitMix64.
//
// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom
// Number Generators", OOPSLA 2014, doi:10.1145/2660193.2660195.
func mixed(a, b uint64) uint64 { return finalised(finalised(a+0x9e3779b97f4a7c15) ^ b) }

func finalised(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
