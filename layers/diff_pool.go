package layers

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// DiffPool clusters nodes by a graph neural network, and embeds them by
// another:
//
//	S = softmax(GNN_pool(A, X)/τ),  Z = a(GNN_embed(A, X)),  X' = SᵀZ,  A' = SᵀAS
//
// with the losses link and entropy, on the A given; see losses.LinkPrediction
// and losses.Entropy. Both networks are one graph convolution Â·X·W without
// bias, Â = D^-½(A+I)D^-½, unless layers are given for them; they are in the
// scopes pool and embed.
//
// Modes: all. Shapes: K nodes a graph: X' K×Channels (single), (B·K)×Channels
// (disjoint), B×K×Channels (batch, mixed); A' K×K, blocks, or B×K×K. A sparse
// A is never made dense.
// Gradient: to X, the weights, and A's weights through Â, A' and the link loss.
// Padding takes no part; a graph without nodes gives 0, and padding.
//
// As Spektral's layer with EntropyCount losses.CountRows, which counts padded
// rows. PyG's function, which is given S and Z, is NewDiffPoolFrom.
// Source: Ying, You, Morris, Ren, Hamilton, Leskovec, Hierarchical Graph
// Representation Learning with Differentiable Pooling, NeurIPS 2018, arXiv
// 1806.08804.
type DiffPool struct {
	K             int                 // the number of clusters, at least 1; may exceed the number of nodes
	Channels      int                 // the width of Z; 0: that of X. Not with EmbedGNN
	Activation    ops.Activation      // a, of Z; default: none
	Normalization modes.Normalization // of A inside the convolutions
	PoolGNN       Layer               // gives the logits of S, K columns; nil: a graph convolution
	EmbedGNN      Layer               // gives Z before a; nil: a graph convolution
	Temperature   float64             // τ of the softmax, above 0; 0 means 1
	Dropout       float64             // probability that a logit is dropped in training
	Coarse        Coarse              // what becomes of SᵀAS
	Eps           float64             // ε of the normalisation by Coarse, added to √d
	InverseLift   bool                // Lift undoes SᵀZ as far as it can, see Soft.Lift; default: it is S·x

	Link          losses.LinkOptions // variants of the link loss
	EntropyEps    float64            // ε in the logarithm of the entropy
	EntropyCount  losses.Count       // the rows that the entropy counts
	LinkWeight    float64            // of the link loss
	EntropyWeight float64            // of the entropy

	Trainable // of the convolutions; the activity regulariser is that of S
}

// NewDiffPool is a DiffPool with k clusters and Spektral's options: Z as wide
// as X, ε 1e-7 in Â and in the entropy, no bias, SᵀAS as it is, and both
// losses of weight 1.
func NewDiffPool(k int) *DiffPool {
	return &DiffPool{
		K: k, Normalization: modes.Normalization{SelfLoops: true, Eps: 1e-7},
		Temperature: 1, Coarse: Unnormalized, EntropyEps: 1e-7, LinkWeight: 1, EntropyWeight: 1,
		Trainable: Trainable{NoBias: true},
	}
}

// NewDiffPoolFrom is a DiffPool on logits and features that are there
// already, shaped as X with a column a cluster and a feature: S =
// softmax(logits), Z = z, or X where z is nil. Its losses are those of PyG's
// dense_diff_pool: one norm over the batch divided by its number of entries
// for the link loss (Link.PerEntry is PyG's normalize), and the entropy over
// all rows with ε 1e-15. It has no JSON, since nodes have none.
func NewDiffPoolFrom(logits, z *G.Node) *DiffPool {
	p := NewDiffPool(0)
	if logits != nil && logits.Dims() > 0 {
		p.K = logits.Shape()[logits.Dims()-1]
	}
	p.PoolGNN, p.EmbedGNN = Precomputed(logits), Precomputed(z)
	p.Link = losses.LinkOptions{WholeBatch: true, PerEntry: true}
	p.EntropyEps, p.EntropyCount = 1e-15, losses.CountRows
	return p
}

// soft is the options of the verbs that are Soft's.
func (p *DiffPool) soft() *Soft {
	return &Soft{
		K: p.K, Temperature: p.Temperature, Dropout: p.Dropout, Coarse: p.Coarse, Eps: p.Eps, InverseLift: p.InverseLift,
		Trainable: Trainable{Activity: p.Activity},
	}
}

// Apply implements Layer.
func (p *DiffPool) Apply(sc *param.Scope, in modes.Graph) (Output, error) {
	return Pool("diffpool", &embedding{DiffPool: p}, sc, in)
}

// embedding is a DiffPool that reduces Z in place of X.
type embedding struct {
	*DiffPool
	z *G.Node
}

func (e *embedding) Select(sc *param.Scope, in modes.Graph) (sel Selection, err error) {
	if sel, err = e.DiffPool.Select(sc, in); err != nil {
		return Selection{}, err
	}
	e.z, err = e.Embed(sc, in)
	return sel, err
}

func (e *embedding) Reduce(in modes.Graph, sel Selection) (*G.Node, error) {
	if e.z == nil {
		return e.DiffPool.Reduce(in, sel)
	}
	return e.DiffPool.Reduce(in.WithX(e.z), sel)
}

// Select implements Pooler: S by the pooling network.
func (p *DiffPool) Select(sc *param.Scope, in modes.Graph) (Selection, error) {
	soft := p.soft()
	if err := soft.check(); err != nil {
		return Selection{}, err
	}
	if err := in.CheckA(); err != nil {
		return Selection{}, err
	}
	logits, err := p.gnn(sc.Sub("pool"), "PoolGNN", p.PoolGNN, p.K, in)
	if err != nil {
		return Selection{}, err
	}
	if logits.Width() != p.K {
		return Selection{}, fmt.Errorf("PoolGNN gives %d columns, want K = %d", logits.Width(), p.K)
	}
	s, err := logits.ToDense()
	if err != nil {
		return Selection{}, err
	}
	return soft.assign(sc, in, s)
}

// Embed is Z, the features that Apply reduces; nil where they are X itself.
func (p *DiffPool) Embed(sc *param.Scope, in modes.Graph) (*G.Node, error) {
	channels := p.Channels
	switch {
	case channels < 0:
		return nil, atLeast("Channels", channels, 0)
	case channels > 0 && p.EmbedGNN != nil:
		return nil, unwanted("Channels", channels, "0 beside an EmbedGNN")
	case channels == 0:
		channels = in.X.Width()
	}
	z, err := p.gnn(sc.Sub("embed"), "EmbedGNN", p.EmbedGNN, channels, in)
	if err != nil {
		return nil, err
	}
	if z.Sparse != nil && p.Activation == ops.Identity && p.ActivationFunc == nil {
		return nil, nil // X passed on: its products need no dense form
	}
	y, err := z.ToDense()
	if err != nil {
		return nil, err
	}
	return p.activate(y, p.Activation)
}

// gnn is the features that a network gives; l nil is a graph convolution.
func (p *DiffPool) gnn(sc *param.Scope, option string, l Layer, units int, in modes.Graph) (modes.Features, error) {
	if l == nil {
		t := p.Trainable
		t.Activity, t.ActivationFunc = nil, nil
		l = &GCNConv{Units: units, Normalization: p.Normalization, Trainable: t}
	}
	out, err := within(sc, option, l, in)
	if err == nil && len(out.Losses) > 0 {
		err = fmt.Errorf("%s has losses, want a layer without", option)
	}
	return out.X, err
}

// Losses implements Pooler: link and entropy.
func (p *DiffPool) Losses(in modes.Graph, sel Selection) ([]losses.Term, error) {
	link, err := losses.LinkPrediction(sel.Assignment, in, p.Link)
	if err != nil {
		return nil, err
	}
	entropy, err := losses.Entropy(sel.Assignment, in, p.EntropyEps, p.EntropyCount)
	if err != nil {
		return nil, err
	}
	return []losses.Term{
		{Name: losses.NameLink, Weight: p.LinkWeight, Node: link},
		{Name: losses.NameEntropy, Weight: p.EntropyWeight, Node: entropy},
	}, nil
}

// Reduce implements Pooler: SᵀX of the X given; Apply gives it Z.
func (p *DiffPool) Reduce(in modes.Graph, sel Selection) (*G.Node, error) {
	return p.soft().Reduce(in, sel)
}

// Connect implements Pooler: SᵀAS of each graph, in the form Coarse says.
func (p *DiffPool) Connect(sc *param.Scope, in modes.Graph, sel Selection) (modes.Adj, error) {
	return p.soft().Connect(sc, in, sel)
}

// Regroup implements Pooler: K nodes a graph.
func (p *DiffPool) Regroup(sc *param.Scope, in modes.Graph, sel Selection) (modes.Graph, error) {
	return p.soft().Regroup(sc, in, sel)
}

// Lift implements Pooler, as Soft does.
func (p *DiffPool) Lift(in modes.Graph, sel Selection, x *G.Node) (*G.Node, error) {
	return p.soft().Lift(in, sel, x)
}
