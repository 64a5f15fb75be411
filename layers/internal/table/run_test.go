package table_test

import (
	"errors"
	"fmt"
	"math/rand/v2"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// tableRun is a layer built into an expression graph.
type tableRun struct {
	g   *G.ExprGraph
	sc  *param.Scope
	in  modes.Graph
	out layers.Output
	// Of the output: A as a matrix of all its rows, nil where the layer has
	// none or passes its input on.
	a *G.Node
	// Lift of the output's features, where the layer is a pooler.
	lift *G.Node
	// The values of what the layer gives, once evaluated.
	inIDs, outIDs, index      []int
	cluster                   []int
	x, adj, s, score, lossesV []float64
	lifted                    []float64
}

// tableBuild applies a layer to graphs in a layout.
func tableBuild(l layers.Layer, store *param.Store, lay tableLayout, graphs []*modes.Host, training bool) (*tableRun, error) {
	r := &tableRun{g: G.NewGraph()}
	var err error
	if r.in, err = lay.build(r.g, store.Dtype(), graphs); err != nil {
		return nil, err
	}
	return r, r.apply(l, store, training)
}

func (r *tableRun) apply(l layers.Layer, store *param.Store, training bool) (err error) {
	r.sc = store.Scope(r.g, training)
	if r.out, err = l.Apply(r.sc, r.in); err != nil {
		return err
	}
	if err := r.out.Check(); err != nil {
		return fmt.Errorf("the output: %w", err)
	}
	if _, stack := l.(*layers.Stack); stack {
		r.out.Selection = layers.Selection{} // of another graph than in
	}
	if r.out.A != nil && r.out.A != r.in.A {
		if r.a, err = tableMatrix(r.out.Graph); err != nil {
			return err
		}
	}
	if p, ok := l.(layers.Pooler); ok {
		if r.lift, err = p.Lift(r.in, r.out.Selection, r.out.X.Dense); err != nil {
			return err
		}
		if x := r.in.X.Dense; x != nil && !x.Shape()[:x.Dims()-1].Eq(r.lift.Shape()[:r.lift.Dims()-1]) {
			return fmt.Errorf("lifted features of shape %v, want rows as in %v", r.lift.Shape(), x.Shape())
		}
	}
	return nil
}

// tableMatrix is the adjacency of all rows as one matrix: A·I.
func tableMatrix(g modes.Graph) (*G.Node, error) {
	n := g.Rows()
	if g.A.Rows() != n {
		return nil, fmt.Errorf("the adjacency has %d rows and X %d", g.A.Rows(), n)
	}
	shape := append(g.X.Dense.Shape().Clone()[:g.X.Dense.Dims()-1], n)
	eye := make([]float64, n*n)
	for i := range n {
		eye[i*n+i] = 1
	}
	return g.A.Mul(layertest.Node(g.X.Dense.Graph(), g.X.Dense.Dtype(), tableEye, shape, eye))
}

const tableEye = "table/eye"

// floats is the nodes of the output that have values to compare: X, A, S, the
// score, the features lifted and the losses.
func (r *tableRun) floats() (ns G.Nodes) {
	for _, n := range append(G.Nodes{r.out.X.Dense, r.a, r.out.Selection.Assignment, r.out.Selection.Score, r.lift}, r.lossNodes()...) {
		if n != nil {
			ns = append(ns, n)
		}
	}
	return ns
}

func (r *tableRun) lossNodes() (ns G.Nodes) {
	for _, l := range r.out.Losses {
		ns = append(ns, l.Node)
	}
	return ns
}

// evaluate computes what the layer gives.
func (r *tableRun) evaluate() (err error) {
	ints := map[*G.Node]*[]int{r.in.IDs: &r.inIDs, r.out.IDs: &r.outIDs, r.out.Selection.Index: &r.index, r.out.Selection.Cluster: &r.cluster}
	floats := map[*G.Node][]*[]float64{}
	for n, to := range map[*[]float64]*G.Node{&r.x: r.out.X.Dense, &r.adj: r.a, &r.s: r.out.Selection.Assignment, &r.score: r.out.Selection.Score, &r.lifted: r.lift} {
		floats[to] = append(floats[to], n)
	}
	r.lossesV = make([]float64, len(r.out.Losses))
	nodes := r.floats()
	for n := range ints {
		if n != nil {
			nodes = append(nodes, n)
		}
	}
	values, err := train.Forward(nodes...)
	if err != nil {
		return err
	}
	for i, n := range nodes {
		if to := ints[n]; to != nil {
			*to = values[i].Data().([]int)
			continue
		}
		v, err := layertest.Floats(values[i])
		if err != nil {
			return err
		}
		for _, to := range floats[n] {
			*to = v
		}
		for k, l := range r.out.Losses {
			if l.Node == n {
				r.lossesV[k] = v[0]
			}
		}
	}
	if r.in.IDs != nil && r.in.IDs == r.out.IDs {
		r.inIDs, r.outIDs = tableOr(r.inIDs, r.outIDs), tableOr(r.inIDs, r.outIDs)
	}
	return nil
}

func tableOr(a, b []int) []int {
	if a != nil {
		return a
	}
	return b
}

// tableStore is weights for a layer, none of them the constants that biases
// and scales start as.
func tableStore(l layers.Layer, dt tensor.Dtype, seed uint64, lay tableLayout) (*param.Store, error) {
	store, err := param.NewStore(dt, seed)
	if err != nil {
		return nil, err
	}
	if _, err := tableBuild(l, store, lay, lay.input(), true); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(seed, 11))
	for p := range store.All() {
		tableJitter(rng, p.Tensor)
	}
	return store, nil
}

// tableJitter raises values that are all equal by a random share each.
func tableJitter(rng *rand.Rand, t *tensor.Dense) {
	switch w := t.Data().(type) {
	case []float64:
		jitter(rng, w)
	case []float32:
		jitter(rng, w)
	}
}

func jitter[T ops.Float](rng *rand.Rand, w []T) {
	for _, v := range w {
		if v != w[0] {
			return
		}
	}
	for i := range w {
		w[i] += T(0.1 + 0.4*rng.Float64())
	}
}

// tableEvaluate builds and evaluates.
func tableEvaluate(l layers.Layer, store *param.Store, lay tableLayout, graphs []*modes.Host, training bool) (*tableRun, error) {
	r, err := tableBuild(l, store, lay, graphs, training)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", lay.name, err)
	}
	return r, r.guarded(lay.name)
}

func (r *tableRun) guarded(name string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.Join(err, fmt.Errorf("%s: panic: %v", name, p))
		}
	}()
	if err := r.evaluate(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
