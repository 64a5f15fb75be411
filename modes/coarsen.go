package modes

import (
	"errors"
	"fmt"

	"gorgonia.org/tensor"
)

// Coarsening is a graph put together into a smaller one, outside of any
// expression graph: which new node each node goes to, and the new graph.
// Exactly one of Cluster and Shares is set, but for a graph without nodes, which
// has neither.
type Coarsening struct {
	Cluster []int     // the new node of each node, −1 for none
	Weight  []float64 // what a node's features are multiplied by there; nil: 1

	// Index is the node, one for each new node, whose features alone the new node
	// gets; its cluster still says where features are lifted to. nil: each new node
	// gets the features of its cluster.
	Index []int

	// Shares is the share of each node that goes to each of K new nodes, N×K; the
	// new graph has K nodes.
	Shares *tensor.Dense

	// Modes is an element of each node in each of H eigenvectors of its cluster,
	// N×H: the features of a cluster are then a block for each; nil: none.
	Modes *tensor.Dense

	Coarse *Host // the new graph, without features and levels of its own
}

// Coarsener makes a graph smaller, by its edges alone. The poolers of package
// layers that learn nothing are Coarseners.
type Coarsener interface {
	Coarsen(h *Host) (Coarsening, error)
}

// CoarsenFunc is a function as a Coarsener.
type CoarsenFunc func(h *Host) (Coarsening, error)

// Coarsen implements Coarsener. It errs where f is nil.
func (f CoarsenFunc) Coarsen(h *Host) (Coarsening, error) {
	if f == nil {
		return Coarsening{}, errors.New("modes: coarsen: the function is nil, want one")
	}
	return f(h)
}

// Coarsen is the graphs with Levels: the first coarsener on each graph, the next
// on what comes out, and so on. It is done once, so that no run of a model
// coarsens; layers.PrecomputedPool takes the levels in turn. The graphs given are
// not changed; levels that they have are replaced.
//
// Errors: graphs out of order; a coarsener that is nil, errs, or gives what does
// not fit the graph; one that makes nothing of a graph with nodes.
func Coarsen(hosts []*Host, by ...Coarsener) ([]*Host, error) {
	out := make([]*Host, len(hosts))
	for i, h := range hosts {
		g, err := coarsen(h, by)
		if err != nil {
			return nil, fmt.Errorf("modes: coarsen: graph %d: %w", i, err)
		}
		out[i] = g
	}
	return out, nil
}

func coarsen(h *Host, by []Coarsener) (*Host, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	out, fine := *h, h
	out.Levels = nil
	for l, c := range by {
		if c == nil {
			return nil, fmt.Errorf("level %d: the coarsener is nil", l)
		}
		level := Coarsening{Coarse: &Host{}}
		if fine.Nodes > 0 {
			var err error
			if level, err = c.Coarsen(fine); err != nil {
				return nil, fmt.Errorf("level %d: %w", l, err)
			}
			if level.Coarse != nil && level.Coarse.Nodes == 0 {
				return nil, fmt.Errorf("level %d: no new nodes, want at least 1", l)
			}
		}
		if err := level.check(fine); err != nil {
			return nil, fmt.Errorf("level %d: %w", l, err)
		}
		out.Levels = append(out.Levels, level)
		fine = level.Coarse
	}
	return &out, nil
}

// checkLevels errs unless each level fits the graph before it.
func (h *Host) checkLevels() error {
	fine := h
	for l, level := range h.Levels {
		if err := level.check(fine); err != nil {
			return fmt.Errorf("level %d: %w", l, err)
		}
		fine = level.Coarse
	}
	return nil
}

// check errs unless c fits the graph that it is of.
func (c Coarsening) check(fine *Host) error {
	switch {
	case c.Coarse == nil:
		return errors.New("the new graph is nil, want one")
	case c.Coarse.X != nil || c.Coarse.SparseX != nil || c.Coarse.Levels != nil:
		return errors.New("the new graph has features or levels, want none")
	case fine.Nodes == 0 && (c.Coarse.Nodes > 0 || len(c.Cluster)+len(c.Weight)+len(c.Index) > 0 || c.Shares != nil || c.Modes != nil):
		return errors.New("something of a graph without nodes, want nothing")
	case fine.Nodes > 0 && (c.Cluster == nil) == (c.Shares == nil):
		return fmt.Errorf("clusters given: %v, shares given: %v, want one of them", c.Cluster != nil, c.Shares != nil)
	case c.Shares != nil && (c.Weight != nil || c.Index != nil || c.Modes != nil):
		return errors.New("shares with weights, an index or eigenvectors, want shares alone")
	case c.Index != nil && c.Modes != nil:
		return errors.New("an index with eigenvectors, want one of them")
	case c.Index != nil && len(c.Index) != c.Coarse.Nodes:
		return fmt.Errorf("an index of %d new nodes, want %d", len(c.Index), c.Coarse.Nodes)
	case c.Cluster != nil && len(c.Cluster) != fine.Nodes:
		return fmt.Errorf("clusters of %d nodes, want %d", len(c.Cluster), fine.Nodes)
	case c.Weight != nil && len(c.Weight) != fine.Nodes:
		return fmt.Errorf("weights of %d nodes, want %d", len(c.Weight), fine.Nodes)
	}
	for i, to := range c.Cluster {
		if to < -1 || to >= c.Coarse.Nodes {
			return fmt.Errorf("the cluster of node %d is %d, want 0 to %d, or -1 for none", i, to, c.Coarse.Nodes-1)
		}
	}
	for k, i := range c.Index {
		if i < 0 || i >= fine.Nodes {
			return fmt.Errorf("the index of new node %d is %d, want 0 to %d", k, i, fine.Nodes-1)
		}
		if c.Cluster[i] != k {
			return fmt.Errorf("the index of new node %d is %d, a node of cluster %d, want one of its own", k, i, c.Cluster[i])
		}
	}
	if i := firstBad(c.Weight); i >= 0 {
		return fmt.Errorf("the weight of node %d is %v, want a finite number", i, c.Weight[i])
	}
	if err := checkDense("shares", c.Shares, fine.Nodes, c.Coarse.Nodes); err != nil {
		return err
	}
	if err := checkDense("eigenvectors", c.Modes, fine.Nodes, -1); err != nil {
		return err
	}
	return c.Coarse.check()
}

// level is a level of h; one of nothing where h has no nodes.
func (h *Host) level(l int) Coarsening {
	if l < len(h.Levels) {
		return h.Levels[l]
	}
	return Coarsening{Coarse: &Host{}}
}

// coarse is the graphs of a level.
func coarse(graphs []*Host, l int) []*Host {
	out := make([]*Host, len(graphs))
	for b, h := range graphs {
		out[b] = h.level(l).Coarse
	}
	return out
}

// levelsOf is how many levels graphs have: those with nodes all have as many.
func levelsOf(graphs []*Host) (levels int) {
	for _, h := range graphs {
		levels = max(levels, len(h.Levels))
	}
	return levels
}
