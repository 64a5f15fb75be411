package model

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/shard"
)

// EpochResult is what one epoch gave.
type EpochResult struct {
	Losses  []cluster.Loss // in the same order at every epoch
	Total   float64        // the weighted sum that was minimised
	Seconds float64        // wall clock of the training step alone
}

// Saver is a training between two epochs, which can be saved.
type Saver interface {
	SaveCheckpoint(file string, config json.RawMessage) error
}

// Job is one training.
type Job struct {
	Graph  *graphfile.Graph
	Config Config

	// Store, where set, is the graph in place of Graph; it is read block by block,
	// in so many groups of blocks.
	Store      *shard.Store
	Partitions int
	Keep       int64 // bytes for blocks that stay in memory from pass to pass

	// Passes, where set, makes what does the passes over the store elsewhere.
	Passes func(*param.Store) (stream.Passes, error)

	Resume string // a checkpoint to go on from; "": from the beginning

	// Finished is the weights of a training that is done, "": none. Then only
	// the clusters are taken from them.
	Finished string

	// OnPhase, where set, is told of what begins.
	OnPhase func(cluster.Phase)
	// OnEpoch is told of each epoch, counted from 1. ErrStop ends the training
	// with the model as it is; another error gives it up.
	OnEpoch func(epoch int, r EpochResult, s Saver) error
}

// ErrStop ends a training early, and keeps what it has.
var ErrStop = errors.New("stopped")

// Fit is a trained model and its clusters.
type Fit struct {
	Shares  []float32    // row by row: nodes × K numbers of which each row sums to 1
	Start   []int        // the clusters that the training began with; nil: none
	Weights []LossWeight // of the losses, as they were used
	Epochs  int          // done
	Stopped bool         // by ErrStop

	Task   *cluster.Task // the features, and how they were made; nil of a store
	Store  *param.Store
	Layers []layers.Layer

	FeatureSeconds, StartSeconds, TrainSeconds float64
}

// Trainer does a job.
type Trainer func(context.Context, Job) (*Fit, error)

// NewTrainer is the Trainer over package cluster. It makes the features of a
// graph once, and keeps them for the next job on it.
func NewTrainer() Trainer {
	var made struct {
		graph   *graphfile.Graph
		config  Config
		task    *cluster.Task
		seconds float64
	}
	return func(ctx context.Context, j Job) (*Fit, error) {
		if j.Store != nil {
			return j.streamed(ctx)
		}
		if made.graph != j.Graph || !sameFeatures(made.config, j.Config) {
			began := time.Now()
			j.phase(cluster.PhaseFeatures)
			task, err := Prepare(j.Graph, j.Config)
			if err != nil {
				return nil, err
			}
			made.graph, made.config, made.task, made.seconds = j.Graph, j.Config, task, time.Since(began).Seconds()
		}
		return j.train(ctx, made.task, made.seconds)
	}
}

// sameFeatures tells whether two configurations make the same features. The
// first job's seed serves all.
func sameFeatures(a, b Config) bool {
	return a.Features == b.Features && a.Hops == b.Hops && a.Neighbours == b.Neighbours
}

// Host is a graph as models take it: weights over their mean, so that a graph
// whose weights are all multiplied by a number gives the same clusters.
func Host(g *graphfile.Graph) (*modes.Host, error) {
	h, err := g.Host()
	if err != nil {
		return nil, err
	}
	return h.Scaled()
}

// Prepare makes the features of a graph.
func Prepare(g *graphfile.Graph, c Config) (*cluster.Task, error) {
	h, err := Host(g)
	if err != nil {
		return nil, err
	}
	if c.Features == FeaturesRaw {
		return cluster.NewRaw(h)
	}
	task, err := cluster.New(h, c.features())
	if err != nil {
		return nil, err
	}
	return task, task.Mix(c.Share(g.Nodes), c.Seed)
}

func (j Job) phase(p cluster.Phase) {
	if j.OnPhase != nil {
		j.OnPhase(p)
	}
}

func (j Job) train(ctx context.Context, task *cluster.Task, featureSeconds float64) (*Fit, error) {
	o, err := j.Config.options()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	j.phase(cluster.PhaseStart)
	start := o.Labels
	if start == nil && o.Init == cluster.KMeans {
		if start, err = task.Start(ctx, o.K, o.Seed); err != nil {
			return nil, err
		}
	}
	fit := &Fit{Start: start, Task: task, FeatureSeconds: featureSeconds, StartSeconds: time.Since(began).Seconds()}
	tr, err := task.NewTraining(o, start)
	if err != nil {
		return nil, err
	}
	return fit, j.run(ctx, tr, fit)
}

// run does a training that is prepared, and closes it.
func (j Job) run(ctx context.Context, tr *cluster.Training, fit *Fit) (err error) {
	defer func() { _ = tr.Close() }() // nothing is lost with it

	began := time.Now()
	switch {
	case j.Finished != "":
		err = tr.LoadWeights(j.Finished)
	case j.Resume != "":
		_, err = tr.LoadCheckpoint(j.Resume)
	default:
		err = inStart(tr.Learn(ctx, func(int, float64) error { return ctx.Err() }))
	}
	if err != nil {
		return err
	}
	if j.Finished == "" {
		j.phase(cluster.PhaseTraining)
		if fit.Stopped, err = j.epochs(tr); err != nil {
			return err
		}
	}
	for _, w := range tr.Weights() {
		fit.Weights = append(fit.Weights, LossWeight(w))
	}
	if j.Store == nil {
		// A graph in memory gives its clusters without the memory of the epochs.
		if err := tr.Close(); err != nil {
			return err
		}
		j.phase(cluster.PhaseTraining)
	}
	out, err := tr.Trained()
	if err != nil {
		return err
	}
	fit.Shares, fit.Epochs, fit.Store, fit.Layers = out.Shares, out.Epochs, out.Store, out.Layers
	fit.TrainSeconds = time.Since(began).Seconds()
	return nil
}

// epochs runs those that are left.
func (j Job) epochs(tr *cluster.Training) (stopped bool, err error) {
	for !tr.Done() {
		began := time.Now()
		e, err := tr.Step()
		if err != nil {
			return false, err
		}
		r := EpochResult{Losses: slices.Clone(e.Losses), Total: e.Total, Seconds: time.Since(began).Seconds()}
		err = j.OnEpoch(e.Number, r, tr)
		if errors.Is(err, ErrStop) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}
