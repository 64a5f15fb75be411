package main

// setting is a graph and a model.
type setting struct {
	Nodes, Degree, Features, K int
}

// point is a setting and what it costs.
type point struct {
	setting
	Edges   int
	Seconds float64 // an epoch, the median
	RSS     int64   // the peak of the memory, in bytes
}

// series is settings of which one number varies.
type series struct {
	name   string
	points []point
}

// all is every series: the sizes first, then the sweeps.
func (c *config) all() []series {
	sizes := series{name: "nodes"}
	for _, n := range c.sizes {
		s := c.base
		s.Nodes = n
		sizes.points = append(sizes.points, point{setting: s})
	}
	if c.base.Nodes == 0 {
		return []series{sizes}
	}
	return []series{
		sizes,
		c.sweep("edges", []int{5, 10, 20, 40, 80}, func(s *setting, v int) { s.Degree = v }),
		c.sweep("features", []int{16, 32, 64, 128, 256}, func(s *setting, v int) { s.Features = v }),
		c.sweep("clusters", []int{4, 8, 16, 32, 64, 128}, func(s *setting, v int) { s.K = v }),
	}
}

func (c *config) sweep(name string, values []int, set func(s *setting, v int)) series {
	out := series{name: name}
	for _, v := range values {
		s := c.base
		set(&s, v)
		out.points = append(out.points, point{setting: s})
	}
	return out
}
