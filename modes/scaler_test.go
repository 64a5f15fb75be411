package modes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorgonia.org/tensor"
)

// The training part has 1, 3 and 5 in column 0: mean 3, variance 8/3; column 1
// does not vary; column 2 is left alone.
func TestScaler(t *testing.T) {
	graphs := []*Host{
		{Nodes: 2, X: denseOf([]float64{1, 7, 9, 3, 7, 9}, 2, 3)},
		{Nodes: 1, X: denseOf([]float64{100, 8, 2}, 1, 3)},
		{},
		{Nodes: 1, X: denseOf([]float64{5, 7, 1}, 1, 3)},
	}
	s, err := FitScaler(graphs, []int{0, 2, 3}, []int{0, 1})
	require.NoError(t, err)
	sd := 1.632993161855452
	assert.InDeltaSlice(t, []float64{3, 7, 0}, s.Mean, 1e-12)
	assert.InDeltaSlice(t, []float64{sd, 1, 1}, s.SD, 1e-12)
	out, err := s.Apply(graphs)
	require.NoError(t, err)
	assert.InDeltaSlice(t, []float64{-2 / sd, 0, 9, 0, 0, 9}, out[0].X.Data(), 1e-12)
	assert.InDeltaSlice(t, []float64{97 / sd, 1, 2}, out[1].X.Data(), 1e-12)
	assert.Equal(t, []float64{100, 8, 2}, graphs[1].X.Data(), "the graphs given are not changed")
	for want, f := range map[string]func() error{
		"modes: scaler: position 4, want 0 to 3":                               func() error { _, err := FitScaler(graphs, []int{4}, nil); return err },
		"modes: scaler: column 3, want 0 to 2":                                 func() error { _, err := FitScaler(graphs, []int{0}, []int{3}); return err },
		"modes: scaler: no features of 0 nodes, want dense ones of at least 1": func() error { _, err := FitScaler(graphs, []int{2}, nil); return err },
		"modes: scaler: graph 0: want dense features of 3 columns":             func() error { _, err := s.Apply([]*Host{ringOf(2, 1)}); return err },
		"modes: scaler: graph 0: a nil graph":                                  func() error { _, err := s.Apply([]*Host{nil}); return err },
		"modes: features: graph 0: no features for its nodes, want a matrix": func() error {
			_, err := WithFeatures(graphs, func(int, *Host) *tensor.Dense { return nil })
			return err
		},
		"modes: features: graph 0: class 2, want −1 to 1":                     func() error { _, err := WithOneHot(graphs[:1], [][]int{{0, 2}}, 2); return err },
		"modes: features: most = -1, want 0 to 1048576":                       func() error { _, err := WithOneHotDegrees(graphs, -1); return err },
		"modes: features: graph 0: 1 classes, want one for each of its nodes": func() error { _, err := WithOneHot(graphs[:1], [][]int{{0}}, 2); return err },
		"modes: features: classes of 0 graphs, want those of 4":               func() error { _, err := WithOneHot(graphs, nil, 1); return err },
	} {
		assert.ErrorContains(t, f(), want)
	}
}

func TestDegreesAsFeatures(t *testing.T) {
	path, err := FromCOO(3, []int{0, 1, 1, 2}, []int{1, 0, 2, 1}, []float64{5, 5, 5, 5})
	require.NoError(t, err)
	alone := &Host{Nodes: 1, X: denseOf([]float64{9}, 1, 1)}
	out, err := WithDegrees([]*Host{path, {}})
	require.NoError(t, err)
	assert.Equal(t, []float32{1, 2, 1}, out[0].X.Data(), "float32, as it had none")
	assert.Nil(t, path.X)
	out, err = WithDegrees([]*Host{alone})
	require.NoError(t, err)
	assert.Equal(t, []float64{9, 0}, out[0].X.Data(), "behind those it has")
	out, err = WithOneHotDegrees([]*Host{path, {}}, 1)
	require.NoError(t, err)
	assert.Equal(t, []float32{0, 1, 0, 1, 0, 1}, out[0].X.Data(), "the last column is 1 and more")
	out, err = WithOneHot([]*Host{path}, [][]int{{1, -1, 0}}, 2)
	require.NoError(t, err)
	assert.Equal(t, []float32{0, 1, 0, 0, 1, 0}, out[0].X.Data())
	sparse := &Host{Nodes: 2, SparseX: &HostSparse{Pattern: need[*Host](t)(FromCOO(2, []int{0}, []int{1}, nil)).Pattern}}
	out, err = WithDegrees([]*Host{sparse})
	require.NoError(t, err)
	assert.Equal(t, []float32{0, 1, 0, 0, 0, 0}, out[0].X.Data(), "sparse features become dense")
}
