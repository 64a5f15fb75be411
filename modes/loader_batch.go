package modes

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
)

// LoadedBatch is a batch that a [Loader] has made: all values that its input
// is to get. It is bound to no expression graph, so another goroutine can make
// it while a machine runs; Input.Set binds it. Nothing else holds its memory.
type LoadedBatch struct {
	Index  []int // the graphs, as positions among the loader's graphs
	Budget int   // which of the loader's budgets it is made for
	Nodes  int   // of all its graphs together

	room   *room
	values []G.Value
}

// prepare makes a batch.
func (l *Loader) prepare(p planned) (b *LoadedBatch, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, fmt.Errorf("modes: loader: making a batch: %v; the graphs must not be changed while the loader is in use", r)
		}
	}()
	r := l.rooms[p.room]
	b = &LoadedBatch{Index: p.index, Budget: p.room, room: r}
	graphs := make([]*Host, len(p.index))
	for k, i := range p.index {
		graphs[k] = l.hosts[i]
		b.Nodes += graphs[k].Nodes
	}
	bs, err := r.form.bindings(r.shape.Graph, graphs)
	if err != nil {
		return nil, fmt.Errorf("modes: loader: %w", err)
	}
	for _, x := range bs {
		b.values = append(b.values, x.value)
	}
	places, first := r.form.targetRows(r.level), r.form.targetPlaces(r.level, graphs)
	b.values = append(b.values, r.level.stackIDs(graphs, first, places))
	switch t := l.targets; {
	case t.classes != nil:
		b.values = append(b.values, t.stackClasses(p.index, first, places))
	case t.values != nil:
		values, known := t.stackValues(p.index, first, places, r.form.dt)
		b.values = append(b.values, values, known)
	}
	return b, nil
}

// Set gives the nodes of in the values of a batch of the same budget. Nothing
// is set where it errs.
func (in Input) Set(b *LoadedBatch) error {
	switch {
	case b == nil || in.room == nil:
		return errors.New("modes: loader: no batch, or an input that no loader made")
	case b.room != in.room && b.Budget == in.Budget:
		return errors.New("modes: loader: a batch of another loader, want one of the loader that made the input, or of its Part or Over")
	case b.room != in.room || len(b.values) != len(in.nodes):
		return fmt.Errorf("modes: loader: a batch of budget %d, want one of budget %d of the loader that made the input", b.Budget, in.Budget)
	}
	bs := make([]binding, len(in.nodes))
	for i, n := range in.nodes {
		bs[i] = binding{n.Name(), n, b.values[i]}
	}
	if err := bind(bs); err != nil {
		return fmt.Errorf("modes: loader: %w", err)
	}
	return nil
}
