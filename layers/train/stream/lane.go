package stream

import (
	"errors"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// lane is what one goroutine needs to work on blocks: the compiled graphs, and
// memory for one block.
type lane struct {
	forward  *forward
	backward *backward
	block    block
	f32      tileOf[float32]
	f64      tileOf[float64]
	c        *tensor.Dense // of backward
}

// newLane compiles the model for so many rows.
func newLane(store *param.Store, ls []layers.Layer, rows, width int) (*lane, error) {
	b, err := newBlockGraph(store, ls, rows, width)
	if err != nil {
		return nil, err
	}
	l := &lane{}
	if l.forward, err = newForward(b); err != nil {
		return nil, err
	}
	if b, err = newBlockGraph(store, ls, rows, width); err != nil {
		return nil, err
	}
	l.backward, err = newBackward(b)
	l.c = tensor.New(tensor.Of(store.Dtype()), tensor.WithShape(rows, b.clusters()))
	return l, err
}

func (l *lane) close() error {
	return errors.Join(l.forward.eval.Close(), l.backward.trainer.Close())
}

// tile is some rows of the block of a lane.
type tile struct {
	number, lo, hi int             // the rows of the block
	x              []*tensor.Dense // the features, one for each hop
}

// eachTile calls f on the tiles of the block, of so many rows each.
func (l *lane) eachTile(rows, hops int, f func(t tile) error) error {
	t := tile{x: make([]*tensor.Dense, hops)}
	for ; t.lo < l.block.rows; t.number, t.lo = t.number+1, t.hi {
		t.hi = min(t.lo+rows, l.block.rows)
		for i := range t.x {
			t.x[i] = l.block.features[i].tiles[t.number]
		}
		if err := f(t); err != nil {
			return err
		}
	}
	return nil
}

// tileOf is the arithmetic of tiles in one type, with its memory.
type tileOf[T ops.Float] struct {
	neighbours[T]
	clusters[T]
}

// written puts S of a tile to its place, and adds the sums over its nodes.
func (o *tileOf[T]) written(to, x []T, b *block, t tile, k int, w Wants, sums *Sums) {
	x = x[:(t.hi-t.lo)*k]
	copy(to, x)
	o.addNodes(sums, x, b.degrees[t.lo:t.hi], k, w)
}

// edges gives A·S of a tile, and adds t_c = Σ_i (AS)_ic S_ic.
func (o *tileOf[T]) edges(b *block, t tile, s []T, first, k int, sums *Sums) ([]T, error) {
	as, err := o.of(b, t.lo, t.hi, s, k)
	if err != nil {
		return nil, err
	}
	o.addInside(sums.Inside, s[(first+t.lo)*k:(first+t.hi)*k], as)
	return as, nil
}

// outer sets c to the gradient of a tile, see gradient, 0 where it is padded, and
// with edges adds the sums over its edges. first is the node of the block's first
// row.
func (o *tileOf[T]) outer(c []T, b *block, t tile, s []T, first int, by byRows, edges bool, sums *Sums) (err error) {
	var as []T
	if edges {
		if as, err = o.edges(b, t, s, first, by.k, sums); err != nil {
			return err
		}
	}
	rows := t.hi - t.lo
	o.gradient(c[:rows*by.k], s[(first+t.lo)*by.k:(first+t.hi)*by.k], as, b.degrees[t.lo:t.hi], by)
	clear(c[rows*by.k:])
	return nil
}

// take adds the gradients of the last run.
func (b *backward) take(g Gradients) error {
	for _, u := range b.sc.Used() {
		if u.Spec.Frozen {
			continue
		}
		t, err := b.trainer.Gradient(u.Path)
		if err != nil {
			return err
		}
		to := g[u.Path]
		if to == nil {
			to = make([]float64, t.Shape().TotalSize())
			g[u.Path] = to
		}
		switch v := t.Data().(type) {
		case []float64:
			add(to, v)
		case []float32:
			for i, y := range v {
				to[i] += float64(y)
			}
		}
	}
	return nil
}
