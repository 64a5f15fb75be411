package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
	"github.com/graphpool/graphpool/modes/sbm"
)

// planted is a graph with clusters that can be found, and its labels.
func planted(t testing.TB, nodes, k, features int) (*modes.Host, *graphfile.Graph) {
	c := sbm.NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree, c.FeatureDim, c.Seed = nodes, k, 12, 3, features, 3
	g, err := sbm.Generate(c)
	require.NoError(t, err)
	h, err := g.Host()
	require.NoError(t, err)
	return h, g
}

func nmi(t testing.TB, a, b []int) float64 {
	v, err := metrics.NMI(a, b)
	require.NoError(t, err)
	return v
}

func TestFindsPlantedClusters(t *testing.T) {
	for _, features := range []int{0, 8} {
		h, g := planted(t, 400, 4, features)
		for _, m := range cluster.Methods() {
			o := cluster.Defaults(4)
			o.Method, o.Refine = m, cluster.MultiLevel
			r, err := cluster.Run(context.Background(), h, o)
			require.NoError(t, err, m.Name)
			one := r.Kept()
			assert.Greater(t, nmi(t, one.Clusters, g.Labels), .9, "%s, %d features", m.Name, features)
			assert.Greater(t, nmi(t, one.Final, g.Labels), .9, "%s, %d features", m.Name, features)
			assert.Len(t, one.Shares, 4*400)
			assert.Zero(t, one.Disconnected)
			assert.NotNil(t, one.Start)
			assert.True(t, math.IsNaN(r.Agreement))
		}
	}
}

func TestStarts(t *testing.T) {
	h, g := planted(t, 300, 3, 6)
	o := cluster.Defaults(3)
	o.Init = cluster.Random
	r, err := cluster.Run(context.Background(), h, o)
	require.NoError(t, err)
	assert.Nil(t, r.Kept().Start)

	o.Labels, o.Epochs = append([]int{}, g.Labels...), 0
	o.Labels[0], o.StartSteps = -1, 200
	r, err = cluster.Run(context.Background(), h, o)
	require.NoError(t, err)
	assert.Equal(t, g.Labels[1:], r.Kept().Clusters[1:], "the model learns the labels given")
}

// breaking is a solver that makes the weights NaN in its third step.
type breaking struct {
	gorgonia.Solver
	steps int
}

func (b *breaking) Step(model []gorgonia.ValueGrad) error {
	if b.steps++; b.steps == 3 {
		for _, w := range model {
			x := w.Value().Data().([]float32)
			x[0] = float32(math.NaN())
		}
	}
	return b.Solver.Step(model)
}

// A restart that diverges costs the others nothing.
func TestDivergedRestartsAreLeftOut(t *testing.T) {
	h, o := cliques(t, 4, 5), quick(4)
	o.Restarts = 3
	whole, err := cluster.Run(context.Background(), h, o)
	require.NoError(t, err)
	for _, which := range [][]int{{0}, {1}, {2}, {0, 2}, {0, 1, 2}} {
		restart := 0
		o.Solver = func(rate float64) gorgonia.Solver {
			restart++
			if slices.Contains(which, restart-1) {
				return &breaking{Solver: train.NewAdam(rate)}
			}
			return train.NewAdam(rate)
		}
		r, err := cluster.Run(context.Background(), h, o)
		if len(which) == 3 {
			var loss *train.LossError
			assert.ErrorAs(t, err, &loss)
			assert.ErrorContains(t, err, "cluster: restart 1 of 3 diverged: train: step")
			continue
		}
		require.NoError(t, err, which)
		require.Len(t, r.Diverged, len(which))
		assert.ErrorContains(t, r.Diverged[0], fmt.Sprintf("restart %d of 3", which[0]+1))
		require.Len(t, r.Runs, 3-len(which))
		for _, run := range r.Runs {
			assert.NotContains(t, which, run.Restart)
			assert.Equal(t, whole.Runs[run.Restart].Shares, run.Shares)
			assert.LessOrEqual(t, r.Kept().Loss, run.Loss)
		}
	}
}

func TestRestarts(t *testing.T) {
	h, _ := planted(t, 200, 3, 6)
	o := cluster.Defaults(3)
	o.Restarts, o.Epochs = 3, 20
	r, err := cluster.Run(context.Background(), h, o)
	require.NoError(t, err)
	require.Len(t, r.Runs, 3)
	for _, one := range r.Runs {
		assert.LessOrEqual(t, r.Kept().Loss, one.Loss)
		assert.Equal(t, 20, one.Epochs)
	}
	assert.InDelta(t, 1, r.Agreement, .2)

	o.Seed, o.Restarts = 1, 1
	second, err := cluster.Run(context.Background(), h, o)
	require.NoError(t, err)
	assert.Len(t, second.Runs, 1)
}

func TestProgressAndStopping(t *testing.T) {
	h, _ := planted(t, 100, 2, 4)
	o := cluster.Defaults(2)
	o.Epochs, o.Patience = 10, 0
	steps := map[cluster.Phase]int{}
	o.Progress = func(p cluster.Progress) error {
		steps[p.Phase]++
		if p.Phase == cluster.PhaseTraining {
			assert.Equal(t, 10, p.Steps)
			assert.Len(t, p.Losses, 3)
		}
		return nil
	}
	_, err := cluster.Run(context.Background(), h, o)
	require.NoError(t, err)
	assert.Equal(t, map[cluster.Phase]int{cluster.PhaseFeatures: 1, cluster.PhaseStart: 31, cluster.PhaseTraining: 10, cluster.PhaseRefining: 1}, steps)

	stop := errors.New("enough")
	o.Progress = func(p cluster.Progress) error {
		if p.Phase == cluster.PhaseTraining && p.Step == 3 {
			return stop
		}
		return nil
	}
	_, err = cluster.Run(context.Background(), h, o)
	assert.ErrorIs(t, err, stop)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o.Progress = nil
	_, err = cluster.Run(ctx, h, o)
	assert.ErrorIs(t, err, context.Canceled)
}

// TestPatience asks for an early end where nothing changes any more.
func TestPatience(t *testing.T) {
	h, _ := planted(t, 100, 2, 4)
	o := cluster.Defaults(2)
	o.Epochs = 1000
	r, err := cluster.Run(context.Background(), h, o)
	require.NoError(t, err)
	assert.Less(t, r.Kept().Epochs, 600, "the second half is shorter too")
	assert.GreaterOrEqual(t, r.Kept().Epochs, 2*o.Patience)
}

func TestSmallGraphs(t *testing.T) {
	for n := 1; n < 5; n++ {
		for k := 1; k <= n; k++ {
			o := cluster.Defaults(k)
			o.Refine, o.Connected, o.Epochs = cluster.MultiLevel, cluster.Reassign, 4
			r, err := cluster.Run(context.Background(), &modes.Host{Nodes: n}, o)
			require.NoError(t, err, "%d nodes, k = %d", n, k)
			for _, v := range r.Kept().Shares {
				require.False(t, v != v, "%d nodes, k = %d", n, k)
			}
		}
	}
}

func TestSplitMayAddClusters(t *testing.T) {
	h, err := modes.FromCOO(4, []int{0, 1, 1, 2, 2, 3}, []int{1, 0, 2, 1, 3, 2}, nil)
	require.NoError(t, err)
	task, err := cluster.New(h, cluster.Defaults(2).Features)
	require.NoError(t, err)
	o := cluster.Defaults(2)
	got, bad, err := task.Refine(context.Background(), []int{0, 1, 0, 0}, o)
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1, 0, 0}, got)
	assert.Equal(t, 1, bad)
	o.Connected = cluster.Split
	got, bad, err = task.Refine(context.Background(), []int{0, 1, 0, 0}, o)
	require.NoError(t, err)
	assert.Equal(t, []int{2, 1, 0, 0}, got)
	assert.Zero(t, bad)
}

func TestSmallClustersDissolve(t *testing.T) {
	h := cliques(t, 4, 5)
	task, err := cluster.New(h, cluster.Defaults(6).Features)
	require.NoError(t, err)
	of := func(o cluster.Options) []int {
		got, bad, err := task.Refine(context.Background(), []int{0, 0, 0, 5, 5, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4}, o)
		require.NoError(t, err)
		assert.Zero(t, bad)
		return got
	}
	o := cluster.Defaults(6)
	o.MinSize = 3
	assert.Equal(t, []int{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3}, of(o))
}

func TestErrors(t *testing.T) {
	h := &modes.Host{Nodes: 10}
	for says, change := range map[string]func(o *cluster.Options){
		"K = 11, want 1 to 10":         func(o *cluster.Options) { o.K = 11 },
		"Method has no layer":          func(o *cluster.Options) { o.Method = cluster.Method{} },
		"Dtype = int":                  func(o *cluster.Options) { o.Dtype = tensor.Int },
		"Dtype = <nil>":                func(o *cluster.Options) { o.Dtype = tensor.Dtype{} },
		"Units = 0":                    func(o *cluster.Options) { o.Units = 0 },
		"StartSteps, Epochs, Patience": func(o *cluster.Options) { o.Epochs = -1 },
		"Neighbours = -2":              func(o *cluster.Options) { o.Neighbours = -2 },
		"Rate = NaN":                   func(o *cluster.Options) { o.Rate = math.NaN() },
		"Restarts = 0":                 func(o *cluster.Options) { o.Restarts = 0 },
		`Init = "none"`:                func(o *cluster.Options) { o.Init = "none" },
		`Refine = ""`:                  func(o *cluster.Options) { o.Refine = "" },
		`Connected = "no"`:             func(o *cluster.Options) { o.Connected = "no" },
		"1 labels to start from":       func(o *cluster.Options) { o.Labels = []int{0} },
		"label 9 to start from is 2":   func(o *cluster.Options) { o.Labels = []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 2} },
		`Optimizer = "lbfgs"`:          func(o *cluster.Options) { o.Optimizer = "lbfgs" },
		`Schedule = "step"`:            func(o *cluster.Options) { o.Schedule = "step" },
		"WeightDecay = -1":             func(o *cluster.Options) { o.WeightDecay = -1 },
		"WeightDecay = 0.1, want 0":    func(o *cluster.Options) { o.WeightDecay = .1 },
		"MinSize = -1":                 func(o *cluster.Options) { o.MinSize = -1 },
		"has no logits":                func(o *cluster.Options) { o.Method.Pool = keepHalf },
	} {
		o := cluster.Defaults(2)
		change(&o)
		_, err := cluster.Run(context.Background(), h, o)
		assert.ErrorContains(t, err, says)
	}
	_, err := cluster.Run(context.Background(), nil, cluster.Defaults(2))
	assert.ErrorContains(t, err, "the graph is nil")
	_, err = cluster.MethodByName("kmeans")
	assert.EqualError(t, err, `cluster: method = "kmeans", want dmon, mincut, justbalance, diffpool, cheeger, hosc, mapeq, bnpool`)
}

func keepHalf(int, float64) layers.Pooler { return layers.NewTopKPool(.5) }

func TestSameBitsAtAnyNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	h, _ := planted(t, 1500, 5, 20)
	o := cluster.Defaults(5)
	o.Refine, o.Epochs = cluster.MultiLevel, 20
	var first *cluster.Result
	for _, threads := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(threads)
		r, err := cluster.Run(context.Background(), h, o)
		require.NoError(t, err)
		if first == nil {
			first = r
		}
		require.Equal(t, first.Z.Dense, r.Z.Dense)
		require.Equal(t, first.Kept().Start, r.Kept().Start)
		require.Equal(t, first.Kept().Shares, r.Kept().Shares)
		require.Equal(t, first.Kept().Final, r.Kept().Final)
	}
}
