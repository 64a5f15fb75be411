package sbm

import "math"

// degrees draws θ of each node and scales it to a mean of 1 in each cluster, so
// that clusters have the degrees that Config expects.
func (c Config) degrees(starts []int) []float64 {
	r := c.stream(degreeStream)
	theta := make([]float64, c.Nodes)
	for i := range theta {
		theta[i] = c.quantile(r.Float64())
	}
	for k := range c.Clusters {
		part := theta[starts[k]:starts[k+1]]
		var sum float64
		for _, t := range part {
			sum += t
		}
		for i := range part {
			part[i] *= float64(len(part)) / sum
		}
	}
	return theta
}

// quantile inverts the distribution function of the density x^−a on [1, b],
// b = DegreeMax/DegreeMin.
func (c Config) quantile(u float64) float64 {
	a, logB := c.DegreeExponent, math.Log(c.DegreeMax/c.DegreeMin)
	if a == 1 {
		return math.Exp(u * logB)
	}
	// x = (1 + u(b^(1−a) − 1))^(1/(1−a)), through log1p for a near 1.
	return math.Exp(math.Log1p(u*math.Expm1((1-a)*logB)) / (1 - a))
}
