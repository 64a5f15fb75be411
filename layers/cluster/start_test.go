package cluster

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/embed"
)

// TestStartInputOfALargeGraph asks for the nodes that were drawn, each once,
// with the label that is theirs.
func TestStartInputOfALargeGraph(t *testing.T) {
	n := StartRows + 5000
	z := embed.Matrix{Rows: n, Cols: 1, Dense: make([]float32, n)}
	labels := make([]int, n)
	for i := range labels {
		z.Dense[i], labels[i] = float32(i), i
	}
	h, got := (&Task{Z: z, input: &modes.Host{Nodes: n}}).startInput(labels, Options{Seed: 3})
	require.Len(t, got, StartRows)
	require.Equal(t, StartRows, h.Nodes)
	x := h.X.Data().([]float32)
	for i, l := range got {
		require.Equal(t, float32(l), x[i])
		if i > 0 {
			require.Greater(t, l, got[i-1])
		}
	}
	assert.Greater(t, got[StartRows-1], StartRows, "of the whole graph")

	own := Options{Seed: 3, Encoder: func() []layers.Layer { return nil }}
	task := &Task{Z: z, input: &modes.Host{Nodes: n}}
	_, all := task.startInput(labels, own)
	require.Len(t, all, n, "it may read the edges")
	own.Nodewise = true
	_, some := task.startInput(labels, own)
	assert.Equal(t, got, some)
}

func TestPace(t *testing.T) {
	p := newPace(Options{Epochs: 10, Patience: 2})
	var weights []float64
	for !p.done() {
		weights = append(weights, p.weight())
		p.step(1) // never falls after the first
	}
	assert.InDeltaSlice(t, []float64{1, 1, 1, 1, .5}, weights, 1e-12)

	p = newPace(Options{Epochs: 100, Patience: 2})
	for epoch := 30.; !p.done(); epoch-- {
		p.step(max(epoch, 0)) // falls for 31 epochs
	}
	assert.Equal(t, 33, p.held)
	assert.Equal(t, 33+16, p.epochs)

	p, weights = newPace(Options{Epochs: 4}), nil
	for total := 9.; !p.done(); total-- {
		weights = append(weights, p.weight())
		p.step(total)
	}
	assert.InDeltaSlice(t, []float64{1, 1, 1, .5}, weights, 1e-12)
}

func TestMinCutWeight(t *testing.T) {
	for cut, want := range map[float64]float64{0: .3, .3: .42 / 1.224744871, 1: 1} {
		_, err := MethodByName("mincut")
		require.NoError(t, err)
		assert.InDelta(t, want, orthogonality(16, cut), 1e-9)
	}
	assert.InDelta(t, 1, orthogonality(1, .5), 0)
}

func TestPresets(t *testing.T) {
	for name, want := range map[string]func(o Options) bool{
		"quality":     func(o Options) bool { return o.Refine == None },
		"communities": func(o Options) bool { return o.Neighbours == .5 },
		"modularity":  func(o Options) bool { return o.Refine == MultiLevel },
	} {
		o, err := Preset(name, 7)
		require.NoError(t, err)
		assert.True(t, want(o) && o.K == 7, name)
		assert.NoError(t, o.check(7))
	}
	_, err := Preset("best", 7)
	assert.EqualError(t, err, `cluster: preset = "best", want quality, communities or modularity`)
}

func TestShareOfNeighbours(t *testing.T) {
	assert.Equal(t, .1, Defaults(2).Share(1000))
	assert.Zero(t, Defaults(2).Share(1000000))
	assert.Equal(t, .5, Options{Neighbours: .5}.Share(1000000))
}
