package layertest

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Node is an input node with these values.
func Node(g *G.ExprGraph, dt tensor.Dtype, name string, shape []int, values []float64) *G.Node {
	return G.NewTensor(g, dt, len(shape), G.WithShape(shape...), G.WithName(name), G.WithValue(Dense(dt, shape, values)))
}

// Dense is a tensor of these values, rounded to the dtype.
func Dense(dt tensor.Dtype, shape []int, values []float64) *tensor.Dense {
	if dt == tensor.Float64 {
		return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(slices.Clone(values)))
	}
	narrow := make([]float32, len(values))
	for i, v := range values {
		narrow[i] = float32(v)
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(narrow))
}

// IDs is an input node of the graph of each row.
func IDs(g *G.ExprGraph, ids []int) *G.Node {
	return G.NewVector(g, tensor.Int, G.WithShape(len(ids)), G.WithName("layertest/ids"),
		G.WithValue(tensor.New(tensor.WithShape(len(ids)), tensor.WithBacking(ids))))
}

// Floats is the elements of a float value.
func Floats(v G.Value) ([]float64, error) {
	switch x := v.Data().(type) {
	case float64:
		return []float64{x}, nil
	case float32:
		return []float64{float64(x)}, nil
	case []float64:
		return x, nil
	case []float32:
		y := make([]float64, len(x))
		for i, f := range x {
			y[i] = float64(f)
		}
		return y, nil
	}
	return nil, fmt.Errorf("%T is no float value", v)
}
