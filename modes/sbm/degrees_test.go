package sbm

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQuantile(t *testing.T) {
	for a, middle := range map[float64]float64{
		0:         2.5,       // uniform on 1 to 4
		1:         2,         // uniform in the logarithm
		1 + 1e-13: 2,         // near 1
		2:         1 / 0.625, // 1/x is uniform on 1/4 to 1
		3:         math.Sqrt(1 / ((1 + 1.0/16) / 2)),
	} {
		c := Config{DegreeMin: 0.5, DegreeMax: 2, DegreeExponent: a}
		assert.InDelta(t, 1, c.quantile(0), 1e-12)
		assert.InDelta(t, middle, c.quantile(0.5), 1e-9, "exponent %v", a)
		assert.InDelta(t, 4, c.quantile(1), 1e-9)
	}
}

func TestDegreesFollowTheta(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.FeatureDim = 4000, 0
	_, starts := c.labels()
	theta := c.degrees(starts)
	var sum float64
	for _, v := range theta[starts[1]:starts[2]] {
		sum += v
	}
	assert.InDelta(t, 1000, sum, 1e-9, "mean 1 in each cluster")

	g := mustGenerate(t, c)
	var light, heavy, nLight, nHeavy float64
	for i, v := range theta {
		d := float64(g.RowPtr[i+1] - g.RowPtr[i])
		if v < 0.9 {
			light, nLight = light+d/v, nLight+1
		} else {
			heavy, nHeavy = heavy+d/v, nHeavy+1
		}
	}
	assert.InEpsilon(t, c.AvgDegree, light/nLight, 0.03)
	assert.InEpsilon(t, c.AvgDegree, heavy/nHeavy, 0.03)
}

func TestAliasDrawsInProportion(t *testing.T) {
	w := []float64{0.1, 5, 1, 1, 2.9}
	a := newAlias(w)
	got := make([]float64, len(w))
	r := rand.New(rand.NewPCG(1, 2))
	const n = 200_000
	for range n {
		got[a.draw(r)] += 10.0 / n
	}
	assert.InDeltaSlice(t, w, got, 0.05)
}
