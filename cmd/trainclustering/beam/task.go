package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/model"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train/stream"
)

// The passes, as Task.Pass names them.
const (
	forwardPass  = "forward"
	edgesPass    = "edges"
	gradientPass = "gradient"
)

// Task is a pass over a store: all that a worker needs to know of it, which Beam
// sends to the workers as JSON.
type Task struct {
	Pass    string
	Store   string // the folder of the graph, which all workers see
	Digest  string // of that store
	Dir     string // the folder of S, which all workers see
	Config  model.Config
	Weights []byte // of the model, in the order of its store

	Forward    int // the number of the forward pass: of this one, or of that whose S is read
	Partitions []stream.Blocks

	Wants stream.Wants // of forwardPass
	Edges bool         // of gradientPass
	By    []byte       // of gradientPass: the derivatives with respect to the sums
}

// flat is sums as one row of numbers.
func flat(s stream.Sums) []float64 {
	return slices.Concat([]float64{s.Nodes, s.TwoM, s.Stored, s.Links, s.Spread}, s.Inside, s.Volumes, s.Sizes, s.Squares, s.Gram)
}

// unflat reads sums for k clusters from a row of numbers, and gives what is left
// of it.
func unflat(x []float64, k int) (s stream.Sums, rest []float64, err error) {
	if want := 5 + 4*k + k*k; len(x) < want {
		return s, nil, fmt.Errorf("%d sums, want %d", len(x), want)
	}
	s = stream.NewSums(k)
	s.Nodes, s.TwoM, s.Stored, s.Links, s.Spread = x[0], x[1], x[2], x[3], x[4]
	x = x[5:]
	for _, to := range [][]float64{s.Inside, s.Volumes, s.Sizes, s.Squares, s.Gram} {
		x = x[copy(to, x):]
	}
	return s, x, nil
}

// flatGradients is gradients as one row, in the order of their paths.
func flatGradients(g stream.Gradients) []float64 {
	var x []float64
	for _, path := range slices.Sorted(maps.Keys(g)) {
		x = append(x, g[path]...)
	}
	return x
}

// unflatGradients reads the gradients of the weights of a store that are
// trained.
func unflatGradients(x []float64, store *param.Store) (stream.Gradients, error) {
	g := stream.Gradients{}
	for p := range store.All() {
		if !p.Spec.Frozen {
			g[p.Path] = nil
		}
	}
	for _, path := range slices.Sorted(maps.Keys(g)) {
		n := store.Get(path).Tensor.Shape().TotalSize()
		if len(x) < n {
			return nil, fmt.Errorf("the gradients end before %s", path)
		}
		g[path], x = x[:n], x[n:]
	}
	if len(x) > 0 {
		return nil, fmt.Errorf("%d numbers of gradients too many", len(x))
	}
	return g, nil
}

// weightsOf is all weights as bytes.
func weightsOf(store *param.Store) ([]byte, error) {
	var b bytes.Buffer
	for p := range store.All() {
		if err := binary.Write(&b, binary.LittleEndian, p.Tensor.Data()); err != nil {
			return nil, fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	return b.Bytes(), nil
}

// setWeights puts what weightsOf gave into a store of the same model.
func setWeights(store *param.Store, weights []byte) error {
	r := bytes.NewReader(weights)
	for p := range store.All() {
		if err := binary.Read(r, binary.LittleEndian, p.Tensor.Data()); err != nil {
			return fmt.Errorf("the weights end before those of %s: %w", p.Path, err)
		}
	}
	if r.Len() > 0 {
		return fmt.Errorf("%d bytes of weights too many", r.Len())
	}
	return nil
}
