package graphfile

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/zip"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFeaturesFullBecomeDense(t *testing.T) {
	// Two of six values: more than a quarter.
	g := path3().with(f4("attr_data", 2, 5), i4("attr_indices", 1, 0), i4("attr_indptr", 0, 1, 1, 2), i8("attr_shape", 3, 2)).mustRead(t)
	assert.Equal(t, &Features{Rows: 3, Cols: 2, Dense: []float32{0, 2, 0, 0, 5, 0}}, g.Features)
}

func TestFeaturesQuarterStayCompressed(t *testing.T) {
	matrix := raw{"features", "<f4", []int{3, 4}, []float32{0, 0, 7, 0, 0, 0, 0, 0, 8, 0, 0, 9}}
	g := path3().with(matrix).mustRead(t)
	assert.Equal(t, &Features{
		Rows: 3, Cols: 4,
		RowPtr: []int32{0, 1, 1, 3}, Col: []int32{2, 0, 3}, Values: []float32{7, 8, 9},
	}, g.Features)
}

func TestFeaturesMatrixNames(t *testing.T) {
	for _, name := range []string{"attr_matrix", "attr", "feature_matrix", "features"} {
		g := path3().with(raw{name, "|i1", []int{3, 1}, []int8{1, -2, 3}}).mustRead(t)
		assert.Equal(t, &Features{Rows: 3, Cols: 1, Dense: []float32{1, -2, 3}}, g.Features)
	}
}

func TestFeaturesFortranOrder(t *testing.T) {
	a := raw{"attr", "<f8", []int{3, 2}, []float64{1, 2, 3, 4, 5, 6}}
	g := path3().with(a.inColumns(t)).mustRead(t)
	assert.Equal(t, []float32{1, 4, 2, 5, 3, 6}, g.Features.Dense)
}

func TestFeaturesUnsortedDuplicatesAndZeros(t *testing.T) {
	g := path3().with(
		f4("attr_data", 1, 2, 4, 0, 3, -3), i4("attr_indices", 8, 1, 8, 3, 5, 5),
		i4("attr_indptr", 0, 4, 6, 6), i8("attr_shape", 3, 9)).mustRead(t)
	assert.Equal(t, &Features{
		Rows: 3, Cols: 9,
		RowPtr: []int32{0, 2, 2, 2}, Col: []int32{1, 8}, Values: []float32{2, 5},
	}, g.Features)
}

func TestFeaturesWithoutColumns(t *testing.T) {
	g := path3().with(f4("attr_data"), i4("attr_indices"), i4("attr_indptr", 0, 0, 0, 0), i8("attr_shape", 3, 0)).mustRead(t)
	assert.Nil(t, g.Features)
	assert.Equal(t, []string{"features of 0 columns left out"}, g.Changes)
}

func TestArraysGrowPastWhatTheFileBacks(t *testing.T) {
	// A matrix of ones deflates to so little that it is read by growing.
	ones := make([]float32, 300_000)
	for i := range ones {
		ones[i] = 1
	}
	b := path3().with(raw{"attr", "<f4", []int{3, 100_000}, ones}).bytes(t, zip.Deflate)
	require.Less(t, len(b), 10_000)
	g, err := ReadNPZ(bytes.NewReader(b), int64(len(b)), "g.npz")
	require.NoError(t, err)
	assert.Equal(t, ones, g.Features.Dense)
}

// Ones need no values, and stay compressed up to half where there are many
// columns.
func TestFeaturesOfOnes(t *testing.T) {
	few := path3().with(raw{"features", "<f4", []int{3, 4}, []float32{0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1}}).mustRead(t)
	assert.Equal(t, &Features{Rows: 3, Cols: 4, RowPtr: []int32{0, 1, 1, 3}, Col: []int32{2, 0, 3}}, few.Features)
	assert.Equal(t, float32(1), few.Features.Value(2))

	for _, c := range []struct {
		cols, each, other int // every each-th column has a 1, the first other instead
		dense             bool
	}{{wideFeatures, 2, 1, false}, {wideFeatures - 1, 2, 1, true}, {wideFeatures, 2, 3, true}, {wideFeatures, 1, 1, true}} {
		x := make([]float32, 3*c.cols)
		for i := 0; i < len(x); i += c.each {
			x[i] = 1
		}
		x[0] = float32(c.other)
		g := path3().with(raw{"features", "<f4", []int{3, c.cols}, x}).mustRead(t)
		assert.Equal(t, c.dense, g.Features.Dense != nil, c)
		assert.Nil(t, g.Features.Values, c)
	}
}
