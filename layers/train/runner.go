package train

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Model is what a [Build] makes of an input.
type Model struct {
	Loss   *G.Node // what is trained on, a scalar: the weighted sum of all terms; a Predictor does without
	Output *G.Node // what is predicted, a row for each place of the input's targets; nil: nothing

	Constants []*G.Node // as Options.Constants, whose nodes are of one graph
}

// Build adds a model to the graph of an input. It is called once for each of a
// loader's budgets, and once more for evaluation, always with the same store,
// so it must name the same weights each time.
type Build func(sc *param.Scope, in modes.Input) (Model, error)

var errNoLoader = errors.New("train: the loader is nil")

// Runner trains one model on the batches of loaders, by one compiled graph for
// each budget that comes up. All share the weights of the store and the solver.
type Runner struct {
	store  *param.Store
	build  Build
	solver G.Solver
	opts   Options
	rate   Schedule
	graphs map[int]*runnable // by budget
	steps  int
}

// runnable is a compiled training graph.
type runnable struct {
	in      modes.Input
	trainer *Trainer
}

// NewRunner compiles nothing yet. opts are those of each [Trainer]; Outputs,
// Constants and Sealed must be empty, for each budget has nodes of its own, and
// Rate counts the steps of all budgets together.
func NewRunner(store *param.Store, build Build, solver G.Solver, opts Options) (*Runner, error) {
	if store == nil || build == nil || solver == nil {
		return nil, errors.New("train: runner: the store, the model or the solver is nil")
	}
	if len(opts.Outputs) > 0 {
		return nil, errors.New("train: runner: Outputs are set, want none: each budget has nodes of its own")
	}
	if len(opts.Constants) > 0 {
		return nil, errors.New("train: runner: Constants are set, want none, but those of the Model: each budget has nodes of its own")
	}
	if len(opts.Sealed) > 0 {
		return nil, errors.New("train: runner: Sealed is set, want none: each budget has nodes of its own, and each step other tensors")
	}
	if _, ok := solver.(rateSetter); opts.Rate != nil && !ok {
		return nil, fmt.Errorf("train: runner: Rate is set, but %T has no method SetLR", solver)
	}
	r := &Runner{store: store, build: build, solver: solver, opts: opts, rate: opts.Rate, graphs: map[int]*runnable{}}
	r.opts.Rate = nil
	return r, nil
}

// Compiled is the number of graphs compiled so far.
func (r *Runner) Compiled() int { return len(r.graphs) }

// Steps is the number of steps done.
func (r *Runner) Steps() int { return r.steps }

// Epoch trains on the batches of an epoch of the loader, and gives the mean of
// the loss over its graphs, before the steps. All loaders are the same or
// parts of one.
func (r *Runner) Epoch(l *modes.Loader, epoch int) (loss float64, err error) {
	if l == nil {
		return 0, errNoLoader
	}
	for b, err := range l.Epoch(epoch) {
		if err != nil {
			return 0, err
		}
		g, err := r.graph(l, b.Budget)
		if err != nil {
			return 0, err
		}
		if err := g.in.Set(b); err != nil {
			return 0, err
		}
		if r.rate != nil {
			r.solver.(rateSetter).SetLR(r.rate.At(r.steps))
		}
		v, err := g.trainer.Step()
		if err != nil {
			return 0, err
		}
		r.steps++
		loss += v * float64(len(b.Index)) / float64(l.Len())
	}
	return loss, nil
}

// graph is the training graph of a budget.
func (r *Runner) graph(l *modes.Loader, budget int) (*runnable, error) {
	if g := r.graphs[budget]; g != nil {
		return g, nil
	}
	sc := r.store.Scope(G.NewGraph(), true)
	in, err := l.Input(sc.Graph(), "graphs", budget)
	if err != nil {
		return nil, err
	}
	m, err := r.build(sc, in)
	if err != nil {
		return nil, err
	}
	if m.Loss == nil {
		return nil, errors.New("train: the Loss of the model is nil, want a scalar to train on")
	}
	opts := r.opts
	opts.Constants = m.Constants
	t, err := New(sc, m.Loss, r.solver, opts)
	if err != nil {
		return nil, err
	}
	r.graphs[budget] = &runnable{in: in, trainer: t}
	return r.graphs[budget], nil
}

// Close gives up the compiled graphs.
func (r *Runner) Close() (err error) {
	for _, g := range r.graphs {
		err = errors.Join(err, g.trainer.Close())
	}
	r.graphs = map[int]*runnable{}
	return err
}
