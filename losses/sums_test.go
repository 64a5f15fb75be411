package losses_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/losses"
)

// sumsOf is the sums of a graph by their definition, as nodes of a graph g.
func sumsOf(g *G.ExprGraph, x signal, k int) losses.SumNodes {
	d := x.degrees()
	twoM, stored, links, spread := 0., 0., 0., 0.
	inside, volumes, sizes, squares, gram := make([]float64, k), make([]float64, k), make([]float64, k), make([]float64, k), make([]float64, k*k)
	for e, w := range x.w {
		twoM, stored, links = twoM+w, stored+1, links+w*w
		for c := range k {
			inside[c] += w * x.s[x.row[e]*k+c] * x.s[x.col[e]*k+c]
		}
	}
	for i := range x.n {
		row := x.s[i*k : (i+1)*k]
		for c, v := range row {
			volumes[c] += d[i] * v
			sizes[c] += v
			squares[c] += v * v
			spread += d[i] * v * v
			for l, w := range row {
				gram[c*k+l] += v * w
			}
		}
	}
	node := func(name string, x []float64, shape ...int) *G.Node { return floats(g, tensor.Float64, name, shape, x) }
	return losses.SumNodes{
		Nodes: node("nodes", []float64{float64(x.n)}, 1), TwoM: node("twoM", []float64{twoM}, 1),
		Stored: node("stored", []float64{stored}, 1), Links: node("links", []float64{links}, 1), Spread: node("spread", []float64{spread}, 1),
		Inside: node("inside", inside, 1, k), Volumes: node("volumes", volumes, 1, k), Sizes: node("sizes", sizes, 1, k),
		Squares: node("squares", squares, 1, k), Gram: node("gram", gram, 1, k, k),
	}
}

// bySums is the losses that are functions of sums, by the row of the table that
// has their definition.
func bySums() map[string]func(losses.Sums) (*G.Node, error) {
	link := func(o losses.LinkOptions) func(losses.Sums) (*G.Node, error) {
		return func(x losses.Sums) (*G.Node, error) { return x.LinkPrediction(o) }
	}
	return map[string]func(losses.Sums) (*G.Node, error){
		"modularity":                   func(x losses.Sums) (*G.Node, error) { return x.Modularity(losses.TwoM) },
		"modularity by stored entries": func(x losses.Sums) (*G.Node, error) { return x.Modularity(losses.TwiceStored) },
		"cluster":                      func(x losses.Sums) (*G.Node, error) { return x.Cluster(losses.CountNodes) },
		"cluster by padded rows":       func(x losses.Sums) (*G.Node, error) { return x.Cluster(losses.CountRows) },
		"orthogonality":                losses.Sums.Orthogonality,
		"balance":                      losses.Sums.Balance,
		"normalized_balance":           losses.Sums.NormalizedBalance,
		"cut":                          losses.Sums.MinCut,
		"link":                         link(losses.LinkOptions{}),
		"link, one norm":               link(losses.LinkOptions{WholeBatch: true}),
		"link by entries":              link(losses.LinkOptions{PerEntry: true}),
		"link by pairs":                link(losses.LinkOptions{PerPair: true}),
	}
}

// From the sums a loss has the value of its definition, and it has the bits of
// the function of its name where the sums are those of an assignment.
func TestLossesOfSums(t *testing.T) {
	const k = 3
	rows := map[string]loss{}
	for _, l := range table() {
		rows[l.name()] = l
	}
	for name, of := range bySums() {
		l, ok := rows[name]
		require.True(t, ok, name)
		for _, x := range someSignals(k) {
			g := G.NewGraph()
			n, err := of(losses.SumsFrom(sumsOf(g, x, k)))
			require.NoError(t, err)
			want := 0.
			if x.n > 0 {
				want = l.of(x, k)
			}
			assert.InDelta(t, want, evaluated(t, n), 1e-12, "%s of %d nodes", name, x.n)
			if x.n == 0 {
				continue
			}
			g = G.NewGraph()
			in, err := single.lay(g, tensor.Float64, k, []signal{x})
			require.NoError(t, err)
			a, err := l.build(in.s, in.Graph)
			require.NoError(t, err)
			b, err := of(losses.SumsOf(in.s, in.Graph))
			require.NoError(t, err)
			assert.Equal(t, evaluated(t, a), evaluated(t, b), name)
		}
	}
}

// evaluated is the value of a scalar.
func evaluated(t *testing.T, n *G.Node) float64 {
	t.Helper()
	var v G.Value
	read := G.Read(n, &v)
	vm := G.NewTapeMachine(n.Graph().SubgraphRoots(read))
	defer func() { _ = vm.Close() }()
	require.NoError(t, vm.RunAll())
	return elements(v)[0]
}

func TestLossesOfSumsRefuse(t *testing.T) {
	all := sumsOf(G.NewGraph(), someSignals(2)[0], 2)
	lacking := map[string]func(n *losses.SumNodes){
		"Links": func(n *losses.SumNodes) { n.Links = nil }, "Inside": func(n *losses.SumNodes) { n.Inside = nil },
		"Volumes": func(n *losses.SumNodes) { n.Volumes = nil }, "Sizes": func(n *losses.SumNodes) { n.Sizes = nil },
		"Squares": func(n *losses.SumNodes) { n.Squares = nil }, "Gram": func(n *losses.SumNodes) { n.Gram = nil },
		"Spread": func(n *losses.SumNodes) { n.Spread = nil }, "TwoM": func(n *losses.SumNodes) { n.TwoM = nil },
		"Stored": func(n *losses.SumNodes) { n.Stored = nil },
	}
	for loss, reads := range map[string][]string{
		"modularity": {"TwoM", "Inside", "Volumes"}, "modularity by stored entries": {"Stored"}, "cluster": {"Sizes"},
		"orthogonality": {"Gram"}, "balance": {"Squares"}, "normalized_balance": {"Squares"}, "cut": {"Inside", "Spread"},
		"link": {"Links", "Inside", "Gram"},
	} {
		for _, name := range reads {
			n := all
			lacking[name](&n)
			_, err := bySums()[loss](losses.SumsFrom(n))
			assert.ErrorContains(t, err, "the sums have no "+name+", want a node", loss)
		}
		_, err := bySums()[loss](losses.SumsFrom(losses.SumNodes{}))
		assert.ErrorContains(t, err, "the sums are empty, want Nodes", loss)
		_, err = bySums()[loss](losses.Sums{})
		assert.ErrorContains(t, err, "the assignment is nil, want a node", loss)
	}
	_, err := losses.SumsFrom(all).Modularity(7)
	assert.EqualError(t, err, "losses: modularity: Normalizer = 7, want TwoM or TwiceStored")
	_, err = losses.SumsFrom(all).Cluster(7)
	assert.EqualError(t, err, "losses: cluster: Count = 7, want CountNodes or CountRows")
}
