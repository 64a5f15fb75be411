package stream

import (
	"errors"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/ops"
)

// lane is what one goroutine needs to work on blocks: the compiled graphs, and
// memory for one block.
type lane struct {
	compiled
	keeping *compiled // for blocks of which hidden is kept; nil: not made yet
	block   block
	f32     tileOf[float32]
	f64     tileOf[float64]
	c       *tensor.Dense // what backward reads; what forward writes of a tile that is not whole
}

// newLane compiles the model for so many rows.
func newLane(store *param.Store, ls []layers.Layer, rows, width int) (*lane, error) {
	c, err := newCompiled(store, ls, rows, width, false)
	if err != nil {
		return nil, err
	}
	return &lane{compiled: *c, c: tensor.New(tensor.Of(store.Dtype()), tensor.WithShape(rows, c.forward.clusters()))}, nil
}

func (l *lane) close() error {
	err := l.compiled.close()
	if l.keeping != nil {
		err = errors.Join(err, l.keeping.close())
	}
	return err
}

// compiled is both passes on so many rows.
type compiled struct {
	forward  *forward
	backward *backward
}

// newCompiled compiles the model for so many rows. With keep, the forward pass gives
// what the first layer gives as well, and the backward pass takes it.
func newCompiled(store *param.Store, ls []layers.Layer, rows, width int, keep bool) (*compiled, error) {
	f, err := newBlockGraph(store, ls, rows, width, false)
	if err != nil {
		return nil, err
	}
	b, err := newBlockGraph(store, ls, rows, width, keep)
	if err != nil {
		return nil, err
	}
	var others []*G.Node
	if keep {
		others = append(others, f.hidden)
	}
	c := &compiled{}
	if c.forward, err = newForward(f, others...); err != nil {
		return nil, err
	}
	if c.backward, err = newBackward(b); err != nil {
		return nil, errors.Join(err, c.forward.eval.Close())
	}
	return c, nil
}

func (c *compiled) close() error {
	return errors.Join(c.forward.eval.Close(), c.backward.trainer.Close())
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

// edges sets as to A·S of a tile, and adds t_c = Σ_i (AS)_ic S_ic: all is S of all
// nodes, and s that of the tile.
func (o *tileOf[T]) edges(as []T, b *block, t tile, all, s []T, sums *Sums) error {
	if err := o.multiply(as, b, t.lo, t.hi, all, len(sums.Inside)); err != nil {
		return err
	}
	o.addInside(sums.Inside, s, as)
	return nil
}

// outer sets c to the gradient of a tile with S s and A·S as, see gradient, and to
// 0 where it is padded.
func (o *tileOf[T]) outer(c, s, as []T, b *block, t tile, by byRows) {
	o.gradient(c[:len(s)], s, as, b.degrees[t.lo:t.hi], by)
	clear(c[len(s):])
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
