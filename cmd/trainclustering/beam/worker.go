package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/state"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/shard"
)

// worker does the passes of partitions, one at a time.
type worker struct {
	source  *shard.Store
	blocks  stream.Source // the source as partitions count it
	weights *param.Store
	model   *stream.Model
}

func newWorker(t *Task) (*worker, error) {
	source, err := shard.Open(t.Store)
	if err != nil {
		return nil, err
	}
	w := &worker{source: source, blocks: stream.Tiled(source)}
	if digest, err := state.StoreDigest(source.Meta()); err != nil || digest != t.Digest {
		return nil, errors.Join(err, source.Close(), fmt.Errorf("%s is another store here than where the training was started", t.Store))
	}
	if w.weights, w.model, err = t.Config.BlockModel(source); err != nil {
		return nil, errors.Join(err, source.Close())
	}
	return w, nil
}

func (w *worker) close() error { return errors.Join(w.model.Close(), w.source.Close()) }

// workers is what the bundles of one process have in common. Beam makes a DoFn of
// its bytes for each bundle, so there is no other place for it than a variable of
// the package.
type workers struct {
	mu     sync.Mutex
	key    string // what the free ones are made of: the store and the configuration
	free   []*worker
	shares sharesCache
}

var ours = &workers{}

// keyOf names what a worker is made of.
func keyOf(t *Task) (string, error) {
	config, err := json.Marshal(t.Config)
	return t.Store + "\n" + t.Digest + "\n" + string(config), err
}

// take is a free worker with the weights of the task, or a new one. Those of
// another training are closed.
func (ws *workers) take(t *Task) (w *worker, key string, err error) {
	if key, err = keyOf(t); err != nil {
		return nil, "", err
	}
	if w, err = ws.waiting(key); w == nil && err == nil {
		w, err = newWorker(t)
	}
	if err != nil {
		return nil, "", err
	}
	if err := setWeights(w.weights, t.Weights); err != nil {
		return nil, "", errors.Join(err, w.close())
	}
	return w, key, nil
}

// waiting is a free worker, nil where there is none.
func (ws *workers) waiting(key string) (w *worker, err error) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.key != key {
		for _, old := range ws.free {
			err = errors.Join(err, old.close())
		}
		ws.key, ws.free = key, nil
	}
	if n := len(ws.free); n > 0 {
		w, ws.free = ws.free[n-1], ws.free[:n-1]
	}
	return w, err
}

// give gives a worker back.
func (ws *workers) give(w *worker, key string) error {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.key != key {
		return w.close()
	}
	ws.free = append(ws.free, w)
	return nil
}

// do does the pass of a partition.
func (ws *workers) do(t *Task, in stream.Blocks) (out Parts, err error) {
	w, key, err := ws.take(t)
	if err != nil {
		return Parts{}, err
	}
	defer func() { err = errors.Join(err, ws.give(w, key)) }()
	if t.Pass == forwardPass {
		return w.forward(t, in)
	}
	s, err := ws.shares.of(t, w.blocks, w.model.Shares)
	if err != nil {
		return Parts{}, err
	}
	if t.Pass == edgesPass {
		return w.edges(in, s)
	}
	return w.gradient(t, in, s)
}

// forward writes S of the partition to its file.
func (w *worker) forward(t *Task, in stream.Blocks) (Parts, error) {
	lo, _ := w.blocks.Rows(in.From)
	_, hi := w.blocks.Rows(in.To - 1)
	s := stream.NewShares(hi-lo, w.model.K(), w.weights.Dtype())
	s.First = lo
	var sums Parts
	err := w.model.Forward(in, s, t.Wants, sums.takeSums)
	if err != nil {
		return sums, err
	}
	return sums, writeShares(sharesFile(t.Dir, t.Forward, in), s)
}

func (w *worker) edges(in stream.Blocks, s *stream.Shares) (sums Parts, err error) {
	err = w.model.Edges(in, s, sums.takeSums)
	return sums, err
}

// gradient gives the sums over edges with the gradients behind them.
func (w *worker) gradient(t *Task, in stream.Blocks, s *stream.Shares) (Parts, error) {
	by, _, err := unflat(floats(t.By), w.model.K())
	if err != nil {
		return Parts{}, err
	}
	var out Parts
	err = w.model.Gradient(in, s, by, t.Edges, func(b int, g stream.Gradients, sums stream.Sums) error {
		if !t.Edges {
			sums = stream.NewSums(w.model.K())
		}
		return out.take(b, append(flat(sums), flatGradients(g)...))
	})
	return out, err
}

// takeSums adds the sums of a block.
func (p *Parts) takeSums(b int, s stream.Sums) error { return p.take(b, flat(s)) }

// take adds what a block gave.
func (p *Parts) take(b int, x []float64) (err error) {
	*p, err = p.add(Parts{[]Run{{b, b + 1, x}}})
	return err
}
