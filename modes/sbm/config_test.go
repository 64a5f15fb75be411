package sbm

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestConfigErrors(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for want, spoil := range map[string]func(*Config){
		"Nodes = 0, want 1 to 2147483646":                                                   func(c *Config) { c.Nodes = 0 },
		"Clusters = 0, want 1 to Nodes = 1000":                                              func(c *Config) { c.Clusters = 0 },
		"Clusters = 1001, want 1 to Nodes = 1000":                                           func(c *Config) { c.Clusters = 1001 },
		"AvgDegree = NaN, want 0 to 1.07374e+06: at most 536870911 edges in all":            func(c *Config) { c.AvgDegree = nan },
		"AvgDegree = +Inf, want 0 to 1.07374e+06: at most 536870911 edges in all":           func(c *Config) { c.AvgDegree = inf },
		"AvgDegree = 300, want at most 251: OutDegree and the 249 other nodes of a cluster": func(c *Config) { c.AvgDegree = 300 },
		"OutDegree = -1, want 0 to AvgDegree = 20":                                          func(c *Config) { c.OutDegree = -1 },
		"OutDegree = 21, want 0 to AvgDegree = 20":                                          func(c *Config) { c.OutDegree = 21 },
		"OutDegree = 2, want at most the 0 nodes outside a cluster":                         func(c *Config) { c.Clusters = 1 },
		"DegreeMin = 0, want a finite number above 0":                                       func(c *Config) { c.DegreeMin = 0 },
		"DegreeMax = 1, want 1 to 1e+09 times DegreeMin = 2":                                func(c *Config) { c.DegreeMax = 1 },
		"DegreeMax = +Inf, want 1 to 1e+09 times DegreeMin = 2":                             func(c *Config) { c.DegreeMax = inf },
		"DegreeExponent = NaN, want 0 to 100":                                               func(c *Config) { c.DegreeExponent = nan },
		"FeatureDim = -1, want 0 to 2147483: at most 2147483647 values in all":              func(c *Config) { c.FeatureDim = -1 },
		"FeatureSeparation = -3, want 0 to 1e30":                                            func(c *Config) { c.FeatureSeparation = -3 },
	} {
		c := NewConfig()
		spoil(&c)
		_, err := Generate(c)
		assert.EqualError(t, err, "sbm: "+want)
	}
}

func TestNoRoomForUnevenDegrees(t *testing.T) {
	c := NewConfig()
	c.Nodes, c.Clusters, c.AvgDegree, c.OutDegree, c.FeatureDim = 50, 1, 48, 0, 0
	c.DegreeMin, c.DegreeMax, c.DegreeExponent = 1, 1e6, 1
	_, err := Generate(c)
	assert.ErrorContains(t, err, "edges found room: degrees so uneven want a lower AvgDegree or DegreeMax")
}
