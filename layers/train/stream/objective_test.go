package stream_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/losses"
)

// someSums is sums of two clusters that no loss is at an edge of.
func someSums() stream.Sums {
	return stream.Sums{
		Nodes: 6, TwoM: 14, Stored: 14, Links: 14, Spread: 9,
		Inside: []float64{5, 3}, Volumes: []float64{8, 6}, Sizes: []float64{3.5, 2.5}, Squares: []float64{2.5, 1.5},
		Gram: []float64{2.5, 1, 1, 1.5},
	}
}

// Values worked by hand, and derivatives by central differences.
func TestObjective(t *testing.T) {
	s := someSums()
	for name, row := range map[string]struct {
		pooler       layers.SumPooler
		total        float64
		edges, first bool
		wants        stream.Wants
	}{
		"dmon": {
			poolers()["dmon without orthogonality"](), -(5./14 - 64./196) - (3./14 - 36./196) + math.Sqrt(5)/6*math.Sqrt(3.5*3.5+2.5*2.5) - 1 - 0,
			true, false,
			stream.Wants{Products: true},
		},
		"justbalance": {layers.NewJustBalancePool(2), -(math.Sqrt(2.5) + math.Sqrt(1.5)) / math.Sqrt(12), false, false, stream.Wants{Products: true}},
		"mincut":      {layers.NewMinCutPool(2), math.NaN(), true, true, stream.Wants{Products: true, Spread: true}},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "dmon" { // two clusters here
				row.pooler = layers.NewDMoNPool(2)
				row.total = -(5./14 - 64./196) - (3./14 - 36./196) + math.Sqrt2/6*math.Hypot(3.5, 2.5) - 1
			}
			o, err := stream.NewObjective(row.pooler, 2, nil)
			require.NoError(t, err)
			defer func() { assert.NoError(t, o.Close()) }()
			assert.Equal(t, row.edges, o.ReadsEdges())
			assert.Equal(t, row.first, o.EdgesFirst())
			assert.Equal(t, row.wants, o.Wants())
			at, err := o.At(s)
			require.NoError(t, err)
			if name == "mincut" {
				norm := math.Sqrt(2.5*2.5 + 2 + 1.5*1.5)
				a, b, c := 2.5/norm-1/math.Sqrt2, 1.5/norm-1/math.Sqrt2, 1/norm
				row.total = -8./9 + math.Sqrt(a*a+b*b+2*c*c)
			}
			assert.InDelta(t, row.total, at.Total, 1e-14)
			assert.Len(t, at.Values, len(o.Names))
			for _, x := range []struct{ of, by []float64 }{
				{s.Inside, at.By.Inside}, {s.Volumes, at.By.Volumes}, {s.Sizes, at.By.Sizes}, {s.Squares, at.By.Squares}, {s.Gram, at.By.Gram},
			} {
				for i := range x.of {
					assert.InDelta(t, slope(t, o, &s, &x.of[i]), x.by[i], 1e-8)
				}
			}
			assert.InDelta(t, slope(t, o, &s, &s.Spread), at.By.Spread, 1e-8)
		})
	}
}

// slope is the derivative of the total with respect to a number of s.
func slope(t *testing.T, o *stream.Objective, s *stream.Sums, at *float64) float64 {
	t.Helper()
	const h = 1e-5
	was := *at
	*at = was + h
	up, err := o.At(*s)
	require.NoError(t, err)
	*at = was - h
	down, err := o.At(*s)
	require.NoError(t, err)
	*at = was
	return (up.Total - down.Total) / (2 * h)
}

func TestObjectiveWeighs(t *testing.T) {
	weigh := func(_ *G.ExprGraph, terms []losses.Term) error {
		for i := range terms {
			terms[i].Weight = float64(i)
		}
		return nil
	}
	o, err := stream.NewObjective(layers.NewDMoNPool(2), 2, weigh)
	require.NoError(t, err)
	at, err := o.At(someSums())
	require.NoError(t, err)
	assert.Equal(t, []float64{0, 1, 2}, o.Weights)
	assert.InDelta(t, at.Values[1]+2*at.Values[2], at.Total, 1e-15)
	s := someSums()
	s.Sizes = s.Sizes[:1]
	_, err = o.At(s)
	assert.EqualError(t, err, "stream: 1 sums sizes, want 2")
}

// Sums go to other machines as JSON without a change, and parts add up.
func TestSumsTravelAndAddUp(t *testing.T) {
	s := someSums()
	text, err := json.Marshal(s)
	require.NoError(t, err)
	var back stream.Sums
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, s, back)
	back.Add(s)
	assert.Equal(t, 12., back.Nodes)
	assert.Equal(t, []float64{5, 2, 2, 3}, back.Gram)
}

func TestPartitions(t *testing.T) {
	assert.Equal(t, []stream.Blocks{{From: 0, To: 2}, {From: 2, To: 4}, {From: 4, To: 7}}, stream.Partitions(3, 7))
	assert.Equal(t, []stream.Blocks{{From: 0, To: 7}}, stream.Partitions(0, 7))
	assert.Len(t, stream.Partitions(13, 8), 8)
	for n := range 20 {
		next := 0
		for _, p := range stream.Partitions(n, 11) {
			assert.Equal(t, next, p.From)
			assert.Greater(t, p.To, p.From)
			next = p.To
		}
		assert.Equal(t, 11, next)
	}
}

// The passes of a model by hand are a step of a trainer.
func TestModelByHand(t *testing.T) {
	s := stored(t, planted(t, true, false))
	store := newStore(t, tensor.Float64)
	ls := []layers.Layer{encoders()["gcn"](), layers.NewMinCutPool(clusters)}
	m, err := stream.New(store, ls, s, 0)
	require.NoError(t, err)
	defer func() { assert.NoError(t, m.Close()) }()
	o, err := stream.NewObjective(m.Pooler(), m.K(), nil)
	require.NoError(t, err)
	shares, sums := m.Shares(), stream.NewSums(clusters)
	take := func(_ int, x stream.Sums) error {
		sums.Add(x)
		return nil
	}
	half := stream.Partitions(2, s.Blocks())
	for i := range half { // in any order
		require.NoError(t, m.Forward(half[1-i], shares, o.Wants(), take))
	}
	for i := range half {
		require.NoError(t, m.Edges(half[1-i], shares, take))
	}
	at, err := o.At(sums)
	require.NoError(t, err)
	total := stream.Gradients{}
	for i := range half {
		err := m.Gradient(half[1-i], shares, at.By, true, func(_ int, g stream.Gradients, _ stream.Sums) error {
			for path, x := range g {
				if total[path] == nil {
					total[path] = make([]float64, len(x))
				}
				for i, v := range x {
					total[path][i] += v
				}
			}
			return nil
		})
		require.NoError(t, err)
	}
	tr, err := stream.NewTrainer(store, ls, s, adam(), stream.Options{})
	require.NoError(t, err)
	defer func() { assert.NoError(t, tr.Close()) }()
	e, err := tr.Step()
	require.NoError(t, err)
	assert.InDelta(t, e.Total, at.Total, 1e-13)
	for path, x := range total {
		assert.Less(t, relative(x, tr.Gradient(path)), 1e-12, path)
	}
}
