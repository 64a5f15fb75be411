package model

import (
	"context"
	"math"
	"slices"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train/stream"
	"github.com/graphpool/graphpool/modes/shard"
)

// StreamedMethods are the methods that can be trained on a store: those whose
// losses are functions of sums over nodes and edges.
func StreamedMethods() []string {
	var names []string
	for _, m := range Methods() {
		if _, ok := m.Pooler(2, 0).(layers.SumPooler); ok {
			names = append(names, m.Name)
		}
	}
	return names
}

// streamed trains on a store.
func (j Job) streamed(ctx context.Context) (*Fit, error) {
	o, err := j.Config.options()
	if err != nil {
		return nil, err
	}
	source := cluster.Streamed{Source: j.Store, Hops: j.Config.Hops, Partitions: j.Partitions, Keep: j.Keep, Passes: j.Passes}
	j.phase(cluster.PhaseStart)
	tr, err := cluster.NewStreamed(source, o)
	if err != nil {
		return nil, err
	}
	fit := &Fit{}
	return fit, j.run(ctx, tr, fit)
}

// BlockModel is the model of a training on blocks of a source, with its weights.
func (c Config) BlockModel(source stream.Source) (*param.Store, *stream.Model, error) {
	o, err := c.options()
	if err != nil {
		return nil, nil, err
	}
	return cluster.NewBlockModel(cluster.Streamed{Source: source, Hops: c.Hops}, o)
}

// keptByDefault is how many bytes of blocks a training on a store keeps in memory
// where no limit was asked for.
const keptByDefault = 64e6

// StoreKeep is how many bytes of blocks a training on a store keeps in memory,
// beside the memory that its epochs need: what is left of a limit that was asked
// for, but for some that errs and for garbage, without room for which it would be
// collected all the time; little where none was.
func StoreKeep(epochs, limit float64, asked bool) int64 {
	keep := max(0, (.95*limit-epochs)*.9)
	if !asked {
		keep = min(keep, keptByDefault)
	}
	return int64(min(keep, math.MaxInt64/2))
}

// StoreNeeds estimates in bytes what a training on a store takes at most, by
// counting what it keeps; threads is how many blocks it works on at a time. Its
// epochs take less: the start comes before them, the result when they are done.
func StoreNeeds(m shard.Meta, cfg Config, restarts, threads int) (all, epochs float64) {
	n, k, size := float64(m.Nodes), float64(cfg.K), 4.0
	if cfg.Dtype == Float64 {
		size = 8
	}
	shares := n * k * size
	if size > 4 {
		shares += n * k * 4 // the result's
	}
	if restarts > 1 { // the best so far stays
		shares += n*k*4 + n*8*float64(restarts) // with the clusters of all
	}
	rows := min(n, float64(m.Block))
	width := float64(m.Features)
	lanes := float64(threads)
	tile := min(rows, stream.TileRows)
	if tile > 0 {
		lanes = min(lanes, math.Ceil(n/tile))
	}
	read := 1.0 // matrices of features
	if hops, err := cfg.hops(); err == nil {
		read = float64(len(hops))
	}
	numbers := lanes * tile * ((1+read)*width + 8*k)
	for _, units := range cfg.Hidden {
		numbers += lanes*tile*8*float64(units) + (11+4*lanes)*width*float64(units)
		width = float64(units)
	}
	edges := 0.0
	if m.Nodes > 0 {
		edges = lanes * 8 * min(float64(m.MaxEntries), 2*rows*float64(m.Entries)/n)
	}
	// A block is read whole at first, for its checksum.
	reading := read * lanes * 4 * rows * float64(m.Features)
	products := float64(stream.ProductBytes(m.Nodes, int64(cfg.K), int64(size), threads))
	before := 0.0 // the epochs: what learns the start
	epochs = memoryOfProgram + shares + products + size*numbers + edges + reading
	if cfg.Init == string(cluster.KMeans) { // of features as read, for k-means and for the model
		some := min(n, cluster.StartRows)
		start := some * (4*4*float64(m.Features) + size*8*k)
		for _, units := range cfg.Hidden {
			start += some * size * 8 * float64(units)
		}
		before = memoryOfProgram + start
	}
	perNode := 30.0 // clusters, shares and pieces of the result
	if m.Labels {
		perNode += 24
	}
	if cfg.Refine == string(cluster.Moves) {
		perNode += 13 // the clusters before, those of the moves, and who is to be visited
	}
	result := memoryOfProgram + shares + perNode*n // what the epochs need beside S is given back before
	return max(before, epochs, result), epochs
}

// StoreHops is the largest number of hops of the features that a training on a
// store reads.
func (c Config) StoreHops() (int, error) {
	hops, err := c.hops()
	if err != nil {
		return 0, err
	}
	return c.Hops + slices.Max(hops), nil
}

// hops is over how many hops the encoder propagates each matrix of features that
// it reads.
func (c Config) hops() ([]int, error) {
	o, err := c.options()
	if err != nil {
		return nil, err
	}
	return layers.HopsOf(append(o.Encoder(), o.Method.Pool(2, 1))...)
}
