package layers

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// hostileScope is a scope and a graph that are in order.
func hostileScope(t *testing.T) (*param.Scope, modes.Graph) {
	store, err := param.NewStore(tensor.Float64, 1)
	require.NoError(t, err)
	g := G.NewGraph()
	p, _, err := ops.PatternFromCOO(4, 4, []int{0, 1, 1, 2, 2, 3}, []int{1, 0, 2, 1, 3, 2})
	require.NoError(t, err)
	x := tensor.New(tensor.WithShape(4, 3), tensor.WithBacking(make([]float64, 12)))
	in, err := modes.NewSingle(g, "g", &modes.Host{Nodes: 4, Pattern: p, X: x}, tensor.Float64)
	require.NoError(t, err)
	return store.Scope(g, true), in
}

// Every layer, on what nobody should give it, is an error and not a panic.
func TestHostileApply(t *testing.T) {
	for _, construct := range constructors() {
		l := construct()
		t.Run(l.Class(), func(t *testing.T) {
			none := reflect.Zero(reflect.TypeOf(l)).Interface().(Layer)
			literal := reflect.New(reflect.TypeOf(l).Elem()).Interface().(Layer)
			for name, bad := range map[string]Layer{"nil": none, "literal": literal} {
				sc, in := hostileScope(t)
				_, err := bad.Apply(sc, in)
				assert.Error(t, err, name)
				_, err = Sequence(sc, in, bad)
				assert.Error(t, err, name)
				_, err = NewStack(bad).Apply(sc, in)
				assert.Error(t, err, name)
			}
			if p, ok := none.(Pooler); ok {
				sc, in := hostileScope(t)
				_, err := Pool(p, sc, in)
				assert.Error(t, err)
			}
			for name, in := range hostileGraphs(t) {
				sc, _ := hostileScope(t)
				_, err := Sequence(sc, in, construct())
				if l.Class() != "stack" {
					assert.Error(t, err, name)
				}
			}
			_, in := hostileScope(t)
			for _, sc := range []*param.Scope{nil, {}, (*param.Store)(nil).Scope(nil, true), (&param.Store{}).Scope(G.NewGraph(), true)} {
				_, _ = construct().Apply(sc, in) // layers without weights need no store
			}
		})
	}
}

// hostileGraphs are graphs that no constructor makes.
func hostileGraphs(t *testing.T) map[string]modes.Graph {
	_, in := hostileScope(t)
	noGraphs, noX, scalar, sparse := in, in, in, in
	noGraphs.Graphs, noX.X, sparse.X = 0, modes.Features{}, modes.Features{Sparse: &ops.Sparse{}}
	scalar.X = modes.Features{Dense: G.NewScalar(G.NewGraph(), G.Float64, G.WithName("s"))}
	return map[string]modes.Graph{"zero": {}, "no graphs": noGraphs, "no X": noX, "scalar": scalar, "zero sparse": sparse}
}

// Counts of every layer that are negative or huge are errors.
func TestHostileCounts(t *testing.T) {
	for _, n := range []int{-1, math.MinInt64, 1 << 40, 1 << 61, math.MaxInt64} {
		for _, l := range []Classed{
			NewAsymCheegerCutPool(n), NewDMoNPool(n), NewDense(n), NewDiffPool(n), NewGCNConv(n), NewGCNSkipConv(n),
			NewGINConv(n), NewGINEConv(n), NewLEConv(n), NewChebConv(n, 2), NewChebConv(2, n), NewARMAConv(n), NewTAGConv(n), NewGTVConv(n), NewPANConv(n, 2), NewPANConv(2, n), NewGATConv(n, 2), NewGATConv(2, n), NewGATv2Conv(n, n), NewGraphConv(n), NewJustBalancePool(n), NewLaPool(n), NewMLP(n), NewMinCutPool(n),
			NewSAGEConv(n), NewSAGPool(float64(n)), NewSortPool(n), NewTopKPool(float64(n)), NewPANPool(float64(n)), NewASAPool(float64(n)),
		} {
			sc, in := hostileScope(t)
			_, err := l.Apply(sc, in)
			assert.Error(t, err, fmt.Sprintf("%s %d", l.Class(), n))
		}
	}
	_, err := Pool(nil, nil, modes.Graph{})
	assert.Error(t, err)
	_, err = GlobalLift(modes.Graph{}, nil)
	assert.Error(t, err)
}
