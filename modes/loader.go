package modes

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"
)

// LoaderOptions is how a [Loader] makes batches.
type LoaderOptions struct {
	Batch int // the most graphs in a batch, at least 1

	// Mode is Disjoint or Batch; the zero value stands for Disjoint.
	Mode Mode
	// Sparse keeps the adjacencies sparse in batch mode, as NewSparseBatch does.
	Sparse bool
	// Dtype of every float node; the zero value stands for float32.
	Dtype tensor.Dtype

	Seed    uint64 // of the order of graphs; equal seeds give equal batches
	Ordered bool   // no shuffling: every epoch is the same

	// Ahead is how many batches are prepared on another goroutine while the
	// caller works with one; 0 stands for 2, and −1 prepares none ahead. At most 64.
	Ahead int
}

// mostAhead is the most batches prepared ahead.
const mostAhead = 64

// Loader makes mini-batches of graphs, with their targets, that fit into a few
// inputs of known size: one in disjoint mode, at most four in batch mode. So
// one compiled graph serves a whole training.
//
// The sizes are chosen from the graphs: see Budget. The batches of an epoch
// depend on the seed and the number of the epoch alone, not on the machine, on
// Ahead or on the epochs before: training that was interrupted goes on with
// the same batches.
//
// The graphs and targets must not be changed while the loader is in use.
type Loader struct {
	hosts   []*Host
	sizes   []size
	targets Targets
	opts    LoaderOptions
	index   []int // the graphs of an epoch, as positions in hosts
	rooms   []*room
}

// NewLoader is a loader of all graphs. targets may be the zero value.
//
// Errors: no graphs or none with nodes; graphs that cannot be put together;
// targets that do not fit them; options out of range.
func NewLoader(graphs []*Host, targets Targets, o LoaderOptions) (*Loader, error) {
	l, err := newLoader(graphs, targets, o)
	if err != nil {
		return nil, fmt.Errorf("modes: loader: %w", err)
	}
	return l, nil
}

func newLoader(graphs []*Host, targets Targets, o LoaderOptions) (*Loader, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	t, err := survey(graphs)
	if err != nil {
		return nil, err
	}
	if err := targets.check(graphs); err != nil {
		return nil, err
	}
	if targets.level == OfEdges && o.Mode == Batch && !o.Sparse {
		return nil, errors.New("targets of edges with dense adjacencies, want Sparse")
	}
	sizes := sizesOf(graphs)
	l := &Loader{hosts: graphs, sizes: sizes, targets: targets, opts: o, index: upTo(len(graphs))}
	budgets := []Budget{disjointBudget(sizes, o.Batch)}
	if o.Mode == Batch {
		budgets = batchBudgets(sizes, o.Batch)
	}
	for _, b := range budgets {
		r, err := newRoom(o, t, b, targets)
		if err != nil {
			return nil, err
		}
		l.rooms = append(l.rooms, r)
	}
	return l, nil
}

// check errs where NewLoader did not make the loader.
func (l *Loader) check() error {
	if l == nil || len(l.rooms) == 0 {
		return errors.New("modes: loader: nil or zero, want one of NewLoader")
	}
	return nil
}

// complete is o with its defaults.
func (o LoaderOptions) complete() (LoaderOptions, error) {
	if o.Mode == Single {
		o.Mode = Disjoint
	}
	if o.Dtype == (tensor.Dtype{}) {
		o.Dtype = tensor.Float32
	}
	if o.Ahead == 0 {
		o.Ahead = 2
	}
	if o.Mode != Disjoint && o.Mode != Batch {
		return o, fmt.Errorf("mode = %v, want disjoint or batch", o.Mode)
	}
	if err := atLeast("Batch", o.Batch, 1); err != nil {
		return o, err
	}
	if o.Ahead < -1 || o.Ahead > mostAhead {
		return o, fmt.Errorf("%s = %d, want −1 to %d", "Ahead", o.Ahead, mostAhead)
	}
	return o, wantDtype(o.Dtype)
}

// Part is a loader of some of the graphs, by their positions, with the same
// inputs: of the training part, for example. ordered: no shuffling.
func (l *Loader) Part(index []int, ordered bool) (*Loader, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	if len(index) == 0 {
		return nil, errors.New("modes: loader: a part of no graphs, want at least 1")
	}
	for _, i := range index {
		if i < 0 || i >= len(l.hosts) {
			return nil, fmt.Errorf("modes: loader: graph %d, want 0 to %d", i, len(l.hosts)-1)
		}
	}
	p := *l
	p.index, p.opts.Ordered = append([]int{}, index...), ordered
	return &p, nil
}

// Over is a loader of other graphs, in their order, with the same inputs: of
// graphs that come in while a model is in use, for example. targets are of the
// same kind, or the zero value: then none is known.
//
// It errs where a graph has no room in any input.
func (l *Loader) Over(graphs []*Host, targets Targets) (*Loader, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	err := l.checkOver(graphs, targets)
	if err != nil {
		return nil, fmt.Errorf("modes: loader: %w", err)
	}
	p := *l
	if targets.none() && !l.targets.none() {
		targets = l.targets.unknown(graphs)
	}
	p.hosts, p.sizes, p.targets = graphs, sizesOf(graphs), targets
	p.index, p.opts.Ordered = upTo(len(graphs)), true
	return &p, nil
}

func (l *Loader) checkOver(graphs []*Host, targets Targets) error {
	if _, err := survey(graphs); err != nil {
		return err
	}
	largest := l.rooms[len(l.rooms)-1]
	for i := range graphs {
		t, err := survey(graphs[i : i+1])
		if err == nil {
			err = largest.form.fits(t)
		}
		if err != nil {
			return fmt.Errorf("graph %d: %w", i, err)
		}
	}
	if !targets.none() && (targets.level != l.targets.level || targets.width != l.targets.width) {
		return fmt.Errorf("targets of %v with %d values, want %v with %d, as the loader was made for",
			targets.level, targets.width, l.targets.level, l.targets.width)
	}
	return targets.check(graphs)
}

// unknown is targets of t's kind of which none is known.
func (t Targets) unknown(graphs []*Host) Targets {
	out := Targets{level: t.level, width: t.width}
	if t.classes != nil {
		out.classes = make([][]int, len(graphs))
	} else {
		out.values = make([][]float64, len(graphs))
	}
	return out
}

// Len is the number of graphs in an epoch.
func (l *Loader) Len() int { return len(l.index) }

// Budgets is the capacities of the loader's inputs, one compiled graph each,
// from small to large.
func (l *Loader) Budgets() []Budget {
	out := make([]Budget, len(l.rooms))
	for i, r := range l.rooms {
		out[i] = r.budget
	}
	return out
}

func upTo(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = i
	}
	return x
}
