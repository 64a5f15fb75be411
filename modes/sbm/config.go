// Package sbm generates graphs with known clusters: the degree-corrected
// stochastic block model with Gaussian features (ADC-SBM) on which the DMoN
// paper measures clustering.
//
// Source: A. Tsitsulin, J. Palowitch, B. Perozzi, E. Müller, "Graph Clustering
// with Graph Neural Networks", 2020, arXiv:2006.16904.
package sbm

import (
	"fmt"
	"math"
)

// maxRatio bounds DegreeMax/DegreeMin, far beyond any graph's degrees.
const maxRatio = 1e9

// Config says what to generate. [NewConfig] sets the defaults; the zero Config
// is not valid.
type Config struct {
	// Nodes is the number of nodes, at least 1. Default 1000.
	Nodes int

	// Clusters is the number of clusters, 1 to Nodes, of equal size or one node
	// apart. Default 4.
	Clusters int

	// AvgDegree is the expected degree, averaged over nodes. Default 20.
	AvgDegree float64

	// OutDegree is the expected number of a node's edges that leave its cluster,
	// averaged over nodes, 0 to AvgDegree. Default 2.
	OutDegree float64

	// DegreeMin, DegreeMax and DegreeExponent shape the degrees: within a
	// cluster a node's expected degree is proportional to θ, drawn from the
	// density θ^−DegreeExponent between DegreeMin and DegreeMax. Only the ratio
	// of the two bounds counts; equal bounds give the plain block model.
	// Defaults 2, 4 and 2.
	DegreeMin, DegreeMax, DegreeExponent float64

	// FeatureDim is the number of features a node, 0 for none. Default 64.
	FeatureDim int

	// FeatureSeparation is the standard deviation of the cluster centres; that of
	// the nodes around their centre is 1. Default 3.
	FeatureSeparation float64

	// Seed chooses the graph: the same Config gives the same graph everywhere.
	// Edges and features draw from streams of their own, so that neither changes
	// with the other's settings.
	Seed uint64
}

// NewConfig returns the defaults.
func NewConfig() Config {
	return Config{
		Nodes: 1000, Clusters: 4, AvgDegree: 20, OutDegree: 2,
		DegreeMin: 2, DegreeMax: 4, DegreeExponent: 2,
		FeatureDim: 64, FeatureSeparation: 3,
	}
}

// bad says that a field's value is not what is wanted.
func bad(field string, value any, want string, args ...any) error {
	return fmt.Errorf("sbm: %s = %v, want %s", field, value, fmt.Sprintf(want, args...))
}

// bounds are what a way of generating has room for.
type bounds struct {
	features int     // a node
	degree   float64 // on average
	values   string  // why there are no more features
	edges    string  // why there are no more edges
}

// inMemory are the bounds of a graph whose rows and values int32 counts.
func (c Config) inMemory() bounds {
	n := max(1, c.Nodes)
	return bounds{
		features: math.MaxInt32 / n, values: fmt.Sprintf(": at most %d values in all", math.MaxInt32),
		degree: float64(math.MaxInt32) / 2 / float64(n), edges: fmt.Sprintf(": at most %d edges in all", math.MaxInt32/4),
	}
}

// check errs at the first field out of range.
func (c Config) check(b bounds) error {
	switch {
	case c.Nodes < 1 || c.Nodes >= math.MaxInt32:
		return bad("Nodes", c.Nodes, "1 to %d", math.MaxInt32-1)
	case c.Clusters < 1 || c.Clusters > c.Nodes:
		return bad("Clusters", c.Clusters, "1 to Nodes = %d", c.Nodes)
	case !(c.DegreeMin > 0) || math.IsInf(c.DegreeMin, 0):
		return bad("DegreeMin", c.DegreeMin, "a finite number above 0")
	case !(c.DegreeMax >= c.DegreeMin) || c.DegreeMax/c.DegreeMin > maxRatio:
		return bad("DegreeMax", c.DegreeMax, "1 to %g times DegreeMin = %v", maxRatio, c.DegreeMin)
	case !(c.DegreeExponent >= 0) || c.DegreeExponent > 100:
		return bad("DegreeExponent", c.DegreeExponent, "0 to 100")
	case c.FeatureDim < 0 || c.FeatureDim > b.features:
		return bad("FeatureDim", c.FeatureDim, "0 to %d%s", b.features, b.values)
	case !(c.FeatureSeparation >= 0) || c.FeatureSeparation > 1e30:
		return bad("FeatureSeparation", c.FeatureSeparation, "0 to 1e30")
	}
	return c.checkDegrees(b)
}

// checkDegrees errs where a simple graph has no room for the degrees.
func (c Config) checkDegrees(b bounds) error {
	small, large := c.Nodes/c.Clusters, (c.Nodes+c.Clusters-1)/c.Clusters
	switch {
	case !(c.AvgDegree >= 0) || c.AvgDegree > b.degree:
		return bad("AvgDegree", c.AvgDegree, "0 to %.6g%s", b.degree, b.edges)
	case !(c.OutDegree >= 0) || c.OutDegree > c.AvgDegree:
		return bad("OutDegree", c.OutDegree, "0 to AvgDegree = %v", c.AvgDegree)
	case c.OutDegree > float64(c.Nodes-large):
		return bad("OutDegree", c.OutDegree, "at most the %d nodes outside a cluster", c.Nodes-large)
	case c.AvgDegree-c.OutDegree > float64(small-1):
		return bad("AvgDegree", c.AvgDegree, "at most %v: OutDegree and the %d other nodes of a cluster", c.OutDegree+float64(small-1), small-1)
	}
	return nil
}
