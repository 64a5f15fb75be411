package cluster

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
)

// inMemory does epochs on a graph in memory.
type inMemory struct {
	*train.Trainer
	model *model
	terms []losses.Term
}

// inMemory compiles the training on the task's graph.
func (tr *Training) inMemory(o train.Options) (engine, error) {
	sc, in, out, err := tr.model.build(tr.model.input, true)
	if err != nil {
		return nil, err
	}
	o.Sealed = sealed(in)
	if err := tr.weigh(sc.Graph(), tr.o.Dtype, out.Losses); err != nil {
		return nil, err
	}
	for _, l := range out.Losses {
		o.Outputs = append(o.Outputs, l.Node)
	}
	total, err := losses.Total(out.Losses)
	if err != nil {
		return nil, err
	}
	t, err := train.New(sc, total, tr.o.solver(), o)
	if err != nil {
		return nil, err
	}
	return &inMemory{t, tr.model, out.Losses}, nil
}

// sealed is the inputs of a graph that stay as they are while a training lives.
func sealed(in modes.Graph) (nodes []*G.Node) {
	if in.X.Dense != nil {
		nodes = append(nodes, in.X.Dense)
	}
	if a, ok := in.A.(modes.SparseAdj); ok && a.Weights != nil {
		nodes = append(nodes, a.Weights)
	}
	return nodes
}

func (e *inMemory) epoch() (total float64, values []float64, err error) {
	if total, err = e.Step(); err != nil {
		return total, nil, err
	}
	for _, l := range e.terms {
		v, err := e.Scalar(l.Node)
		if err != nil {
			return total, nil, err
		}
		values = append(values, v)
	}
	return total, values, nil
}

func (e *inMemory) shares() ([]float32, error) { return e.model.shares() }
