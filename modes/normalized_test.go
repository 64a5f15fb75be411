package modes

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops"
	"github.com/graphpool/graphpool/ops/gradcheck"
)

func normalizations() []Normalization {
	var all []Normalization
	for _, k := range []Kind{Symmetric, RandomWalk, Unnormalized} {
		for _, loops := range []bool{false, true} {
			for _, eps := range []float64{0, 1e-7, 0.25} {
				all = append(all, Normalization{SelfLoops: loops, Kind: k, Eps: eps})
			}
		}
	}
	return all
}

// normal is the formula of Normalization in plain loops.
func normal(a [][]float64, n Normalization) []float64 {
	if n.SelfLoops {
		for i := range a {
			a[i][i]++
		}
	}
	inv := make([]float64, len(a))
	for i := range a {
		for _, v := range a[i] {
			inv[i] += v
		}
		inv[i] = n.factor(inv[i])
	}
	var out []float64
	for i := range a {
		for j, v := range a[i] {
			switch n.Kind {
			case Symmetric:
				v *= inv[i] * inv[j]
			case RandomWalk:
				v *= inv[i]
			}
			out = append(out, v)
		}
	}
	return out
}

func TestNormalizationByHand(t *testing.T) {
	a := func() [][]float64 { return [][]float64{{0, 1, 0}, {1, 0, 0}, {0, 0, 0}} }
	assert.Equal(t, []float64{0, 1, 0, 1, 0, 0, 0, 0, 0}, normal(a(), Normalization{}))
	assert.InDeltaSlice(t, []float64{0.5, 0.5, 0, 0.5, 0.5, 0, 0, 0, 1}, normal(a(), GCN()), 1e-15)
	assert.InDeltaSlice(t, []float64{0, 0.5, 0, 0.5, 0, 0, 0, 0, 0}, normal(a(), Normalization{Kind: RandomWalk, Eps: 1}), 1e-15)
	directed := [][]float64{{0, 4}, {0, 0}} // node 1 has degree 0: no 1/ε
	assert.Equal(t, []float64{0, 0, 0, 0}, normal(directed, Normalization{Eps: 1}))
	// The path 0–1–2–3 of weights −3, 1, 2 with self loops has degrees −2, −1,
	// 4 and 3: the first two give a factor of 0, not 1/ε.
	r := 1 / math.Sqrt(12)
	assert.InDeltaSlice(t, []float64{
		0, 0, 0, 0,
		0, 0, 0, 0,
		0, 0, 0.25, 2 * r,
		0, 0, 2 * r, 1. / 3,
	}, normal(signed(), Normalization{SelfLoops: true, Eps: 1e-9}), 1e-8)
}

// signed is a path with a weight below 0.
func signed() [][]float64 {
	return [][]float64{{0, -3, 0, 0}, {-3, 0, 1, 0}, {0, 1, 0, 2}, {0, 0, 2, 0}}
}

// On the host and as nodes, sparse and dense, the same.
func TestNormalizedIsNormalize(t *testing.T) {
	graphs := singles()
	graphs["directed"] = need[*Host](t)(FromCOO(3, []int{0, 0, 1}, []int{1, 2, 2}, nil))
	graphs["directed"].X = numbered(3, 1)
	graphs["directed and weighted"] = weighted(graphs["directed"])
	graphs["signed"] = need[*Host](t)(FromCOO(4, []int{0, 1, 1, 2, 2, 3}, []int{1, 0, 2, 1, 3, 2}, []float64{-3, -3, 1, 1, 2, 2}))
	graphs["signed"].X = numbered(4, 1)
	graphs["signed dense"] = &Host{Nodes: 4, X: numbered(4, 1), DenseA: denseOf(slices.Concat(signed()...), 4, 4)}
	for name, h := range graphs {
		for _, n := range normalizations() {
			t.Run(fmt.Sprint(name, "/", n), func(t *testing.T) {
				want := normal(matrix(h), n)
				got := need[*Host](t)(h.Normalized(n))
				var host []float64
				for _, row := range matrix(got) {
					host = append(host, row...)
				}
				assert.InDeltaSlice(t, want, host, 1e-12, "on the host")
				assert.Equal(t, featuresOf(h), featuresOf(got), "the features stay")

				in := need[Graph](t)(NewSingle(G.NewGraph(), "graph", h, tensor.Float64))
				in.A = need[Adj](t)(in.A.Normalize(in.X.Like(), n))
				dense := need[Graph](t)(in.DenseA())
				assert.InDeltaSlice(t, want, eval(t, dense.A.(DenseAdj).Node)[0], 1e-12, "as nodes")
			})
		}
	}
}

func TestNormalizedKeepsWhatWasGiven(t *testing.T) {
	h := weighted(path(3, 1))
	h.E, h.X = numbered(4, 2), nil
	n := need[*Host](t)(h.Normalized(GCN()))
	assert.Equal(t, []float64{1, 2, 3, 4}, h.Weights)
	assert.Same(t, h.Pattern, n.SparseX.Pattern, "the rows of the adjacency stay the features")
	assert.Equal(t, []float64{0.4, 0.8, 1.2, 1.6}, n.SparseX.Values, "over their mean, 2.5")
	assert.Equal(t, []float64{0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 0}, elements[float64](n.E))
	n = need[*Host](t)((&Host{Nodes: 2}).Normalized(GCN()))
	assert.Equal(t, []float64{1, 1}, featuresOf(n))
	assert.Nil(t, n.SparseX)
	n = need[*Host](t)((&Host{}).Normalized(GCN()))
	assert.Equal(t, &Host{}, n)
	for _, c := range []struct {
		h    *Host
		n    Normalization
		want string
	}{
		{nil, GCN(), "modes: a nil graph"},
		{h, Normalization{Kind: 7}, "modes: Normalization.Kind = 7, want Symmetric, RandomWalk or None"},
		{h, Normalization{Eps: -1}, "modes: Normalization.Eps = -1, want at least 0"},
	} {
		_, err := c.h.Normalized(c.n)
		assert.EqualError(t, err, c.want)
	}
}

// The gradient reaches the weights through the degrees.
func TestNormalizeGradients(t *testing.T) {
	row, col, w := []int{0, 1, 1, 2, 0}, []int{1, 0, 1, 0, 2}, []float64{2, 3, 0.5, 1, 1.5}
	h := need[*Host](t)(FromCOO(4, row, col, w))
	// No row of a dense matrix is empty: its elements would be on the kink of √d.
	full := need[*Host](t)(FromCOO(4, append(row, 3), append(col, 1), append(w, 0.75)))
	sparse := normalizeCase{h, []gradcheck.Input{{Name: "pattern", Value: h.Pattern}, {Name: "w", Value: denseOf(h.Weights, 5)}}, func(in G.Nodes) Adj {
		return SparseAdj{Sparse: ops.Sparse{Pattern: in[0], Weights: in[1], Rows: 4, Cols: 4, Capacity: 5}}
	}}
	dense := normalizeCase{full, []gradcheck.Input{{Name: "a", Value: densely(full).DenseA}}, func(in G.Nodes) Adj { return DenseAdj{Node: in[0]} }}
	for _, n := range normalizations() {
		assert.NoError(t, sparse.check("sparse", n))
		assert.NoError(t, dense.check("dense", n))
	}
}

// normalizeCase is an adjacency as inputs.
type normalizeCase struct {
	h   *Host
	in  []gradcheck.Input
	adj func(in G.Nodes) Adj
}

// check multiplies the normalised adjacency by 1, 2, 3, …
func (c normalizeCase) check(name string, n Normalization) error {
	flat, want := normal(matrix(c.h), n), make([]float64, 8)
	for i, w := range flat {
		want[i/4*2] += w * float64(i%4*2+1)
		want[i/4*2+1] += w * float64(i%4*2+2)
	}
	return gradcheck.Check(gradcheck.Case{
		Name:   fmt.Sprint(name, n),
		Inputs: append(append([]gradcheck.Input{}, c.in...), gradcheck.Input{Name: "x", Value: numbered(4, 2)}),
		Build: func(_ *G.ExprGraph, in G.Nodes) (G.Nodes, error) {
			x := in[len(in)-1]
			a, err := c.adj(in).Normalize(x, n)
			if err != nil {
				return nil, err
			}
			return gradcheck.One(a.Mul(x))
		},
		Forward: func([]G.Value) ([][]float64, error) { return [][]float64{want}, nil },
	}, gradcheck.Options{})
}
