package layers

import (
	"errors"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// Coarsen implements modes.Coarsener: the clusters and A' of one graph.
func (p *GraclusPool) Coarsen(h *modes.Host) (modes.Coarsening, error) { return coarsen(p, h) }

// Coarsen implements modes.Coarsener: the clusters and A' of one graph.
func (p *SEPPool) Coarsen(h *modes.Host) (modes.Coarsening, error) { return coarsen(p, h) }

// Coarsen implements modes.Coarsener: the nodes kept, and A' between them; with
// Nearest also what joined them.
func (p *NDPPool) Coarsen(h *modes.Host) (modes.Coarsening, error) { return coarsen(p, h) }

// Coarsen implements modes.Coarsener: the clusters and A' of one graph, and the
// eigenvectors. It errs where Selector learns.
func (p *EigenPool) Coarsen(h *modes.Host) (modes.Coarsening, error) { return coarsen(p, h) }

// Coarsen implements modes.Coarsener: S and A' of one graph.
func (p *NMFPool) Coarsen(h *modes.Host) (modes.Coarsening, error) { return coarsen(p, h) }

// Coarsen implements modes.Coarsener: the clusters, scores and A' of one graph.
// It errs for the linear scorer, which learns.
func (p *KMISPool) Coarsen(h *modes.Host) (modes.Coarsening, error) { return coarsen(p, h) }

// coarsen runs Select and Connect of a pooler on a graph, in float64, with a
// column of ones for features.
func coarsen(p Pooler, h *modes.Host) (modes.Coarsening, error) {
	return build(func() modes.Coarsening {
		ensure(checkMade(p))
		if h == nil || h.Nodes == 0 {
			return modes.Coarsening{Coarse: &modes.Host{}}
		}
		g, store := G.NewGraph(), must(param.NewStore(tensor.Float64, 0))
		bare := *h
		bare.Levels, bare.SparseX = nil, nil
		bare.X = tensor.New(tensor.WithShape(h.Nodes, 1), tensor.WithBacking(slices.Repeat([]float64{1}, h.Nodes)))
		in := must(modes.NewSingle(g, "graph", &bare, tensor.Float64))
		sc := store.Scope(g, false)
		sel := must(p.Select(sc, in))
		out := must(p.Connect(sc, in, sel))
		if store.Len() > 0 {
			ensure(errors.New("the pooler has weights to learn, want one that depends on the edges alone"))
		}
		if k, ok := p.(keeper); !ok || !k.keptAlone() {
			sel.Index = nil
		}
		r := coarseResult{}
		r.add(sel.Cluster, sel.Index, sel.Weight, sel.Modes, sel.Assignment, out.E)
		switch a := out.A.(type) {
		case modes.SparseAdj:
			r.add(a.Pattern, a.Weights)
		case modes.DenseAdj:
			r.add(a.Node)
		}
		r.values = must(train.Forward(r.nodes...))
		return r.coarsening(sel, out)
	})
}

// keeper is a pooler that may give new nodes the features of the nodes kept alone,
// and not those of others in their clusters.
type keeper interface{ keptAlone() bool }

func (p *NDPPool) keptAlone() bool { return p.Nearest }

func (p *KMISPool) keptAlone() bool { return p.MembersOnly }

// coarseResult is nodes and their values.
type coarseResult struct {
	nodes  []*G.Node
	values []G.Value
}

func (r *coarseResult) add(nodes ...*G.Node) {
	for _, n := range nodes {
		if n != nil {
			r.nodes = append(r.nodes, n)
		}
	}
}

// of is the value of a node, nil of nil.
func (r *coarseResult) of(n *G.Node) G.Value {
	for i, m := range r.nodes {
		if n != nil && m == n {
			return r.values[i]
		}
	}
	return nil
}

func (r *coarseResult) floats(n *G.Node) []float64 {
	if v := r.of(n); v != nil {
		return append([]float64{}, v.Data().([]float64)...)
	}
	return nil
}

// matrix is a value as a matrix of so many rows.
func (r *coarseResult) matrix(n *G.Node, rows int) *tensor.Dense {
	x := r.floats(n)
	if rows == 0 || len(x) == 0 {
		return nil
	}
	cols := n.Shape()[n.Dims()-1]
	return tensor.New(tensor.WithShape(rows, cols), tensor.WithBacking(x[:rows*cols]))
}

// coarsening is what the values say.
func (r *coarseResult) coarsening(sel Selection, out modes.Graph) modes.Coarsening {
	var c modes.Coarsening
	if sel.Assignment != nil {
		shape := sel.Assignment.Shape()
		c.Shares = r.matrix(sel.Assignment, shape[0])
		c.Coarse = r.dense(out.A.(modes.DenseAdj).Node)
		return c
	}
	c.Cluster = append([]int{}, r.of(sel.Cluster).Data().([]int)...)
	c.Weight, c.Modes = r.floats(sel.Weight), r.matrix(sel.Modes, len(c.Cluster))
	nodes := 0
	for _, k := range c.Cluster {
		nodes = max(nodes, k+1)
	}
	if sel.Index != nil {
		c.Index = append([]int{}, r.of(sel.Index).Data().([]int)[:nodes]...)
	}
	a := out.A.(modes.SparseAdj)
	p := r.of(a.Pattern).(*ops.Pattern)
	c.Coarse = &modes.Host{Nodes: nodes}
	if nnz := p.NNZ(); nnz > 0 {
		c.Coarse.Pattern = must(ops.NewPattern(nodes, nodes, p.Ptr()[:nodes+1], p.Col()))
		c.Coarse.Weights = r.floats(a.Weights)[:nnz]
		c.Coarse.E = r.matrix(out.E, nnz)
	}
	return c
}

// dense is a graph of the elements of A' that are not 0.
func (r *coarseResult) dense(a *G.Node) *modes.Host {
	n := a.Shape()[0]
	var row, col []int
	var w []float64
	for i, v := range r.floats(a) {
		if v != 0 {
			row, col, w = append(row, i/n), append(col, i%n), append(w, v)
		}
	}
	if len(w) == 0 {
		return &modes.Host{Nodes: n}
	}
	return must(modes.FromCOO(n, row, col, w))
}
