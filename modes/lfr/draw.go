package lfr

import (
	"math"
	"math/rand/v2"
	"slices"
)

// degrees draws each node's degree. The continuous draw is rounded up or down at
// random, so that the mean stays.
func (c Config) degrees(r *rand.Rand) []int {
	high := float64(c.MaxDegree)
	low := c.smallest()
	out := make([]int, c.Nodes)
	for i := range out {
		x := quantile(r.Float64(), low, high, c.DegreeExponent)
		out[i] = min(max(1, int(x+r.Float64())), c.MaxDegree)
	}
	return out
}

// smallest is the lower end of the degrees for which their mean is AvgDegree.
func (c Config) smallest() float64 {
	low, high := 1.0, float64(c.MaxDegree)
	for range 100 {
		middle := (low + high) / 2
		if meanOf(middle, float64(c.MaxDegree), c.DegreeExponent) < c.AvgDegree {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// quantile inverts the distribution function of the density x^−a on [low, high].
func quantile(u, low, high, a float64) float64 {
	if math.Abs(1-a) < 1e-9 {
		return low * math.Exp(u*math.Log(high/low))
	}
	b := 1 - a
	return math.Pow(math.Pow(low, b)+u*(math.Pow(high, b)-math.Pow(low, b)), 1/b)
}

// sizes draws community sizes that add up to Nodes, the largest first.
func (c Config) sizes(r *rand.Rand) []int {
	sums := make([]float64, c.MaxSize-c.MinSize+1)
	total := 0.0
	for i := range sums {
		total += math.Pow(float64(c.MinSize+i), -c.SizeExponent)
		sums[i] = total
	}
	var out []int
	sum := 0
	for sum < c.Nodes {
		at, _ := slices.BinarySearch(sums, r.Float64()*total)
		out = append(out, c.MinSize+min(at, len(sums)-1))
		sum += out[len(out)-1]
	}
	if most := c.Nodes / c.MinSize; len(out) > most {
		for _, s := range out[most:] {
			sum -= s
		}
		out = out[:most]
	}
	c.level(r, out, sum)
	slices.SortFunc(out, func(a, b int) int { return b - a })
	return out
}

// level changes sizes by one here and there, within their bounds, until they add
// up to Nodes.
func (c Config) level(r *rand.Rand, sizes []int, sum int) {
	for sum != c.Nodes {
		i := r.IntN(len(sizes))
		switch {
		case sum > c.Nodes && sizes[i] > c.MinSize:
			sizes[i]--
			sum--
		case sum < c.Nodes && sizes[i] < c.MaxSize:
			sizes[i]++
			sum++
		}
	}
}

// place gives each node, those of most edges inside first, a free place at random
// in a community that is larger than that number. Where none is free, the node
// waits for a place in any, and loses edges inside to edges outside. It returns
// the community of each node.
func place(r *rand.Rand, inside []int, sizes []int) []int {
	order := make([]int, len(inside))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return inside[b] - inside[a] })
	community := make([]int, len(inside))
	var free, waiting []int // communities, once for each free place
	next := 0
	take := func() int {
		at := r.IntN(len(free))
		c := free[at]
		free[at] = free[len(free)-1]
		free = free[:len(free)-1]
		return c
	}
	for _, i := range order {
		for next < len(sizes) && sizes[next] > inside[i] {
			for range sizes[next] {
				free = append(free, next)
			}
			next++
		}
		if len(free) == 0 {
			waiting = append(waiting, i)
			continue
		}
		community[i] = take()
	}
	for ; next < len(sizes); next++ {
		for range sizes[next] {
			free = append(free, next)
		}
	}
	for _, i := range waiting {
		community[i] = take()
		inside[i] = min(inside[i], sizes[community[i]]-1)
	}
	return community
}
