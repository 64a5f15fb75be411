package train

import (
	"errors"
	"fmt"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
)

// Predictor runs a model forward only, on the batches of loaders, by one
// compiled graph for each budget that comes up.
type Predictor struct {
	store  *param.Store
	build  Build
	graphs map[int]*evaluated // by budget
}

// evaluated is a compiled graph of evaluation.
type evaluated struct {
	in           modes.Input
	eval         *Evaluator
	output, loss bool // which of the two are evaluated, in this order
}

// NewPredictor compiles nothing yet. The weights are those of the store, also
// where they change between runs.
func NewPredictor(store *param.Store, build Build) (*Predictor, error) {
	if store == nil || build == nil {
		return nil, errors.New("train: predictor: the store or the model is nil")
	}
	return &Predictor{store: store, build: build, graphs: map[int]*evaluated{}}, nil
}

// Predictions is what a model gives for graphs.
type Predictions struct {
	Loss    float64     // the mean over the graphs; 0 where the model has no loss
	Index   []int       // the graphs, as positions among those of the loader
	Columns int         // of the model's output
	Rows    [][]float64 // for each graph of Index the rows of its targets' places, one after the other
}

// Classes is the column of the largest value of each row, the first of equal
// ones, for each graph of Index.
func (p Predictions) Classes() [][]int {
	out := make([][]int, len(p.Rows))
	for g, rows := range p.Rows {
		for at := 0; at+p.Columns <= len(rows) && p.Columns > 0; at += p.Columns {
			best := 0
			for c, v := range rows[at : at+p.Columns] {
				if v > rows[at+best] {
					best = c
				}
			}
			out[g] = append(out[g], best)
		}
	}
	return out
}

// GraphClasses is the class that each graph of Index gets, for targets of
// graphs, and the class that labels, of the loader's graphs, has for it: what
// the metrics of package classify take.
func (p Predictions) GraphClasses(labels []int) (predicted, want []int) {
	for g, rows := range p.Classes() {
		if len(rows) != 1 || g >= len(p.Index) {
			continue
		}
		if i := p.Index[g]; i >= 0 && i < len(labels) {
			predicted, want = append(predicted, rows[0]), append(want, labels[i])
		}
	}
	return predicted, want
}

// Run predicts all graphs of the loader.
func (p *Predictor) Run(l *modes.Loader) (out Predictions, err error) {
	if l == nil {
		return out, errNoLoader
	}
	if !p.store.Sealed() {
		p.store.Seal()
		defer p.store.Unseal()
	}
	for b, err := range l.Epoch(0) {
		if err != nil {
			return out, err
		}
		g, err := p.graph(l, b.Budget)
		if err != nil {
			return out, err
		}
		if err := g.in.Set(b); err != nil {
			return out, err
		}
		values, err := g.eval.Run()
		if err != nil {
			return out, err
		}
		if err := out.add(g, b, values, float64(l.Len())); err != nil {
			return out, err
		}
	}
	return out, nil
}

// add takes in the values of a batch.
func (p *Predictions) add(g *evaluated, b *modes.LoadedBatch, values []G.Value, graphs float64) error {
	if g.loss {
		loss, err := scalarOf(values[len(values)-1])
		if err != nil {
			return err
		}
		p.Loss += loss * float64(len(b.Index)) / graphs
	}
	rows := make([][]float64, len(b.Index))
	if g.output {
		ids, ok := g.in.TargetIDs.Value().Data().([]int)
		x, isFloat := asFloats(values[0])
		if !ok || !isFloat || len(ids) == 0 || rowsOf(values[0].Shape()) != len(ids) {
			return fmt.Errorf("train: predictor: an output of shape %v, want a row for each of the %d places of targets", values[0].Shape(), len(ids))
		}
		p.Columns = len(x) / len(ids)
		for r, id := range ids {
			if id >= 0 {
				rows[id] = append(rows[id], x[r*p.Columns:(r+1)*p.Columns]...)
			}
		}
	}
	p.Index, p.Rows = append(p.Index, b.Index...), append(p.Rows, rows...)
	return nil
}

// rowsOf is the rows of an output: all axes but the last, or the elements of a
// vector or a scalar.
func rowsOf(s tensor.Shape) int {
	if s.Dims() < 2 {
		return s.TotalSize()
	}
	return s.TotalSize() / max(1, s[s.Dims()-1])
}

func asFloats(v G.Value) ([]float64, bool) {
	switch x := v.Data().(type) {
	case []float64:
		return x, true
	case []float32:
		out := make([]float64, len(x))
		for i, f := range x {
			out[i] = float64(f)
		}
		return out, true
	}
	f, err := scalarOf(v)
	return []float64{f}, err == nil
}

// graph is the graph of a budget.
func (p *Predictor) graph(l *modes.Loader, budget int) (*evaluated, error) {
	if g := p.graphs[budget]; g != nil {
		return g, nil
	}
	sc := p.store.Scope(G.NewGraph(), false)
	in, err := l.Input(sc.Graph(), "graphs", budget)
	if err != nil {
		return nil, err
	}
	m, err := p.build(sc, in)
	if err != nil {
		return nil, err
	}
	var nodes []*G.Node
	for _, n := range []*G.Node{m.Output, m.Loss} {
		if n != nil {
			nodes = append(nodes, n)
		}
	}
	e, err := NewEvaluator(nodes...)
	if err != nil {
		return nil, err
	}
	p.graphs[budget] = &evaluated{in: in, eval: e, output: m.Output != nil, loss: m.Loss != nil}
	return p.graphs[budget], nil
}

// Close gives up the compiled graphs.
func (p *Predictor) Close() (err error) {
	for _, g := range p.graphs {
		err = errors.Join(err, g.eval.Close())
	}
	p.graphs = map[int]*evaluated{}
	return err
}
