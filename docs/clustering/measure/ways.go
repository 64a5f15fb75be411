package main

import (
	"context"
	"math/rand/v2"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/losses/metrics"
	"github.com/graphpool/graphpool/losses/refine"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// measured is one graph at one number of clusters.
type measured struct {
	Graph string `json:"graph"`
	Nodes int    `json:"nodes"`
	K     int    `json:"k"`
	Ways  []way  `json:"ways"`
}

// way is one way to cluster it, measured with several seeds.
type way struct {
	Name string    `json:"way"`
	Runs []figures `json:"runs"`
}

// figures is what one run gave.
type figures struct {
	Q            number `json:"modularity"`
	Conductance  number `json:"conductance"`
	NMI          number `json:"nmi"`
	ARI          number `json:"ari"`
	F1           number `json:"pair_f1"`
	Effective    number `json:"effective_clusters"`
	Largest      number `json:"largest_share"` // of the nodes
	Disconnected number `json:"disconnected"`
	Seconds      number `json:"seconds"`
}

// subject is a graph being measured.
type subject struct {
	g     *graphfile.Graph
	host  *modes.Host
	graph metrics.Graph
	out   measured

	methods []string
}

func (c *config) measure(ctx context.Context, name string, g *graphfile.Graph, k int) (measured, error) {
	h, err := g.Host()
	if err != nil {
		return measured{}, err
	}
	s := &subject{g: g, host: h, graph: metrics.Graph{RowPtr: g.RowPtr, Col: g.Col, Weights: h.Weights}, methods: c.methods}
	s.out = measured{Graph: name, Nodes: g.Nodes, K: k}
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
	r, err := metrics.Evaluate(s.graph, clusters, s.g.Labels)
	if err != nil {
		return err
	}
	loose, err := refine.Disconnected(s.graph, clusters)
	if err != nil {
		return err
	}
	count, most := map[int]int{}, 0
	for _, c := range clusters {
		count[c]++
		most = max(most, count[c])
	}
	f := figures{
		Q: number(r.Modularity), Conductance: number(r.Conductance), NMI: number(r.NMI), ARI: number(r.ARI), F1: number(r.PairF1),
		Effective: number(r.EffectiveClusters), Largest: number(most) / number(len(clusters)), Disconnected: number(loose), Seconds: number(took),
	}
	for i := range s.out.Ways {
		if s.out.Ways[i].Name == name {
			s.out.Ways[i].Runs = append(s.out.Ways[i].Runs, f)
			return nil
		}
	}
	s.out.Ways = append(s.out.Ways, way{name, []figures{f}})
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
	o := cluster.Defaults(s.out.K)
	o.Seed = seed
	started, trained := seconds(), 0.
	o.Progress = func(p cluster.Progress) error {
		if p.Phase == cluster.PhaseTraining && trained == 0 {
			trained = seconds()
		}
		return nil
	}
	r, err := cluster.Run(ctx, s.host, o)
	if err != nil {
		return err
	}
	one, took := r.Kept(), seconds()-started
	if err := s.add(wayKMeans, one.Start, trained-started); err != nil {
		return err
	}
	if err := s.add(wayRecipe, one.Clusters, took); err != nil {
		return err
	}
	for _, way := range []struct {
		name string
		by   cluster.Refinement
	}{{wayMoves, cluster.Moves}, {wayMulti, cluster.MultiLevel}} {
		o.Refine = way.by
		started := seconds()
		refined, _, err := r.Refine(ctx, one.Clusters, o)
		if err != nil {
			return err
		}
		if err := s.add(way.name, refined, took+seconds()-started); err != nil {
			return err
		}
	}
	return nil
}

// others is the recipe with the other methods.
func (s *subject) others(ctx context.Context, seed uint64) error {
	for _, name := range s.methods {
		m, err := cluster.MethodByName(name)
		if err != nil {
			return err
		}
		o := cluster.Defaults(s.out.K)
		o.Seed, o.Method = seed, m
		started := seconds()
		r, err := cluster.Run(ctx, s.host, o)
		if err != nil {
			return err
		}
		if err := s.add("recipe, "+m.Name, r.Kept().Clusters, seconds()-started); err != nil {
			return err
		}
	}
	return nil
}

// references is what is not of this project's making.
func (s *subject) references(_ context.Context, seed uint64) error {
	started := seconds()
	c, err := refine.Louvain(s.graph, seed)
	if err != nil {
		return err
	}
	if c, err = refine.Merge(s.graph, c, s.out.K); err != nil {
		return err
	}
	if c, err = refine.Moves(s.graph, c, s.out.K, seed); err != nil {
		return err
	}
	if err := s.add(wayLouvain, c, seconds()-started); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range c {
		c[i] = r.IntN(s.out.K)
	}
	return s.add(wayRandom, c, 0)
}
