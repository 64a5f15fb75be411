package sbm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"

	"github.com/graphpool/graphpool/modes/shard"
)

// ChunkRows is how many rows are drawn together. It is a part of the model's
// draw: with another number the same seed gives another graph.
const ChunkRows = 16384

// Stream is the model that c describes as the source of a store: the rows of a
// chunk are drawn when they are asked for, and drawn again by the same numbers
// where a neighbour's chunk asks, so that no edge is kept.
//
// It is the model of [Generate], and another draw from it. The Poisson numbers
// of edges there are sums of those of all pairs of chunks here, by which each
// pair of chunks, within a cluster and between clusters, has its own stream of
// random numbers; an edge that is there already is drawn again within its pair.
//
// Memory is in proportion to the nodes and the entries of a chunk; time is
// linear in the edges, each of which is drawn twice, and in the pairs of chunks
// and those of one cluster's parts. It errs where a field of c is out of range,
// of which FeatureDim is at most 2²⁰, and AvgDegree at most what the clusters
// have room for; reading the rows errs where uneven degrees leave no room.
func Stream(c Config) (shard.Source, error) {
	if err := c.check(bounds{features: 1 << 20, degree: math.MaxFloat64}); err != nil {
		return shard.Source{}, err
	}
	starts := c.starts()
	s := shard.Source{Nodes: int64(c.Nodes), Features: c.FeatureDim}
	s.Edges = newChunked(newChunks(c, starts)).edges
	s.Labels = func(lo, hi int64, labels []int32) error {
		eachRow(starts, lo, hi, func(i, k int) { labels[int64(i)-lo] = int32(k) })
		return nil
	}
	if c.FeatureDim > 0 {
		s.X = c.streamFeatures(starts)
	}
	return s, nil
}

// eachRow calls f for the rows from lo up to hi with their clusters.
func eachRow(starts []int, lo, hi int64, f func(i, k int)) {
	k := sort.SearchInts(starts, int(lo)+1) - 1
	for i := int(lo); i < int(hi); i++ {
		for i >= starts[k+1] {
			k++
		}
		f(i, k)
	}
}

// streamFeatures draws the features of each row from a stream of its own.
func (c Config) streamFeatures(starts []int) func(lo, hi int64, x []float32) error {
	centres := c.centres(c.stream(featureStream))
	f := c.FeatureDim
	return func(lo, hi int64, x []float32) error {
		var source rand.PCG
		r := rand.New(&source)
		eachRow(starts, lo, hi, func(i, k int) {
			source.Seed(c.Seed, mixed(rowStream, uint64(i), 0))
			row := x[(i-int(lo))*f : (i-int(lo)+1)*f]
			for j, m := range centres[k*f : (k+1)*f] {
				row[j] = float32(m + r.NormFloat64())
			}
		})
		return nil
	}
}

// Kinds of streams of random numbers that are numbered.
const (
	rowStream    = 1 + iota // of a row's features
	withinStream            // of the edges of two parts of a cluster
	acrossStream            // of the edges of two chunks between clusters
)

// mixed makes a number of a stream of its kind and its place: twice the
// finaliser of SplitMix64.
func mixed(kind, a, b uint64) uint64 {
	return finalised(finalised(kind<<56^a) + b + 0x9e3779b97f4a7c15)
}

func finalised(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// noRoom says that draws found the same edges again and again.
func noRoom(found, wanted int) error {
	return fmt.Errorf("sbm: only %d of %d edges found room: degrees so uneven want a lower AvgDegree or DegreeMax", found, wanted)
}
