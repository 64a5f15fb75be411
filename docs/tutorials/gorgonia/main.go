// Command gorgonia adds a pooling layer to a model of plain Gorgonia, and trains
// it twice: by train.Trainer, and by Gorgonia's own machine and solver.
//
//	go run ./docs/tutorials/gorgonia
//
// docs/tutorials has the steps in words.
package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

func main() {
	if err := run(os.Stdout, 200); err != nil {
		fmt.Fprintln(os.Stderr, "gorgonia:", err)
		os.Exit(1)
	}
}

const (
	features, hidden, clusters = 4, 8, 2
	rate                       = .01
)

// mlp is a model as it is written with Gorgonia alone.
type mlp struct{ w1, b1, w2, b2 *G.Node }

func newMLP(g *G.ExprGraph, inputs, outputs int) mlp {
	r := rand.New(rand.NewPCG(1, 2))
	weight := func(name string, shape ...int) *G.Node {
		x := make([]float64, tensor.Shape(shape).TotalSize())
		for i := range x {
			x[i] = r.NormFloat64() / 4
		}
		value := tensor.New(tensor.WithShape(shape...), tensor.WithBacking(x))
		return G.NewTensor(g, tensor.Float64, len(shape), G.WithShape(shape...), G.WithName(name), G.WithValue(value))
	}
	return mlp{weight("w1", inputs, hidden), weight("b1", hidden), weight("w2", clusters*hidden, outputs), weight("b2", outputs)}
}

func (m mlp) nodes() G.Nodes { return G.Nodes{m.w1, m.b1, m.w2, m.b2} }

// linear is x·w + b.
func linear(x, w, b *G.Node) (*G.Node, error) {
	xw, err := G.Mul(x, w)
	if err != nil {
		return nil, err
	}
	return G.BroadcastAdd(xw, b, nil, []byte{0})
}

// squares is the mean of (x − y)².
func squares(x, y *G.Node) (*G.Node, error) {
	d, err := G.Sub(x, y)
	if err != nil {
		return nil, err
	}
	if d, err = G.Square(d); err != nil {
		return nil, err
	}
	return G.Mean(d)
}

// loss is the model over graphs, with the pooling layer between its two layers.
func (m mlp) loss(sc *param.Scope, in modes.Graph, want *G.Node) (*G.Node, error) {
	h, err := linear(in.X.Dense, m.w1, m.b1)
	if err != nil {
		return nil, err
	}
	if h, err = G.Rectify(h); err != nil {
		return nil, err
	}
	pooled, err := layers.NewMinCutPool(clusters).Apply(sc, in.WithX(h)) // a row for each cluster of each graph
	if err != nil {
		return nil, err
	}
	rows, err := ops.Reshape(pooled.X.Dense, in.Graphs, clusters*hidden) // ops.Reshape copies; G.Reshape does not
	if err != nil {
		return nil, err
	}
	y, err := linear(rows, m.w2, m.b2)
	if err != nil {
		return nil, err
	}
	task, err := squares(y, want)
	if err != nil {
		return nil, err
	}
	return losses.Total(append(pooled.Losses, losses.Term{Name: "task", Weight: 1, Node: task}))
}

// data is six rings (target −1) and six paths (target 1), of 4 to 9 nodes.
func data() (graphs []*modes.Host, targets []float64, err error) {
	for g := range 12 {
		n := 4 + g/2
		var row, col []int
		for i := range n {
			if j := (i + 1) % n; j > 0 || g%2 == 0 {
				row, col = append(row, i, j), append(col, j, i)
			}
		}
		h, err := modes.FromCOO(n, row, col, nil)
		if err != nil {
			return nil, nil, err
		}
		graphs, targets = append(graphs, h), append(targets, float64(2*(g%2)-1))
	}
	graphs, err = modes.WithOneHotDegrees(graphs, features-1)
	return graphs, targets, err
}

// model is everything in one expression graph.
func model() (sc *param.Scope, m mlp, loss *G.Node, err error) {
	graphs, targets, err := data()
	if err != nil {
		return nil, m, nil, err
	}
	store, err := param.NewStore(tensor.Float64, 1) // the weights of the pooling layer
	if err != nil {
		return nil, m, nil, err
	}
	g := G.NewGraph()
	in, err := modes.NewDisjoint(g, "graphs", graphs, tensor.Float64, modes.Budget{})
	if err != nil {
		return nil, m, nil, err
	}
	want := G.NewMatrix(g, tensor.Float64, G.WithName("want"), G.WithShape(len(targets), 1),
		G.WithValue(tensor.New(tensor.WithShape(len(targets), 1), tensor.WithBacking(targets))))
	sc, m = store.Scope(g, true), newMLP(g, in.X.Width(), 1)
	loss, err = m.loss(sc, in, want)
	return sc, m, loss, err
}

// byTrainer is the losses of steps of train.Trainer. Adopt makes the MLP's own
// nodes weights beside those of the layer.
func byTrainer(steps int) (values []float64, err error) {
	sc, m, loss, err := model()
	if err != nil {
		return nil, err
	}
	if err := sc.Adopt(param.Spec{}, m.nodes()...); err != nil {
		return nil, err
	}
	t, err := train.New(sc, loss, G.NewAdamSolver(G.WithLearnRate(rate)), train.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = t.Close() }()
	for range steps {
		v, err := t.Step()
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}

// byGorgonia is the same steps by Gorgonia alone: the weights of the layer are
// nodes as the others are.
func byGorgonia(steps int) (values []float64, err error) {
	sc, m, loss, err := model()
	if err != nil {
		return nil, err
	}
	weights := append(sc.Learnables(), m.nodes()...)
	if _, err := G.Grad(loss, weights...); err != nil {
		return nil, err
	}
	var now G.Value
	G.Read(loss, &now)
	vm := G.NewTapeMachine(sc.Graph(), G.BindDualValues(weights...))
	defer func() { _ = vm.Close() }()
	solver := G.NewAdamSolver(G.WithLearnRate(rate))
	for range steps {
		if err := vm.RunAll(); err != nil {
			return nil, err
		}
		values = append(values, now.Data().(float64))
		if err := solver.Step(G.NodesToValueGrads(weights)); err != nil {
			return nil, err
		}
		vm.Reset()
	}
	return values, nil
}

func run(w io.Writer, steps int) error {
	ours, err := byTrainer(steps)
	if err != nil {
		return err
	}
	theirs, err := byGorgonia(steps)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "step  Trainer  Gorgonia")
	for s := 0; s < steps; s += max(1, steps/5) {
		fmt.Fprintf(w, "%4d  %7.3f  %8.3f\n", s, ours[s], theirs[s])
	}
	return nil
}
