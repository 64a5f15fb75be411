package main

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// measured is one graph at one number of clusters.
type measured struct {
	graph string
	nodes int
	k     int
	ways  []way
}

// way is one way to cluster it, measured with several seeds.
type way struct {
	name string
	runs []figures
}

// figures is what one run gave.
type figures struct {
	metrics.Report
	largest      float64 // the share of the largest cluster
	disconnected int
	seconds      float64
}

// subject is a graph being measured.
type subject struct {
	g     *graphfile.Graph
	host  *modes.Host
	graph metrics.Graph
	out   measured
}

func (c *config) measure(ctx context.Context, name string, g *graphfile.Graph, k int) (measured, error) {
	h, err := g.Host()
	if err != nil {
		return measured{}, err
	}
	s := &subject{g: g, host: h, graph: metrics.Graph{RowPtr: g.RowPtr, Col: g.Col, Weights: h.Weights}}
	s.out = measured{graph: name, nodes: g.Nodes, k: k}
	for seed := range uint64(c.seeds) {
		for _, f := range []func(context.Context, uint64) error{s.recipe, s.others, s.references} {
			if err := f(ctx, seed); err != nil {
				return measured{}, err
			}
		}
	}
	for seed := range uint64(c.paper) {
		for _, method := range []string{"dmon", "mincut"} {
			if err := s.paper(ctx, method, seed); err != nil {
				return measured{}, err
			}
		}
	}
	return s.out, nil
}

// add measures clusters that took so long to find.
func (s *subject) add(name string, clusters []int, took float64) error {
	f := figures{seconds: took}
	var err error
	if f.Report, err = metrics.Evaluate(s.graph, clusters, s.g.Labels); err != nil {
		return err
	}
	if f.disconnected, err = refine.Disconnected(s.graph, clusters); err != nil {
		return err
	}
	count := map[int]int{}
	for _, c := range clusters {
		count[c]++
		f.largest = max(f.largest, float64(count[c])/float64(len(clusters)))
	}
	for i := range s.out.ways {
		if s.out.ways[i].name == name {
			s.out.ways[i].runs = append(s.out.ways[i].runs, f)
			return nil
		}
	}
	s.out.ways = append(s.out.ways, way{name, []figures{f}})
	return nil
}

// The names of the ways, as tables have them.
const (
	wayRecipe  = "recipe"
	wayMoves   = "recipe, moves"
	wayMulti   = "recipe, multilevel"
	wayKMeans  = "k-means of Z"
	wayLouvain = "Louvain, merged to k"
	wayRandom  = "random"
)

// recipe is the defaults, k-means of Z beside them, and what refining gives.
func (s *subject) recipe(ctx context.Context, seed uint64) error {
	o := cluster.Defaults(s.out.k)
	o.Seed = seed
	r, err := cluster.Run(ctx, s.host, o)
	if err != nil {
		return err
	}
	one := r.Kept()
	took := r.FeatureSeconds + one.StartSeconds
	if err := s.add(wayKMeans, one.Start, took); err != nil {
		return err
	}
	took += one.TrainSeconds
	if err := s.add(wayRecipe, one.Clusters, took); err != nil {
		return err
	}
	for _, way := range []struct {
		name string
		by   cluster.Refinement
	}{{wayMoves, cluster.Moves}, {wayMulti, cluster.MultiLevel}} {
		o.Refine = way.by
		started := time.Now()
		refined, _, err := r.Refine(ctx, one.Clusters, o)
		if err != nil {
			return err
		}
		if err := s.add(way.name, refined, took+time.Since(started).Seconds()); err != nil {
			return err
		}
	}
	return nil
}

// others is the recipe with the other methods.
func (s *subject) others(ctx context.Context, seed uint64) error {
	for _, m := range cluster.Methods()[1:] {
		o := cluster.Defaults(s.out.k)
		o.Seed, o.Method = seed, m
		r, err := cluster.Run(ctx, s.host, o)
		if err != nil {
			return err
		}
		one := r.Kept()
		if err := s.add("recipe, "+m.Name, one.Clusters, r.FeatureSeconds+one.StartSeconds+one.TrainSeconds); err != nil {
			return err
		}
	}
	return nil
}

// references is what is not of this project's making.
func (s *subject) references(_ context.Context, seed uint64) error {
	started := time.Now()
	c, err := refine.Louvain(s.graph, seed)
	if err != nil {
		return err
	}
	if c, err = refine.Merge(s.graph, c, s.out.k); err != nil {
		return err
	}
	if c, err = refine.Moves(s.graph, c, s.out.k, seed); err != nil {
		return err
	}
	if err := s.add(wayLouvain, c, time.Since(started).Seconds()); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range c {
		c[i] = r.IntN(s.out.k)
	}
	return s.add(wayRandom, c, 0)
}
