package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// ARMAConv is a filter by auto-regressive moving averages, approximated by the
// mean of several stacks of layers, each of which sees X again:
//
//	X_0 = X,  X_{t+1} = a(Â·X_t·W_t + X·V_t + b_t),  X' = the mean of X_T over the stacks
//
// Â = D^-½AD^-½ with self loops as A has them, and T is Layers. Stack k has the
// weights init_kernel_k (W_0), kernel_t_k (W_t), root_kernel_t_k (V_t) and
// bias_t_k. With Shared the layers of a stack have one W after the first, one V
// and one b, those of t = 0.
//
// Modes: all. Shapes: X' has X's rows and Units columns. A is passed on as it
// came. Sparse features are multiplied as they are. Gradient: to X, the
// weights, and the edge weights of A through Â.
//
// As PyG's layer with ToColumns, without its dropout. Source: Bianchi,
// Grattarola, Livi, Alippi, Graph Neural Networks with Convolutional ARMA
// Filters, TPAMI 2021, arXiv 1901.01343.
type ARMAConv struct {
	Units      int            // the number of features it gives, at least 1
	Stacks     int            // at least 1; NewARMAConv sets 1
	Layers     int            // T, at least 1; NewARMAConv sets 1
	Shared     bool           // one W, V and b for all layers of a stack
	Activation ops.Activation // a; NewARMAConv sets relu
	ToColumns  bool           // a_ij is an edge into j, as in PyG: Aᵀ in place of A
	Trainable
	made
}

// NewARMAConv is an ARMAConv of so many units with one stack of one layer, and
// relu.
func NewARMAConv(units int) *ARMAConv {
	return &ARMAConv{Units: units, Stacks: 1, Layers: 1, Activation: ops.ReLU, made: byNew()}
}

// Class implements Classed.
func (*ARMAConv) Class() string { return "armaconv" }

// Apply implements Layer.
func (l *ARMAConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		ensure(in.CheckA())
		ensure(atLeast("Units", l.Units, 1))
		ensure(checkHops("Stacks", l.Stacks, 1))
		ensure(checkHops("Layers", l.Layers, 1))
		a := must(Neighbours{ToColumns: l.ToColumns}.edges(in.A).Normalize(in.X.Like(), modes.Normalization{}))
		var sum *G.Node
		for k := range l.Stacks {
			y := l.stack(sc, in, a, k)
			if sum != nil {
				y = must(G.Add(sum, y))
			}
			sum = y
		}
		return l.regularized(sc, must(ops.Affine(sum, 1/float64(l.Stacks), 0)))
	})
}

// stack is X_T of stack k.
func (l *ARMAConv) stack(sc *param.Scope, in modes.Graph, a modes.Adj, k int) (y *G.Node) {
	for t := range l.Layers {
		if t == 0 {
			y = must(in.X.Mul(l.kernel(sc, fmt.Sprint("init_kernel_", k), in.X.Width(), l.Units)))
		} else {
			y = must(ops.Linear(y, l.kernel(sc, l.name("kernel", t-1, k), l.Units, l.Units), nil, ops.Identity))
		}
		root := must(in.X.Mul(l.kernel(sc, l.name("root_kernel", t, k), in.X.Width(), l.Units)))
		y = l.finish(must(G.Add(must(a.Mul(y)), root)), l.bias(sc, l.name("bias", t, k), l.Units), l.Activation)
	}
	return y
}

// name is that of a weight of layer t of stack k.
func (l *ARMAConv) name(weight string, t, k int) string {
	if l.Shared {
		t = 0
	}
	return fmt.Sprintf("%s_%d_%d", weight, t, k)
}
