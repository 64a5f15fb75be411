package cluster

import (
	"math"
	"math/rand/v2"

	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/modes"
)

// StartRows is the most nodes from which a model learns its start.
const StartRows = 20000

// startInput is what the model learns the start from: Z without edges, which
// cross entropy does not read, and the labels; of a large graph, those of nodes
// drawn without repetition.
//
// Features as they came, and encoders that may read the edges, get the whole
// graph.
func (t *Task) startInput(labels []int, o Options) (*modes.Host, []int) {
	if t.Raw() || o.Encoder != nil && !o.Nodewise {
		return t.input, labels
	}
	n, cols := t.Z.Rows, t.Z.Cols
	if n <= StartRows {
		return &modes.Host{Nodes: n, X: t.input.X}, labels
	}
	drawn := drawing(int64(n), o.Seed)
	x, some := make([]float32, 0, StartRows*cols), make([]int, 0, StartRows)
	for i := range n {
		if drawn() {
			x, some = append(x, t.Z.Dense[i*cols:(i+1)*cols]...), append(some, labels[i])
		}
	}
	return &modes.Host{Nodes: StartRows, X: tensor.New(tensor.WithShape(StartRows, cols), tensor.WithBacking(x))}, some
}

// drawing tells of n nodes, one after the other, whether they are among StartRows
// drawn without repetition.
func drawing(n int64, seed uint64) func() bool {
	r, left := rand.New(rand.NewPCG(seed, math.MaxUint64)), int64(StartRows)
	return func() bool {
		is := r.Int64N(n) < left
		n--
		if is {
			left--
		}
		return is
	}
}
