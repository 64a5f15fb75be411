package kernels

import "math"

// Act names an activation function.
type Act uint8

// The activation functions.
const (
	Identity Act = iota // x
	ReLU                // max(x, 0), with derivative 0 at 0
	SELU                // λx for x > 0, λα(eˣ−1) otherwise (Klambauer et al. 2017, arXiv:1706.02515)
	ELU                 // x for x > 0, eˣ−1 otherwise
	Tanh                // tanh x
	Sigmoid             // 1/(1+e⁻ˣ)
)

// The constants of SELU, to the precision of float64.
const (
	seluScale = 1.0507009873554804934193349852946
	seluAlpha = 1.6732632423543772848170429916717
)

// Activate sets out = a(x), element by element. out and x may be the same slice.
// NaN stays NaN.
func Activate[T Float](out, x []T, a Act) {
	stream := streamsFrom(x, out)
	ForRows(len(x), 4, func(lo, hi int) { activate(out[lo:hi], x[lo:hi], a, stream) })
}

// ActGrad sets out = g·a'(x), with the derivative written by the output
// y = a(x): λ or y+λα for SELU, 1−y² for tanh, y(1−y) for the sigmoid. out and
// g may be the same slice.
func ActGrad[T Float](out, y, g []T, a Act) {
	stream := streamsFrom(g, out)
	ForRows(len(y), 2, func(lo, hi int) { actGrad(out[lo:hi], y[lo:hi], g[lo:hi], a, stream) })
}

// activate is Activate on one block.
func activate[T Float](out, x []T, a Act, stream int) {
	if vectored(len(x)) && a != Identity {
		activateVec(&out[0], &x[0], len(x), stream, a)
		return
	}
	switch a {
	case ReLU:
		for i, v := range x {
			if v <= 0 {
				v = 0
			}
			out[i] = v
		}
	case SELU:
		expLinear(out, x, seluScale, seluScale*seluAlpha)
	case ELU:
		expLinear(out, x, 1, 1)
	case Tanh:
		for i, v := range x {
			out[i] = T(math.Tanh(float64(v)))
		}
	case Sigmoid:
		for i, v := range x {
			out[i] = T(1 / (1 + math.Exp(-float64(v))))
		}
	default:
		copy(out, x)
	}
}

// expLinear sets out to pos·x for x > 0 and neg·(eˣ−1) otherwise.
func expLinear[T Float](out, x []T, pos, neg float64) {
	p := T(pos)
	for i, v := range x {
		if v > 0 {
			out[i] = p * v
		} else {
			out[i] = T(neg * math.Expm1(float64(v)))
		}
	}
}

// actGrad is ActGrad on one block.
func actGrad[T Float](out, y, g []T, a Act, stream int) {
	if vectored(len(y)) && a != Identity {
		actGradVec(&out[0], &y[0], &g[0], len(y), stream, a)
		return
	}
	switch a {
	case ReLU:
		for i, v := range y {
			var d T // 0 at a NaN, too
			if v > 0 {
				d = g[i]
			}
			out[i] = d
		}
	case SELU:
		expLinearGrad(out, y, g, seluScale, seluScale*seluAlpha)
	case ELU:
		expLinearGrad(out, y, g, 1, 1)
	case Tanh:
		for i, v := range y {
			out[i] = g[i] * (1 - v*v)
		}
	case Sigmoid:
		for i, v := range y {
			out[i] = g[i] * (v * (1 - v))
		}
	default:
		copy(out, g)
	}
}

// expLinearGrad is the gradient of expLinear by its output y.
func expLinearGrad[T Float](out, y, g []T, pos, neg T) {
	for i, v := range y {
		if v > 0 {
			out[i] = pos * g[i]
		} else {
			out[i] = (v + neg) * g[i]
		}
	}
}
