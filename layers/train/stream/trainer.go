package stream

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
)

// Options of a Trainer.
type Options struct {
	Hops       int           // over which the features are propagated before the encoder
	Partitions int           // groups of blocks, one worked on after the other; 0: one
	Keep       int64         // bytes for what stays in memory from pass to pass: A·S where it is wanted twice, blocks, and what the first layer gives; see Model.Keep
	Weigh      Weigh         // changes the weights of the losses; nil: they stay
	Training   train.Options // clipping, schedule, penalties; without Outputs, Constants and Sealed
	Passes     Passes        // does the passes; nil: this machine, and Partitions are its
}

// Trainer trains a model exactly on a graph that need not fit into memory: a step
// reads all blocks, twice. See the package's comment. Checkpoints are those of
// train.Trainer, of the same weights and solver: a training in memory takes up
// one of a Trainer, and the other way round.
type Trainer struct {
	Model     *Model
	Objective *Objective

	update *update
	passes Passes
	total  Gradients
}

// Epoch is what a step gave, before it changed the weights.
type Epoch struct {
	Total  float64   // the weighted losses, and the penalties of the weights
	Losses []float64 // before their weights, in the order of Objective.Names
}

// NewTrainer compiles what a step needs.
func NewTrainer(store *param.Store, ls []layers.Layer, source Source, solver G.Solver, o Options) (*Trainer, error) {
	if solver == nil {
		return nil, errors.New("stream: the solver is nil")
	}
	if o.Partitions < 0 {
		return nil, fmt.Errorf("stream: Partitions = %d, want at least 0", o.Partitions)
	}
	if len(o.Training.Outputs) > 0 || len(o.Training.Constants) > 0 || len(o.Training.Sealed) > 0 {
		return nil, errors.New("stream: Training has Outputs, Constants or Sealed, want none: they are nodes of a graph")
	}
	m, err := New(store, ls, source, o.Hops)
	if err != nil {
		return nil, err
	}
	t := &Trainer{Model: m, passes: o.Passes}
	if t.passes == nil {
		t.passes = &local{model: m, parts: Partitions(o.Partitions, m.Blocks().To)}
	}
	if t.Objective, err = NewObjective(m.Pooler(), m.K(), o.Weigh); err != nil {
		return nil, err
	}
	keep := o.Keep
	if t.Objective.EdgesFirst() && o.Passes == nil { // A·S would be made twice
		keep = m.keepProducts(keep)
	}
	m.Keep(keep)
	t.update, err = newUpdate(store, ls, m.read.width, solver, o.Training)
	return t, err
}

// Step is one step of the solver, down the gradient over the whole graph:
//
//	1  S of every block, and the sums over nodes; where the derivatives need
//	   them, those over edges
//	2  ∂⟨G, sums⟩/∂weights of every block, G = ∂loss/∂sums
//
// Sums and gradients are added in float64 in the order of the blocks, so that
// neither threads nor partitions change a bit. On an error, a loss or gradient
// that is not finite among them, the weights are left as they were.
func (t *Trainer) Step() (Epoch, error) {
	sums, err := t.sums()
	if err != nil {
		return Epoch{}, err
	}
	losses, err := t.Objective.At(sums)
	if err != nil {
		return Epoch{}, err
	}
	late, err := t.gradient(losses.By)
	if err != nil {
		return Epoch{}, err
	}
	if t.Objective.ReadsEdges() && !t.Objective.EdgesFirst() {
		sums.Add(late)
		if losses, err = t.Objective.At(sums); err != nil {
			return Epoch{}, err
		}
	}
	out := Epoch{Total: losses.Total, Losses: losses.Values}
	if math.IsNaN(out.Total) || math.IsInf(out.Total, 0) {
		return out, &train.LossError{Step: t.update.trainer.Steps(), Loss: out.Total}
	}
	penalties, err := t.update.step(t.total)
	out.Total += penalties
	return out, err
}

// sums is the first pass: the sums over nodes, and where the derivatives read
// them those over edges.
func (t *Trainer) sums() (Sums, error) {
	sums, err := t.passes.Forward(t.Objective.Wants())
	if err != nil || !t.Objective.EdgesFirst() {
		return sums, err
	}
	edges, err := t.passes.Edges()
	if err != nil {
		return sums, err
	}
	sums.Add(edges)
	return sums, nil
}

// gradient is the second pass: it sets t.total, and gives the sums over edges
// where a loss reads them.
func (t *Trainer) gradient(by Sums) (late Sums, err error) {
	t.total, late, err = t.passes.Gradient(by, t.Objective.ReadsEdges())
	return late, err
}

// Shares is S of all nodes by the weights as they are now. The next step or call
// overwrites it.
func (t *Trainer) Shares() (*Shares, error) {
	if _, err := t.passes.Forward(Wants{}); err != nil {
		return nil, err
	}
	return t.passes.Shares()
}

// Gradient is the gradient of the weight of that path in the last step, before
// clipping and without penalties; nil for another.
func (t *Trainer) Gradient(path string) []float64 { return t.total[path] }

// Steps is the number of steps done.
func (t *Trainer) Steps() int { return t.update.trainer.Steps() }

// SaveCheckpoint is that of train.Trainer.
func (t *Trainer) SaveCheckpoint(file string, config json.RawMessage) error {
	return t.update.trainer.SaveCheckpoint(file, config)
}

// LoadCheckpoint is that of train.Trainer.
func (t *Trainer) LoadCheckpoint(file string) (json.RawMessage, error) {
	return t.update.trainer.LoadCheckpoint(file)
}

// Close gives up the compiled graphs.
func (t *Trainer) Close() error {
	return errors.Join(t.Model.Close(), t.Objective.Close(), t.update.trainer.Close())
}
