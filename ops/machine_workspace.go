package ops

import (
	"unsafe"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Workspace lets the ops of one program use the same memory one after the
// other: an op's output is given back when all ops that read it have run.
// Without one, each op holds memory of its own from run to run.
//
// It is for one machine over one graph. Between Begin and End that machine
// alone runs; the ops' outputs are not to be read afterwards, other than by
// ops that are not of this package and copy what they keep.
type Workspace struct {
	ops   []*op
	free  []block
	begun bool

	inputs G.Nodes // the sealed ones

	// Where tensors begin that nothing writes into: those of the sealed inputs, and
	// those that ops have kept and given in this run.
	sealed, kept map[unsafe.Pointer]bool
}

// block is a piece of memory; one of the two is set.
type block struct {
	f32 []float32
	f64 []float64
}

func (b block) size() int { return cap(b.f32) + cap(b.f64) }

// lease is an op's place in a workspace.
type lease struct {
	space     *Workspace
	producers []*op // the ops this one reads, each once
	readers   int   // how many ops read this one; −1 where others do as well
	pending   int   // how many of them have not run yet
	block     block // the memory in use
}

// smallest is the number of elements from which on memory is shared.
const smallest = 1024

// NewWorkspace is a workspace for a program: a graph pruned to what a machine
// will run (G.SubgraphRoots).
func NewWorkspace(program *G.ExprGraph) *Workspace {
	w := &Workspace{sealed: map[unsafe.Pointer]bool{}, kept: map[unsafe.Pointer]bool{}}
	if program == nil {
		return w
	}
	for _, n := range program.AllNodes() {
		if o, ok := n.Op().(*op); ok {
			o.lease = &lease{space: w}
			w.ops = append(w.ops, o)
		}
	}
	for _, n := range program.AllNodes() {
		reader, own := n.Op().(*op)
		seen := map[*op]bool{}
		for children := program.From(n.ID()); children != nil && children.Next(); {
			p, ok := children.Node().(*G.Node).Op().(*op)
			if !ok || seen[p] || p.lease == nil {
				continue
			}
			seen[p] = true
			switch {
			case !own:
				p.lease.readers = -1
			case p.lease.readers >= 0:
				p.lease.readers++
			}
			if own {
				reader.lease.producers = append(reader.lease.producers, p)
			}
		}
	}
	return w
}

// Begin starts a run.
func (w *Workspace) Begin() {
	for _, o := range w.ops {
		w.give(o.lease)
		o.lease.pending = o.lease.readers
	}
	clear(w.kept)
	w.seal()
	w.begun = true
}

// End ends a run, also one that failed.
func (w *Workspace) End() { w.begun = false }

// shares tells whether the op's output of n elements comes from a workspace.
func (o *op) shares(n int) bool { return o.readByOwn() && n >= smallest }

// space is the workspace of a run that has begun; nil where there is none.
func (o *op) space() *Workspace {
	if o.lease == nil || !o.lease.space.begun {
		return nil
	}
	return o.lease.space
}

// readByOwn tells whether ops of this package alone read the op's output.
func (o *op) readByOwn() bool {
	return o.space() != nil && o.lease.readers > 0
}

// read tells the ops that o reads that it has.
func (o *op) read() {
	if o.lease == nil || !o.lease.space.begun {
		return
	}
	for _, p := range o.lease.producers {
		if p.lease.pending--; p.lease.pending == 0 {
			o.lease.space.give(p.lease)
		}
	}
}

// give takes the memory of l back.
func (w *Workspace) give(l *lease) {
	if l.block.size() > 0 {
		w.free = append(w.free, l.block)
		l.block = block{}
	}
}

// take is memory for n elements: the smallest free block that has them, but
// not one of more than twice as many.
func take[T Float](w *Workspace, l *lease, n int) []T {
	best := -1
	for i, b := range w.free {
		if c := cap(elements[T](b)); c >= n && c <= 2*n && (best < 0 || c < w.free[best].size()) {
			best = i
		}
	}
	if best < 0 {
		l.block = newBlock[T](n)
	} else {
		l.block = w.free[best]
		w.free = append(w.free[:best], w.free[best+1:]...)
	}
	return elements[T](l.block)[:n]
}

func newBlock[T Float](n int) block {
	back := make([]T, n)
	kernels.HugePages(back)
	var b block
	switch x := any(back).(type) {
	case []float32:
		b.f32 = x
	case []float64:
		b.f64 = x
	}
	return b
}

func elements[T Float](b block) []T {
	if x, ok := any(b.f32).([]T); ok {
		return x
	}
	return any(b.f64).([]T)
}
