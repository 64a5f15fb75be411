package losses_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
	"pgregory.net/rapid"

	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

// connection is K_cd of the rows of the table.
func connection(c, d int) float64 {
	if c == d {
		return 1 + .1*float64(c)
	}
	return -.5 + .2*float64(c) - .15*float64(d)
}

func connections(k int) []float64 {
	x := make([]float64, k*k)
	for i := range x {
		x[i] = connection(i/k, i%k)
	}
	return x
}

func reconstructionRow() loss {
	return loss{
		loss: losses.NameReconstruction, needA: true, constantA: true, countsEntries: true,
		build: func(s *G.Node, g modes.Graph) (*G.Node, error) {
			if s == nil || s.Dims() < 2 {
				return losses.Reconstruction(s, nil, g, losses.ReconstructionOptions{})
			}
			k := s.Shape()[s.Dims()-1]
			return losses.Reconstruction(s, floats(s.Graph(), s.Dtype(), "connections", []int{k, k}, connections(k)), g, losses.ReconstructionOptions{})
		},
		of: func(x signal, k int) float64 { return reconstruction(x, k, connections(k)) },
		lo: constant(0), hi: constant(math.Inf(1)),
	}
}

// reconstruction is the weighted cross entropy, pair by pair.
func reconstruction(x signal, k int, between []float64) (sum float64) {
	a, n := x.dense(), float64(x.n)
	e := float64(len(x.w))
	w := math.Max(n*n-e, 1) / math.Max(e, 1)
	for i := range x.n {
		for j := range x.n {
			l := 0.
			for c := range k {
				for d := range k {
					l += x.s[i*k+c] * between[c*k+d] * x.s[j*k+d]
				}
			}
			if a[i*x.n+j] != 0 {
				sum += w * math.Log(1+math.Exp(-l))
			} else {
				sum += math.Log(1 + math.Exp(l))
			}
		}
	}
	return sum / (n * n)
}

// Six pairs of each triangle are linked and three are not; two pairs between
// them are linked and sixteen are not. 14 of 36 are, so that w = 22/14.
func TestReconstructionByHand(t *testing.T) {
	x := signal{twoTriangles(), hard(2, 0, 0, 0, 1, 1, 1)}
	yes, no, w := math.Log1p(math.Exp(-10)), math.Log1p(math.Exp(10)), 22./14
	want := (12*w*yes + 6*no + 2*w*no + 16*yes) / 36
	k := []float64{10, -10, -10, 10}
	requireClose(t, want, reconstruction(x, 2, k), 1e-14)
	l := reconstructionRow()
	l.build = func(s *G.Node, g modes.Graph) (*G.Node, error) {
		return losses.Reconstruction(s, floats(s.Graph(), s.Dtype(), "k", []int{2, 2}, k), g, losses.ReconstructionOptions{})
	}
	requireClose(t, want, run(t, l, tensor.Float64, single, 2, x).value, 1e-14)
	in := twoGraphs(t)
	_, err := losses.Reconstruction(in.s, in.s, in.Graph, losses.ReconstructionOptions{})
	assert.ErrorContains(t, err, "losses: reconstruction: the connections are ")
}

// Ten blocks of a hundred nodes, every pair of a block linked but no node to
// itself, and connections ±c: each block has 9,900 entries, and 100 pairs of
// nodes with themselves that have none. With a good fit the loss is small, the
// sums that it is not made of are large. In float32 it keeps its digits, and is
// not below 0.
func TestReconstructionOfAGoodFitInFloat32(t *testing.T) {
	const n, k, size = 1000, 10, 100
	x := signal{graph: graph{n: n}}
	var clusters []int
	for i := range n {
		clusters = append(clusters, i/size)
		for j := i / size * size; j < (i/size+1)*size; j++ {
			if i != j {
				x.row, x.col, x.w = append(x.row, i), append(x.col, j), append(x.w, 1)
			}
		}
	}
	looped := signal{graph: graph{n: n}, s: hard(k, clusters...)}
	for i := range n {
		for j := i / size * size; j < (i/size+1)*size; j++ {
			looped.row, looped.col, looped.w = append(looped.row, i), append(looped.col, j), append(looped.w, 1)
		}
	}
	x.s = looped.s
	for _, c := range []float64{2, 10, 12, 15} {
		between := make([]float64, k*k)
		for i := range between {
			if between[i] = -c; i%(k+1) == 0 {
				between[i] = c
			}
		}
		yes, no := math.Log1p(math.Exp(-c)), math.Log1p(math.Exp(c))
		l := reconstructionRow()
		l.build = func(s *G.Node, g modes.Graph) (*G.Node, error) {
			return losses.Reconstruction(s, floats(s.Graph(), s.Dtype(), "k", []int{k, k}, between), g, losses.ReconstructionOptions{})
		}
		all, e := float64(n*n), float64(len(looped.w))
		for _, lay := range []layout{single, {name: "dense", mode: modes.Disjoint, dense: true}} {
			want := ((all-e)/e*e*yes + (all-e)*yes) / all
			assert.InEpsilon(t, want, run(t, l, tensor.Float32, lay, k, looped).value, 1e-5, "c = %v, %s", c, lay.name)
			assert.InEpsilon(t, want, run(t, l, tensor.Float64, lay, k, looped).value, 1e-12, "c = %v, %s", c, lay.name)
			entries := float64(len(x.w))
			want = ((all-entries)*yes + n*no + (all-entries-n)*yes) / all
			assert.InEpsilon(t, want, run(t, l, tensor.Float32, lay, k, x).value, 1e-5, "c = %v, %s, no loops", c, lay.name)
		}
	}
}

// The gradient to the connections.
func TestReconstructionGradientToConnections(t *testing.T) {
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Inputs: []gradcheck.Input{{Name: "k", Value: tensor.New(tensor.WithShape(3, 3), tensor.WithBacking(connections(3)))}},
		Build: func(g *G.ExprGraph, k G.Nodes) (G.Nodes, error) {
			in, err := layout{mode: modes.Disjoint}.lay(g, tensor.Float64, 3, someSignals(3)[:3])
			if err != nil {
				return nil, err
			}
			return gradcheck.One(losses.Reconstruction(in.s, k[0], in.Graph, losses.ReconstructionOptions{}))
		},
		Params: func(name string) bool { return name != "a" },
	}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
}

// posterior is the loss of graphs of two rows each, the second of them padding,
// with two fractions a node.
func posterior(t require.TestingT, g *G.ExprGraph, alpha, beta []float64, ids []int, graphs int, c float64) *G.Node {
	rows := len(ids)
	in := modes.Graph{Mode: modes.Disjoint, Graphs: graphs, IDs: labelNode(g, ids)}
	in.X.Dense = matrix(g, "x", rows, 1, make([]float64, rows))
	n, err := losses.PosteriorDivergence(matrix(g, "alpha", rows, len(alpha)/rows, alpha), matrix(g, "beta", rows, len(alpha)/rows, beta), in, c)
	require.NoError(t, err)
	return n
}

// KL(Beta(2, 1) ‖ Beta(1, 1)) is log 2 − ½, over n² of each graph.
func TestPosteriorDivergenceByHand(t *testing.T) {
	n := posterior(t, G.NewGraph(), []float64{2, 1, 1, 2, 9, 9}, []float64{1, 1, 1, 1, 9, 9}, []int{0, 0, -1}, 2, 1)
	vm := G.NewTapeMachine(n.Graph())
	defer vm.Close()
	require.NoError(t, vm.RunAll())
	assert.InDelta(t, 2*(math.Ln2-.5)/4, elements(n.Value())[0], 1e-14)
}

// It is at least 0, and the mean over the graphs that have nodes.
func TestPosteriorDivergenceProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(.01, 30), 8, 8).Draw(t, "parameters")
		c := rapid.SampledFrom([]float64{.1, 1, 10}).Draw(t, "concentration")
		value := func(alpha, beta []float64, ids []int, graphs int) float64 {
			n := posterior(t, G.NewGraph(), append([]float64{}, alpha...), append([]float64{}, beta...), ids, graphs, c)
			vm := G.NewTapeMachine(n.Graph())
			defer vm.Close()
			require.NoError(t, vm.RunAll())
			return elements(n.Value())[0]
		}
		all := value(x[:4], x[4:], []int{0, 2}, 3)
		require.GreaterOrEqual(t, all, -1e-12)
		requireClose(t, (value(x[:2], x[4:6], []int{0}, 1)+value(x[2:4], x[6:], []int{0}, 1))/2, all, 1e-12)
	})
}

func TestPosteriorDivergenceGradient(t *testing.T) {
	mat := func(x ...float64) G.Value {
		return tensor.New(tensor.WithShape(3, 2), tensor.WithBacking(x))
	}
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Inputs: []gradcheck.Input{{Name: "alpha", Value: mat(2, 1, .5, 3, 1, 1)}, {Name: "beta", Value: mat(1, 4, .7, 3, 1, 1)}},
		Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			graph := modes.Graph{Mode: modes.Disjoint, Graphs: 2, IDs: labelNode(g, []int{0, 1, -1})}
			graph.X.Dense = in[0]
			return gradcheck.One(losses.PosteriorDivergence(in[0], in[1], graph, 1.5))
		},
	}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
}

func TestPosteriorDivergenceRefusals(t *testing.T) {
	g := G.NewGraph()
	x := matrix(g, "x", 2, 1, []float64{1, 1})
	in := modes.Graph{Mode: modes.Disjoint, Graphs: 1, IDs: labelNode(g, []int{0, 0})}
	in.X.Dense = x
	_, err := losses.PosteriorDivergence(nil, x, in, 1)
	assert.EqualError(t, err, "losses: posterior_divergence: alpha or beta is nil, want a node")
	_, err = losses.PosteriorDivergence(in.IDs, x, in, 1)
	assert.ErrorContains(t, err, "alpha has shape (2)")
	_, err = losses.PosteriorDivergence(x, x, in, 0)
	assert.ErrorContains(t, err, "c = 0, want a number above 0")
	_, err = losses.PosteriorDivergence(x, matrix(g, "y", 2, 2, []float64{1, 1, 1, 1}), in, 1)
	assert.ErrorContains(t, err, "want (2, 1)")
}

// prior is the loss of connections and of graphs of n nodes each.
func prior(t require.TestingT, g *G.ExprGraph, k []float64, o losses.PriorOptions, nodes ...int) *G.Node {
	var ids []int
	for b, n := range nodes {
		for range n {
			ids = append(ids, b)
		}
	}
	in := modes.Graph{Mode: modes.Disjoint, Graphs: len(nodes), IDs: labelNode(g, ids)}
	in.X.Dense = matrix(g, "x", len(ids), 1, make([]float64, len(ids)))
	size := int(math.Sqrt(float64(len(k))))
	n, err := losses.ConnectivityPrior(matrix(g, "k", size, size, k), in, o)
	require.NoError(t, err)
	return n
}

// Off by 1, 2, 0 and 2: 9/(2·½), times (1/4 + 1/1)/2, and once per batch half of
// it.
func TestConnectivityPriorByHand(t *testing.T) {
	for once, want := range map[bool]float64{false: 9 * (.25 + 1) / 2, true: 9 * (.25 + 1) / 4} {
		n := prior(t, G.NewGraph(), []float64{4, -1, -3, 5}, losses.PriorOptions{Mean: 3, Variance: .5, OncePerBatch: once}, 2, 0, 1)
		vm := G.NewTapeMachine(n.Graph())
		require.NoError(t, vm.RunAll())
		assert.InDelta(t, want, elements(n.Value())[0], 1e-14)
		require.NoError(t, vm.Close())
	}
}

// It is 0 at its mean, and grows with the square of the distance.
func TestConnectivityPriorProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mean := rapid.Float64Range(-5, 5).Draw(t, "mean")
		far := rapid.SliceOfN(rapid.Float64Range(-2, 2), 4, 4).Draw(t, "distance")
		value := func(by float64) float64 {
			k := []float64{mean + by*far[0], -mean + by*far[1], -mean + by*far[2], mean + by*far[3]}
			n := prior(t, G.NewGraph(), k, losses.PriorOptions{Mean: mean, Variance: 2}, 3, 1)
			vm := G.NewTapeMachine(n.Graph())
			defer vm.Close()
			require.NoError(t, vm.RunAll())
			return elements(n.Value())[0]
		}
		require.Zero(t, value(0))
		requireClose(t, 9*value(1), value(3), 1e-9)
	})
}

func TestConnectivityPriorGradient(t *testing.T) {
	assert.NoError(t, gradcheck.Check(gradcheck.Case{
		Inputs: []gradcheck.Input{{Name: "k", Value: tensor.New(tensor.WithShape(3, 3), tensor.WithBacking(connections(3)))}},
		Build: func(g *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			graph := modes.Graph{Mode: modes.Disjoint, Graphs: 2, IDs: labelNode(g, []int{0, 1, 1})}
			graph.X.Dense = matrix(g, "x", 3, 1, make([]float64, 3))
			return gradcheck.One(losses.ConnectivityPrior(in[0], graph, losses.PriorOptions{Mean: 2, Variance: .5}))
		},
		Params: func(name string) bool { return name != "x" },
	}, gradcheck.Options{VMs: []gradcheck.VM{gradcheck.Tape}}))
}

// The priors read no features: ids, features or A tell how many nodes there are,
// and it is an error where nothing does.
func TestPriorsOfGraphsWithoutFeatures(t *testing.T) {
	pattern, _, err := ops.PatternFromCOO(1, 1, []int{0}, []int{0})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		graph func(g *G.ExprGraph) modes.Graph
		err   string
	}{
		"A": {graph: func(g *G.ExprGraph) modes.Graph {
			p, err := ops.NewPatternNode(g, "pattern", pattern)
			require.NoError(t, err)
			return modes.Graph{Graphs: 1, A: modes.SparseAdj{Sparse: ops.Sparse{Pattern: p, Rows: 1, Cols: 1, Capacity: 1}}}
		}},
		"ids": {graph: func(g *G.ExprGraph) modes.Graph {
			return modes.Graph{Mode: modes.Disjoint, Graphs: 2, IDs: labelNode(g, []int{1})}
		}},
		"features": {graph: func(g *G.ExprGraph) modes.Graph {
			in := modes.Graph{Graphs: 1}
			in.X.Dense = matrix(g, "x", 1, 1, []float64{7})
			return in
		}},
		"nothing":        {graph: func(*G.ExprGraph) modes.Graph { return modes.Graph{Graphs: 1} }, err: "the graph has no ids, features or adjacency"},
		"no graphs":      {graph: func(*G.ExprGraph) modes.Graph { return modes.Graph{} }, err: "there are 0 graphs, want at least 1"},
		"graphs, no ids": {graph: func(*G.ExprGraph) modes.Graph { return modes.Graph{Graphs: 2} }, err: "2 graphs without ids"},
	} {
		t.Run(name, func(t *testing.T) {
			g := G.NewGraph()
			in := c.graph(g)
			k, alpha, beta := matrix(g, "k", 1, 1, []float64{2}), matrix(g, "alpha", 1, 1, []float64{2}), matrix(g, "beta", 1, 1, []float64{1})
			prior, errPrior := losses.ConnectivityPrior(k, in, losses.PriorOptions{Mean: 1, Variance: .5})
			posterior, errPosterior := losses.PosteriorDivergence(alpha, beta, in, 1)
			if c.err != "" {
				assert.ErrorContains(t, errPrior, "losses: connectivity_prior: "+c.err)
				assert.ErrorContains(t, errPosterior, "losses: posterior_divergence: "+c.err)
				return
			}
			require.NoError(t, errPrior)
			require.NoError(t, errPosterior)
			vm := G.NewTapeMachine(g)
			defer vm.Close()
			require.NoError(t, vm.RunAll())
			assert.InDelta(t, 1, elements(prior.Value())[0], 1e-14)
			assert.InDelta(t, math.Ln2-.5, elements(posterior.Value())[0], 1e-14)
		})
	}
}

func TestConnectivityPriorRefusals(t *testing.T) {
	in := twoGraphs(t)
	_, err := losses.ConnectivityPrior(in.s, in.Graph, losses.PriorOptions{Mean: 1, Variance: 1})
	assert.EqualError(t, err, "losses: connectivity_prior: the connections are no node of shape K×K")
	_, err = losses.ConnectivityPrior(matrix(in.s.Graph(), "k", 1, 1, []float64{1}), in.Graph, losses.PriorOptions{Mean: 1})
	assert.EqualError(t, err, "losses: connectivity_prior: variance = 0, want above 0")
}
