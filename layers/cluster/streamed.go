package cluster

import (
	"context"
	"errors"
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/losses"
)

// Streamed is a graph that is read block by block, as from a shard.Store, and
// need not fit into memory.
type Streamed struct {
	Source     stream.Source
	Hops       int   // over which the features are propagated before the encoder reads them
	Partitions int   // see stream.Options
	Keep       int64 // see stream.Options

	// Passes, where set, makes what does the passes of a training of these weights,
	// on other machines; see stream.Options.
	Passes func(*param.Store) (stream.Passes, error)
}

// NewBlockModel is the model of a training by NewStreamed, with the weights as
// they are drawn: what other machines do its passes with.
func NewBlockModel(s Streamed, o Options) (*param.Store, *stream.Model, error) {
	m, err := newBlockModel(o)
	if err != nil {
		return nil, nil, err
	}
	b, err := stream.New(m.store, m.layers, s.Source, s.Hops)
	return m.store, b, err
}

func newBlockModel(o Options) (*model, error) {
	store, err := param.NewStore(o.Dtype, o.Seed)
	if err != nil {
		return nil, err
	}
	m := &model{store: store, layers: append(o.encoder(), o.Method.Pool(o.K, 1))}
	_, err = layers.HopsOf(m.layers...)
	return m, err
}

// NewStreamed prepares a training on a graph that is read block by block: the
// same model, losses, solver, pace and checkpoints as on a Task of the same
// features as they came, but for the order of additions. Where o.Init is KMeans,
// Learn makes a start from the features that the encoder reads, of some nodes.
// o.Labels has to be nil, and o.Order AsGiven. The encoder's first layer may
// propagate, and no other; see layers.HopsOf.
func NewStreamed(s Streamed, o Options) (*Training, error) {
	if s.Source == nil {
		return nil, errors.New("cluster: the source is nil")
	}
	nodes := s.Source.Meta().Nodes
	if nodes > math.MaxInt32 {
		return nil, fmt.Errorf("cluster: the graph has %d nodes, want at most %d", nodes, math.MaxInt32)
	}
	if err := o.check(int(nodes)); err != nil {
		return nil, err
	}
	if o.Labels != nil {
		return nil, errors.New("cluster: Labels of a streamed graph, want none")
	}
	if o.Order != "" && o.Order != AsGiven {
		return nil, fmt.Errorf("cluster: Order = %s, want %s: the rows of a streamed graph stay where they are", o.Order, AsGiven)
	}
	m, err := newBlockModel(o)
	if err != nil {
		return nil, err
	}
	tr := &Training{nodes: int(nodes), o: o, model: m, pace: newPace(o), last: math.NaN()}
	tr.make = func(training train.Options) (engine, error) { return tr.stream(s, training) }
	if o.Init == KMeans {
		tr.learn = func(ctx context.Context, each func(step int, loss float64) error) error {
			return tr.learnRows(ctx, s, each)
		}
	}
	return tr, nil
}

// stream compiles the training on the blocks of a source.
func (tr *Training) stream(s Streamed, training train.Options) (_ engine, err error) {
	var passes stream.Passes
	if s.Passes != nil {
		if passes, err = s.Passes(tr.model.store); err != nil {
			return nil, err
		}
	}
	t, err := stream.NewTrainer(tr.model.store, tr.model.layers, s.Source, tr.o.solver(), stream.Options{
		Hops: s.Hops, Partitions: s.Partitions, Keep: s.Keep, Training: training, Passes: passes,
		Weigh: func(g *G.ExprGraph, terms []losses.Term) error { return tr.weigh(g, tensor.Float64, terms) },
	})
	if err != nil {
		return nil, err
	}
	return &inBlocks{t}, nil
}

// inBlocks does epochs on a graph that is read block by block.
type inBlocks struct{ *stream.Trainer }

func (e *inBlocks) epoch() (total float64, values []float64, err error) {
	out, err := e.Step()
	return out.Total, out.Losses, err
}

// shares is S itself, without a copy, where it is float32.
func (e *inBlocks) shares() ([]float32, error) {
	s, err := e.Shares()
	if err != nil {
		return nil, err
	}
	if s.F32 != nil {
		return s.F32, nil
	}
	out := make([]float32, len(s.F64))
	for i, v := range s.F64 {
		out[i] = float32(v)
	}
	return out, nil
}
