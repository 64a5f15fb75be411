package layers

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// GATConv is a graph attention layer: each node takes the mean of its
// neighbours' features, weighed by coefficients that it computes from both:
//
//	x'_i = a(Σ_j α_ij W x_j + R x_i + b)
//	α_ij = softmax_j(l(p·W x_j + q·W x_i + r·U f_ij))
//
// l is the leaky relu, f_ij the features of the edge (Edges; without it there
// is no such term), p, q and r are the weights att_src, att_dst and att_edge,
// and U is edge_kernel. R is residual_kernel, with Residual alone. Each head
// has these weights and gives Channels features; the heads are concatenated, or
// averaged with Average. The softmax runs over the edges into i.
//
// Modes: all; attributes not in batch mode, nor with a dense A. Shapes: X' has
// X's rows and Heads·Channels columns, or Channels with Average. A sparse A is
// never made dense: memory is Heads values an edge. A is passed on as it came.
// A node that hears nothing gets a(b). Behind a soft pooler all clusters are
// neighbours, and A' matters with Edges = EdgeWeights alone.
// Gradient: to X, the weights, and what is read of the edges.
//
// As PyG's layer with ToColumns. Source: Veličković et al., Graph Attention
// Networks, ICLR 2018, arXiv 1710.10903.
type GATConv struct {
	Attention
	Activation ops.Activation // a; default: none
	made
}

// NewGATConv is a GATConv of so many heads and features a head, with self
// loops, a slope of 0.2, and nothing read of the edges.
func NewGATConv(heads, channels int) *GATConv {
	return &GATConv{Attention: newAttention(heads, channels), made: byNew()}
}

// Class implements Classed.
func (*GATConv) Class() string { return "gatconv" }

// Apply implements Layer.
func (l *GATConv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		l.checkAttention(in)
		list := l.edges(in)
		x := l.project(sc, in, "kernel", "")
		logits := must(ops.LeakyReLU(l.logits(sc, list, x), l.Slope))
		return l.regularized(sc, l.attend(sc, in, list, logits, x, l.Activation))
	})
}

// logits is p·W x_j + q·W x_i + r·U f_ij for each edge and head. Each part is
// computed by node before it is taken to the edges.
func (l *GATConv) logits(sc *param.Scope, list edgeList, x *G.Node) *G.Node {
	from := must(ops.Gather(l.perHead(sc, "att_src", x), list.senders()))
	to := must(ops.Gather(l.perHead(sc, "att_dst", x), list.receivers()))
	sum := must(G.Add(from, to))
	if f := l.projectEdges(sc, list); f != nil {
		sum = must(G.Add(sum, l.perHead(sc, "att_edge", f)))
	}
	return sum
}

// GATv2Conv is graph attention in which the ranking of neighbours depends on
// the receiving node, unlike in GATConv:
//
//	x'_i = a(Σ_j α_ij W x_j + R x_i + b)
//	α_ij = softmax_j(p · l(W x_j + c + V x_i + d + U f_ij))
//
// l is the leaky relu, f_ij the features of the edge (Edges; without it there
// is no such term). W and c are the weights kernel_src and bias_src, V and d
// kernel_dst and bias_dst (the same ones with Share), p is att and U
// edge_kernel. The summed messages include the bias: W x_j + c. Heads, self
// loops, the softmax and R are those of GATConv.
//
// Modes: all; attributes not in batch mode, nor with a dense A. Shapes: X' has
// X's rows and Heads·Channels columns, or Channels with Average. A sparse A is
// never made dense: memory is Heads·Channels values an edge. A is passed on as
// it came. A node that hears nothing gets a(b). Behind a soft pooler all
// clusters are neighbours, and A' matters with Edges = EdgeWeights alone.
// Gradient: to X, the weights, and what is read of the edges.
//
// As PyG's layer with ToColumns. Source: Brody, Alon, Yahav, How Attentive are
// Graph Attention Networks?, ICLR 2022, arXiv 2105.14491.
type GATv2Conv struct {
	Attention
	Activation ops.Activation // a; default: none
	Share      bool           // V = W and d = c
	made
}

// NewGATv2Conv is a GATv2Conv of so many heads and features a head, with self
// loops, a slope of 0.2, and nothing read of the edges.
func NewGATv2Conv(heads, channels int) *GATv2Conv {
	return &GATv2Conv{Attention: newAttention(heads, channels), made: byNew()}
}

// Class implements Classed.
func (*GATv2Conv) Class() string { return "gatv2conv" }

// Apply implements Layer.
func (l *GATv2Conv) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return onNodes(l, sc, in, func(sc *param.Scope) *G.Node {
		l.checkAttention(in)
		list := l.edges(in)
		from := l.project(sc, in, "kernel_src", "bias_src")
		to := from
		if !l.Share {
			to = l.project(sc, in, "kernel_dst", "bias_dst")
		}
		logits := l.logits(sc, list, from, to)
		return l.regularized(sc, l.attend(sc, in, list, logits, from, l.Activation))
	})
}

// logits is p · l(W x_j + c + V x_i + d + U f_ij) for each edge and head.
func (l *GATv2Conv) logits(sc *param.Scope, list edgeList, from, to *G.Node) *G.Node {
	sum := must(G.Add(must(ops.Gather(from, list.senders())), must(ops.Gather(to, list.receivers()))))
	if f := l.projectEdges(sc, list); f != nil {
		sum = must(G.Add(sum, f))
	}
	return l.perHead(sc, "att", must(ops.LeakyReLU(sum, l.Slope)))
}
