package shard

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// propagation makes ÂᵗX for t = 1 to hops, some columns of all nodes at a time:
//
//	(Âx)_i = f_i (l f_i x_i + Σ_j a_ij f_j x_j),  f_i = (l + Σ_j a_ij)^-½
//
// with the loop l, 1 unless Options.MeanLoop says otherwise.
//
// Columns are added up in float64 and kept in float32 between the products. So
// that a row of the store's files can be written at once, columns wait in
// files of their own, of which nothing is left.
type propagation struct {
	w     *writer
	width int        // of a slice of columns, the last aside
	files []*os.File // of ÂᵗX, by t, slice after slice
	x, y  []float32  // of all nodes, a slice before and after a product
}

// newPropagation chooses how many columns go at a time.
func (w *writer) newPropagation() (*propagation, error) {
	p := &propagation{w: w}
	if w.meta.Propagated == 0 || w.meta.Nodes == 0 {
		return p, nil
	}
	each := 4 * w.meta.Nodes // bytes of a column
	if w.meta.Propagated > 1 {
		each *= 2
	}
	p.width = int(max(1, min(int64(w.meta.Features), w.o.Memory/each)))
	for range w.meta.Propagated + 1 {
		f, err := os.CreateTemp(w.dir, "columns-*.tmp")
		if err != nil {
			p.drop()
			return nil, pathError(w.dir, err)
		}
		p.files = append(p.files, f)
	}
	return p, nil
}

// drop removes the columns' files.
func (p *propagation) drop() {
	for _, f := range p.files {
		_, _ = f.Close(), os.Remove(f.Name()) // the folder goes with them otherwise
	}
	p.files = nil
}

// slices calls f for each slice, the columns from c up to d.
func (p *propagation) slices(f func(c, d int) error) error {
	for c := 0; c < p.w.meta.Features; c += p.width {
		if err := f(c, min(c+p.width, p.w.meta.Features)); err != nil {
			return err
		}
	}
	return nil
}

// at is where row of the slice from c up to d stands in a file.
func (p *propagation) at(c, d int, row int64) int64 {
	return 4 * (int64(c)*p.w.meta.Nodes + row*int64(d-c))
}

// take keeps the rows x of X, the first of which is lo.
func (p *propagation) take(lo int64, x []float32) error {
	if p.files == nil {
		return nil
	}
	width := p.w.meta.Features
	var part []float32
	return p.slices(func(c, d int) error {
		part = part[:0]
		for row := x; len(row) > 0; row = row[width:] {
			part = append(part, row[c:d]...)
		}
		return p.put(0, p.at(c, d, lo), part)
	})
}

// put writes values of ÂᵗX at a place of its file. The file is this process's
// alone, in the machine's order of bytes.
func (p *propagation) put(hop int, at int64, x []float32) error {
	if _, err := p.files[hop].WriteAt(raw(x), at); err != nil {
		return pathError(p.files[hop].Name(), err)
	}
	return nil
}

// get reads them.
func (p *propagation) get(hop int, at int64, x []float32) error {
	if len(x) == 0 {
		return nil
	}
	if _, err := p.files[hop].ReadAt(raw(x), at); err != nil {
		return pathError(p.files[hop].Name(), err)
	}
	return nil
}

// run makes all products and writes them to the store.
func (p *propagation) run() error {
	if p.files == nil {
		for t := range p.w.meta.Propagated { // of no nodes
			if err := p.w.file(featuresName(t+1), func(*blockWriter) error { return nil }); err != nil {
				return err
			}
		}
		return nil
	}
	edges, err := p.w.partialEdges()
	if err != nil {
		return err
	}
	err = p.slices(func(c, d int) error { return p.slice(edges, c, d) })
	if err = errors.Join(err, edges.Close()); err != nil {
		return err
	}
	for t := 1; t < len(p.files); t++ {
		if err := p.join(t); err != nil {
			return err
		}
	}
	return nil
}

// slice makes the products of the columns from c up to d.
func (p *propagation) slice(edges *Store, c, d int) error {
	n, hops := p.w.meta.Nodes, p.w.meta.Propagated
	p.x = grown(p.x, int(n)*(d-c))
	if err := p.get(0, p.at(c, d, 0), p.x); err != nil {
		return err
	}
	if hops > 1 {
		p.y = grown(p.y, len(p.x))
	}
	for t := 1; t <= hops; t++ {
		if p.w.ctx.Err() != nil {
			return context.Cause(p.w.ctx)
		}
		err := parallel(edges.Blocks(), func() func(b int) error {
			h := &hopBlock{p: p, edges: edges, x: p.x, width: d - c}
			return func(b int) error {
				lo, rows, err := h.block(b)
				if err != nil {
					return err
				}
				if t < hops {
					copy(p.y[lo*int64(d-c):], rows)
				}
				return p.put(t, p.at(c, d, lo), rows)
			}
		})
		if err != nil {
			return err
		}
		if t < hops {
			p.x, p.y = p.y, p.x
		}
		p.w.o.Progress("propagated features", (float64(c)+float64(d-c)*float64(t)/float64(hops))/float64(p.w.meta.Features))
	}
	return nil
}

// hopBlock makes the product of one block's rows with x.
type hopBlock struct {
	p     *propagation
	edges *Store
	x     []float32 // of all nodes
	width int
	e     Edges
	out   []float32
	sum   []float64
}

// block is the rows of block b, the first of which is lo.
func (h *hopBlock) block(b int) (lo int64, rows []float32, err error) {
	lo, hi := h.edges.Rows(b)
	if err := h.edges.edges(b, lo, hi, &h.e, &h.edges.valid[b]); err != nil {
		return 0, nil, err
	}
	h.sum = grown(h.sum, h.width)
	h.out = grown(h.out, int(hi-lo)*h.width)
	for i := range int(hi - lo) {
		h.row(lo, i)
		for c, v := range h.sum {
			h.out[i*h.width+c] = float32(v)
		}
	}
	return lo, h.out, nil
}

// row adds up row i of the block.
func (h *hopBlock) row(lo int64, i int) {
	f, own := h.p.w.factor, lo+int64(i)
	loop := h.p.w.meta.Loop * f[own]
	for c, v := range h.of(own) {
		h.sum[c] = loop * float64(v)
	}
	for p := h.e.Ptr[i]; p < h.e.Ptr[i+1]; p++ {
		j := int64(h.e.Col[p])
		a := f[j]
		if h.e.Weight != nil {
			a *= float64(h.e.Weight[p])
		}
		xj := h.of(j)
		sum := h.sum[:len(xj)]
		for c, v := range xj {
			sum[c] += a * float64(v)
		}
	}
	for c := range h.sum {
		h.sum[c] *= f[own]
	}
}

// of is x of node i.
func (h *hopBlock) of(i int64) []float32 {
	return h.x[i*int64(h.width) : (i+1)*int64(h.width)]
}

// join writes ÂᵗX to the store, of its slices.
func (p *propagation) join(t int) error {
	width := p.w.meta.Features
	var rows, part []float32
	return p.w.file(featuresName(t), func(f *blockWriter) error {
		out := featureFile{blockWriter: f, half: p.w.meta.Dtype == BFloat16}
		return p.w.eachBlock(filepath.Base(f.path), func(_ int, lo, hi int64) error {
			n := int(hi - lo)
			rows = grown(rows, n*width)
			err := p.slices(func(c, d int) error {
				part = grown(part, n*(d-c))
				if err := p.get(t, p.at(c, d, lo), part); err != nil {
					return err
				}
				for i := range n {
					copy(rows[i*width+c:i*width+d], part[i*(d-c):(i+1)*(d-c)])
				}
				return nil
			})
			if err != nil {
				return err
			}
			if err := p.w.checkRows(lo, rows); err != nil {
				return err
			}
			return out.rows(rows)
		})
	})
}
