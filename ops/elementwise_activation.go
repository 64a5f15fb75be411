package ops

import (
	"fmt"
	"strings"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/ops/internal/kernels"
)

// Activation is an elementwise function whose derivative is a function of its
// own value.
type Activation string

// The activations. The zero value is Identity. SELU's constants are those of
// Klambauer et al., Self-Normalizing Neural Networks, 2017, arXiv 1706.02515.
const (
	Identity Activation = ""
	ReLU     Activation = "relu"    // max(0, x); derivative 0 at 0
	SELU     Activation = "selu"    // λx for x > 0, λα(eˣ − 1) otherwise
	ELU      Activation = "elu"     // x for x > 0, eˣ − 1 otherwise
	Tanh     Activation = "tanh"    // tanh x
	Sigmoid  Activation = "sigmoid" // 1 / (1 + e⁻ˣ)
)

// activations lists every activation by name.
func activations() []Activation {
	return []Activation{Identity, ReLU, SELU, ELU, Tanh, Sigmoid}
}

// ParseActivation is the activation of that name, in any case; "linear", "identity",
// "none" and "" are the identity.
func ParseActivation(name string) (Activation, error) {
	a := Activation(strings.ToLower(name))
	switch a {
	case "", "linear", "identity", "none":
		return Identity, nil
	}
	if _, err := a.kernel(); err != nil {
		return "", fmt.Errorf("ops: %w", err)
	}
	return a, nil
}

func (a Activation) kernel() (kernels.Act, error) {
	switch a {
	case Identity:
		return kernels.Identity, nil
	case ReLU:
		return kernels.ReLU, nil
	case SELU:
		return kernels.SELU, nil
	case ELU:
		return kernels.ELU, nil
	case Tanh:
		return kernels.Tanh, nil
	case Sigmoid:
		return kernels.Sigmoid, nil
	}
	return 0, fmt.Errorf("activation = %q, want relu, selu, elu, tanh, sigmoid or identity", string(a))
}

// Activate applies a to every element of x.
//
// Shapes: x of any shape; the result is shaped as x.
// Gradient: to x, g ⊙ a'(x), computed from the result.
func Activate(x *G.Node, a Activation) (*G.Node, error) {
	k, err := a.kernel()
	if err != nil {
		return nil, fmt.Errorf("ops: Activate: %w", err)
	}
	return apply(&op{
		name: "Activate", attrs: string(a), byResult: true,
		shape: like(0),
		f32:   func(c *call[float32]) error { return activate(c, k) },
		f64:   func(c *call[float64]) error { return activate(c, k) },
		diff: func(d *derivation, _ []ref, y, g ref) []ref {
			return []ref{d.apply(activationGradOp(k), y, g)}
		},
	}, x)
}

func activate[T Float](c *call[T], a kernels.Act) error {
	kernels.Activate(c.out, c.float(0), a)
	return nil
}

// activationGradOp takes the activation's value y and its gradient.
func activationGradOp(a kernels.Act) *op {
	return &op{
		name: "ActivateGrad", attrs: fmt.Sprint(a),
		shape: allSame,
		f32:   func(c *call[float32]) error { return activateGrad(c, a) },
		f64:   func(c *call[float64]) error { return activateGrad(c, a) },
	}
}

func activateGrad[T Float](c *call[T], a kernels.Act) error {
	kernels.ActGrad(c.out, c.float(0), c.float(1), a)
	return nil
}

// BiasActivate is a(x + b), b added to each row: the end of a Linear whose
// product is computed elsewhere.
//
// Shapes: x rows×n of rank 2 to 4, b a vector of n; the result is shaped as x.
// Gradient: with z = g ⊙ a'(y): to x, z; to b, the sum of z's rows.
func BiasActivate(x, b *G.Node, a Activation) (*G.Node, error) {
	act, err := a.kernel()
	if err != nil {
		return nil, fmt.Errorf("ops: BiasActivate: %w", err)
	}
	return apply(&op{
		name: "BiasActivate", attrs: string(a), byResult: true, wrt: []bool{true, true},
		shape: func(in []tensor.Shape) (tensor.Shape, error) {
			if x, b := in[0], in[1]; x.Dims() < 2 || b.Dims() != 1 || x[x.Dims()-1] != b[0] {
				return nil, fmt.Errorf("shapes %v and %v, want rows of n and (n)", x, b)
			}
			return in[0].Clone(), nil
		},
		f32: func(c *call[float32]) error { return biasActivate(c, act) },
		f64: func(c *call[float64]) error { return biasActivate(c, act) },
		diff: func(d *derivation, in []ref, y, g ref) []ref {
			if act == kernels.Identity {
				g = d.apply(reshapeOp(in[0].shape()), g) // a copy: an op never returns its input
			} else {
				g = d.apply(activationGradOp(act), y, g)
			}
			return []ref{g, d.apply(segmentSumOp(in[1].shape()), g)}
		},
	}, x, b)
}

func biasActivate[T Float](c *call[T], a kernels.Act) error {
	rows, n := split(c.shape)
	kernels.BiasActivate(c.out, c.float(0), c.float(1), a, rows, n)
	return nil
}
