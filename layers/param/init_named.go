package param

import "math/rand/v2"

// GlorotUniform is U(−l, l) with l = √(6/(fan_in + fan_out)).
//
// Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training
// deep feedforward neural networks", AISTATS 2010.
type GlorotUniform struct{}

// Draw implements [Initializer] for every shape.
func (GlorotUniform) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	return VarianceScaling{1, "fan_avg", "uniform"}.Draw(rng, shape)
}

// GlorotNormal is a normal distribution cut at two standard deviations, with
// variance 2/(fan_in + fan_out). Source: as [GlorotUniform].
type GlorotNormal struct{}

// Draw implements [Initializer] for every shape.
func (GlorotNormal) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	return VarianceScaling{1, "fan_avg", "truncated_normal"}.Draw(rng, shape)
}

// HeUniform is U(−l, l) with l = √(6/fan_in).
//
// Source: K. He, X. Zhang, S. Ren, J. Sun, "Delving Deep into Rectifiers",
// 2015, arXiv:1502.01852.
type HeUniform struct{}

// Draw implements [Initializer] for every shape.
func (HeUniform) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	return VarianceScaling{2, "fan_in", "uniform"}.Draw(rng, shape)
}

// HeNormal is a normal distribution cut at two standard deviations, with
// variance 2/fan_in. Source: as [HeUniform].
type HeNormal struct{}

// Draw implements [Initializer] for every shape.
func (HeNormal) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	return VarianceScaling{2, "fan_in", "truncated_normal"}.Draw(rng, shape)
}

// LecunUniform is U(−l, l) with l = √(3/fan_in).
//
// Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, "Efficient BackProp",
// 1998.
type LecunUniform struct{}

// Draw implements [Initializer] for every shape.
func (LecunUniform) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	return VarianceScaling{1, "fan_in", "uniform"}.Draw(rng, shape)
}

// LecunNormal is a normal distribution cut at two standard deviations, with
// variance 1/fan_in. Source: as [LecunUniform].
type LecunNormal struct{}

// Draw implements [Initializer] for every shape.
func (LecunNormal) Draw(rng *rand.Rand, shape []int) ([]float64, error) {
	return VarianceScaling{1, "fan_in", "truncated_normal"}.Draw(rng, shape)
}
