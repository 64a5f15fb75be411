package gradcheck

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
)

// instance is one graph of a case, with values of its own.
type instance struct {
	g      *G.ExprGraph
	inputs []leaf // as Case.Inputs
	leaves []leaf // what is differentiated: inputs, then parameters by name
	outs   G.Nodes
}

type leaf struct {
	name   string
	node   *G.Node
	value  G.Value
	before G.Value // a copy of value, to see whether a run has changed it
}

// newInstance builds the graph of a case.
func newInstance(c Case) (*instance, error) {
	if c.Build == nil {
		return nil, errors.New("no Build function")
	}
	in := &instance{g: G.NewGraph()}
	nodes := make(G.Nodes, len(c.Inputs))
	seen := make(map[string]bool)
	for i, x := range c.Inputs {
		l, err := in.newInput(i, x)
		if err != nil {
			return nil, err
		}
		if seen[l.name] {
			return nil, fmt.Errorf("two inputs are named %q", l.name)
		}
		seen[l.name] = true
		nodes[i] = l.node
		in.inputs = append(in.inputs, l)
		if isFloat(x.Value.Dtype()) && !x.Fixed {
			in.leaves = append(in.leaves, l)
		}
	}
	err := guard("Build", func() (err error) {
		in.outs, err = c.Build(in.g, nodes)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := in.checkOutputs(); err != nil {
		return nil, err
	}
	return in, in.addParams(c.Params)
}

func (in *instance) newInput(i int, x Input) (leaf, error) {
	name := x.Name
	if name == "" {
		name = fmt.Sprintf("in%d", i)
	}
	if x.Value == nil {
		return leaf{}, fmt.Errorf("input %s has no value", name)
	}
	v, err := copyOf(x.Value)
	if err != nil {
		return leaf{}, fmt.Errorf("input %s: %w", name, err)
	}
	l := leaf{name: name, value: v}
	if l.before, err = copyOf(v); err != nil {
		return leaf{}, fmt.Errorf("input %s: %w", name, err)
	}
	err = guard("input "+name, func() error {
		l.node = G.NodeFromAny(in.g, v, G.WithName(name))
		return nil
	})
	return l, err
}

func (in *instance) checkOutputs() error {
	if len(in.outs) == 0 {
		return errors.New("no output from Build")
	}
	for k, n := range in.outs {
		switch {
		case n == nil:
			return fmt.Errorf("output %d of Build is nil", k)
		case n.Graph() != in.g:
			return fmt.Errorf("output %d is on another graph", k)
		case !isFloat(n.Dtype()):
			return fmt.Errorf("output %d is of %v, want float32 or float64", k, n.Dtype())
		case n.Dtype() != in.outs[0].Dtype():
			return fmt.Errorf("output %d is of %v, output 0 of %v, want one dtype", k, n.Dtype(), in.outs[0].Dtype())
		}
	}
	return nil
}
