package shard

import (
	"encoding/binary"
	"fmt"
	"math"
)

// features writes X and what is propagated of it.
func (w *writer) features() error {
	if w.meta.Features == 0 {
		return nil
	}
	p, err := w.newPropagation()
	if err != nil {
		return err
	}
	defer p.drop()
	var x []float32
	err = w.file(featuresName(0), func(f *blockWriter) error {
		out := featureFile{blockWriter: f, half: w.meta.Dtype == BFloat16}
		return w.eachBlock("features", func(_ int, lo, hi int64) error {
			x = grown(x, int(hi-lo)*w.meta.Features)
			if err := w.src.X(lo, hi, x); err != nil {
				return err
			}
			if err := w.checkRows(lo, x); err != nil {
				return err
			}
			if err := out.rows(x); err != nil {
				return err
			}
			return p.take(lo, x)
		})
	})
	if err != nil {
		return err
	}
	return p.run()
}

// largestBFloat16 is the largest finite bfloat16; what is half a step above
// it rounds to infinity.
const largestBFloat16 = 0x1.fep127

// checkRows errs where a feature of the rows from lo on cannot be kept.
func (w *writer) checkRows(lo int64, x []float32) error {
	most := math.MaxFloat32
	if w.meta.Dtype == BFloat16 {
		most = largestBFloat16
	}
	for i, v := range x {
		if !(math.Abs(float64(v)) <= most) {
			f := w.meta.Features
			return fmt.Errorf("feature %d of node %d is %v, want a finite number of at most %.4g", i%f, lo+int64(i/f), v, most)
		}
	}
	return nil
}

// featureFile writes features in the type of the store.
type featureFile struct {
	*blockWriter
	half bool
	b    []uint16
}

// rows writes a block.
func (f *featureFile) rows(x []float32) error {
	if !f.half {
		return f.block(stored(x))
	}
	f.b = toBFloat16(x, f.b)
	return f.block(stored(f.b))
}

// labels writes the classes of the nodes.
func (w *writer) labels() error { return writeColumn(w, labelsName, w.src.Labels) }

// order writes the numbers that rows had in the input.
func (w *writer) order() error { return writeColumn(w, orderName, w.src.Order) }

// writeColumn writes one value a row.
func writeColumn[T number](w *writer, name string, fill func(lo, hi int64, to []T) error) error {
	if fill == nil {
		return nil
	}
	var x []T
	return w.file(name, func(f *blockWriter) error {
		return w.eachBlock(name, func(_ int, lo, hi int64) error {
			x = grown(x, int(hi-lo))
			if err := fill(lo, hi, x); err != nil {
				return err
			}
			return f.block(stored(x))
		})
	})
}

// names writes the names of the nodes.
func (w *writer) names() error {
	if w.src.Names == nil {
		return nil
	}
	var names []string
	var text []byte
	return w.file(namesName, func(f *blockWriter) error {
		return w.eachBlock(namesName, func(b int, lo, hi int64) error {
			names, text = grown(names, int(hi-lo)), text[:0]
			if err := w.src.Names(lo, hi, names); err != nil {
				return err
			}
			for i, s := range names {
				if len(s) > MaxName {
					return fmt.Errorf("the name of node %d has %d bytes, want at most %d", lo+int64(i), len(s), MaxName)
				}
				text = append(binary.AppendUvarint(text, uint64(len(s))), s...)
			}
			w.blocks[b+1].name = w.blocks[b].name + int64(len(text))
			return f.block(text)
		})
	})
}
