// Package lfr generates graphs with known communities, degrees and community
// sizes both by power laws: the benchmark of Lancichinetti, Fortunato and
// Radicchi.
//
// Source: A. Lancichinetti, S. Fortunato, F. Radicchi, "Benchmark graphs for
// testing community detection algorithms", Physical Review E 78, 2008,
// doi:10.1103/PhysRevE.78.046110.
package lfr

import (
	"fmt"
	"math"
)

// Config says what to generate. [NewConfig] sets the defaults; the zero Config is
// not valid.
type Config struct {
	// Nodes is the number of nodes, at least 1. Default 1000.
	Nodes int

	// AvgDegree is the expected degree, averaged over nodes. Default 20.
	AvgDegree float64

	// MaxDegree is the largest degree. Default 50.
	MaxDegree int

	// DegreeExponent is τ₁: degrees are drawn from the density k^−τ₁ between a
	// smallest degree, which AvgDegree decides, and MaxDegree. Default 2.
	DegreeExponent float64

	// MinSize and MaxSize bound the sizes of communities. Defaults 20 and 100.
	MinSize, MaxSize int

	// SizeExponent is τ₂: sizes are drawn in proportion to s^−τ₂. Default 1.
	SizeExponent float64

	// Mixing is μ, the share of each node's edges that leave its community, 0 to
	// 1. Default 0.3.
	Mixing float64

	// Seed chooses the graph: the same Config gives the same graph everywhere.
	Seed uint64
}

// NewConfig returns the defaults.
func NewConfig() Config {
	return Config{
		Nodes: 1000, AvgDegree: 20, MaxDegree: 50, DegreeExponent: 2,
		MinSize: 20, MaxSize: 100, SizeExponent: 1, Mixing: 0.3,
	}
}

// bad says that a field's value is not what is wanted.
func bad(field string, value any, want string, args ...any) error {
	return fmt.Errorf("lfr: %s = %v, want %s", field, value, fmt.Sprintf(want, args...))
}

// check errs at the first field out of range.
func (c Config) check() error {
	switch {
	case c.Nodes < 1 || c.Nodes >= math.MaxInt32:
		return bad("Nodes", c.Nodes, "1 to %d", math.MaxInt32-1)
	case c.MaxDegree < 1 || c.MaxDegree >= max(2, c.Nodes):
		return bad("MaxDegree", c.MaxDegree, "1 to %d, one less than Nodes", max(1, c.Nodes-1))
	case !(c.DegreeExponent >= 0) || c.DegreeExponent > 100:
		return bad("DegreeExponent", c.DegreeExponent, "0 to 100")
	case !(c.SizeExponent >= 0) || c.SizeExponent > 100:
		return bad("SizeExponent", c.SizeExponent, "0 to 100")
	case !(c.Mixing >= 0 && c.Mixing <= 1):
		return bad("Mixing", c.Mixing, "0 to 1")
	case c.MinSize < 1 || c.MinSize > c.Nodes:
		return bad("MinSize", c.MinSize, "1 to Nodes = %d", c.Nodes)
	case c.MaxSize < c.MinSize || c.MaxSize > c.Nodes:
		return bad("MaxSize", c.MaxSize, "MinSize = %d to Nodes = %d", c.MinSize, c.Nodes)
	case (c.Nodes+c.MaxSize-1)/c.MaxSize > c.Nodes/c.MinSize:
		return bad("MaxSize", c.MaxSize, "a range of sizes (from MinSize = %d) that adds up to Nodes = %d", c.MinSize, c.Nodes)
	}
	return c.checkDegrees()
}

func (c Config) checkDegrees() error {
	least := meanOf(1, float64(c.MaxDegree), c.DegreeExponent)
	most := float64(math.MaxInt32) / 2 / float64(c.Nodes)
	inside := int(math.Round((1 - c.Mixing) * float64(c.MaxDegree)))
	switch {
	case !(c.AvgDegree >= least) || c.AvgDegree > math.Min(float64(c.MaxDegree), most):
		return bad("AvgDegree", c.AvgDegree, "a number from %.4g, the mean of degrees from 1, to %.6g", least, math.Min(float64(c.MaxDegree), most))
	case inside > c.MaxSize-1:
		return bad("MaxDegree", c.MaxDegree, "at most %d edges inside a community (%d by Mixing = %v), one less than MaxSize", c.MaxSize-1, inside, c.Mixing)
	}
	return nil
}

// meanOf is the mean of the density x^−a on [low, high].
func meanOf(low, high, a float64) float64 {
	if high-low < 1e-9*high {
		return low
	}
	return integral(low, high, 1-a) / integral(low, high, -a)
}

// integral is ∫ x^p dx from low to high.
func integral(low, high, p float64) float64 {
	if math.Abs(p+1) < 1e-9 {
		return math.Log(high / low)
	}
	return (math.Pow(high, p+1) - math.Pow(low, p+1)) / (p + 1)
}
