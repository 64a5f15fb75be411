package param

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/gonum/stat"
)

func TestFans(t *testing.T) {
	for _, c := range []struct {
		shape   []int
		in, out int
	}{
		{nil, 1, 1},
		{[]int{7}, 7, 7},
		{[]int{3, 5}, 3, 5},
		{[]int{2, 3, 5}, 6, 10},
		{[]int{2, 4, 3, 5}, 24, 40},
	} {
		in, out := Fans(c.shape)
		assert.Equal(t, []int{c.in, c.out}, []int{in, out}, "%v", c.shape)
	}
}

// The wanted variances are Scale/n with n the fan that the mode names.
func TestVarianceScalingVariance(t *testing.T) {
	for _, c := range []struct {
		init     Initializer
		variance float64
	}{
		{VarianceScaling{Scale: 1}, 1. / 100},
		{VarianceScaling{2, "fan_out", "untruncated_normal"}, 2. / 400},
		{VarianceScaling{3, "fan_avg", "uniform"}, 3. / 250},
		{GlorotUniform{}, 2. / 500},
		{GlorotNormal{}, 2. / 500},
		{HeUniform{}, 2. / 100},
		{HeNormal{}, 2. / 100},
		{LecunUniform{}, 1. / 100},
		{LecunNormal{}, 1. / 100},
	} {
		w := draw(t, c.init, 100, 400)
		mean, variance := stat.MeanVariance(w, nil)
		assert.InDelta(t, 0, mean, 4*math.Sqrt(c.variance/40000), "%#v", c.init)
		assert.InEpsilon(t, c.variance, variance, 0.03, "%#v", c.init)
	}
}

func TestVarianceScalingBounds(t *testing.T) {
	for _, c := range []struct {
		init  Initializer
		limit float64
	}{
		{GlorotUniform{}, math.Sqrt(6. / 500)},
		{HeUniform{}, math.Sqrt(6. / 100)},
		{LecunUniform{}, math.Sqrt(3. / 100)},
		{GlorotNormal{}, 2 * math.Sqrt(2./500) / truncatedStddev},
		{HeNormal{}, 2 * math.Sqrt(2./100) / truncatedStddev},
		{LecunNormal{}, 2 * math.Sqrt(1./100) / truncatedStddev},
	} {
		w := draw(t, c.init, 100, 400)
		assert.LessOrEqual(t, slices.Max(w), c.limit, "%#v", c.init)
		assert.GreaterOrEqual(t, slices.Min(w), -c.limit, "%#v", c.init)
		assert.Greater(t, slices.Max(w), 0.99*c.limit, "%#v", c.init)
	}
}

func TestVarianceScalingErrors(t *testing.T) {
	for _, c := range []struct {
		init VarianceScaling
		want string
	}{
		{VarianceScaling{}, "variance_scaling: Scale = 0, want a positive number"},
		{VarianceScaling{Scale: math.Inf(1)}, "variance_scaling: Scale = +Inf, want a positive number"},
		{VarianceScaling{Scale: 1, Mode: "fan"}, `variance_scaling: Mode = "fan", want fan_in, fan_out or fan_avg`},
		{VarianceScaling{Scale: 1, Distribution: "normal"}, `variance_scaling: Distribution = "normal", want truncated_normal, untruncated_normal or uniform`},
	} {
		_, err := c.init.Draw(nil, []int{2, 2})
		assert.EqualError(t, err, c.want)
	}
}
