package main

import (
	"archive/zip"
	"math"
	"os"
	"testing"

	"codeberg.org/sbinet/npyio"
	"github.com/stretchr/testify/require"
)

// writeNaNFeatures writes an npz of two nodes, one edge and a feature that is
// not a number.
func writeNaNFeatures(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	for _, array := range []struct {
		name  string
		value any
	}{
		{"adj_data", []float32{1, 1}},
		{"adj_indices", []int32{1, 0}},
		{"adj_indptr", []int32{0, 1, 2}},
		{"adj_shape", []int64{2, 2}},
		{"attr_data", []float32{1, float32(math.NaN())}},
		{"attr_indices", []int32{0, 0}},
		{"attr_indptr", []int32{0, 1, 2}},
		{"attr_shape", []int64{2, 1}},
	} {
		w, err := z.Create(array.name + ".npy")
		require.NoError(t, err)
		require.NoError(t, npyio.Write(w, array.value))
	}
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
}
