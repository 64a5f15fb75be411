package main

import (
	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/layers/train"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// pooling makes one of the two pooling layers of a model; clusters is for those
// that have a number of them. nil: none.
type pooling func(clusters int) layers.Layer

// poolings is the models by name.
func poolings() map[string]pooling {
	const ratio = .8
	return map[string]pooling{
		"none":   nil,
		"TopK":   func(int) layers.Layer { return layers.NewTopKPool(ratio) },
		"SAG":    func(int) layers.Layer { return layers.NewSAGPool(ratio) },
		"random": func(int) layers.Layer { return random(ratio) },
		"MinCut": func(k int) layers.Layer { return layers.NewMinCutPool(k) },
		"DMoN":   func(k int) layers.Layer { return layers.NewDMoNPool(k) },
		"JBPool": func(k int) layers.Layer { return layers.NewJustBalancePool(k) },
		"TVPool": func(k int) layers.Layer { return layers.NewAsymCheegerCutPool(k) },
		"DiffPool": func(k int) layers.Layer {
			p := layers.NewDiffPool(k)
			p.Link.PerEntry, p.LinkWeight, p.EntropyWeight = true, .1, .1
			p.Coarse = layers.Normalized
			return p
		},
		"HOSC":     func(k int) layers.Layer { return layers.NewHOSCPool(k) },
		"MapEq":    func(k int) layers.Layer { return layers.NewMapEquationPool(k) },
		"BNPool":   func(k int) layers.Layer { return layers.NewBNPool(k) },
		"MemPool":  func(k int) layers.Layer { return layers.NewMemPool(k) },
		"MaxCut":   func(int) layers.Layer { return layers.NewMaxCutPool(.5) },
		"Graclus":  func(int) layers.Layer { return layers.NewGraclusPool() },
		"EdgePool": func(int) layers.Layer { return layers.NewEdgePool() },
		"Cluster":  func(int) layers.Layer { return layers.NewClusterPool() },
		"KMIS":     func(int) layers.Layer { return layers.NewKMISPool(1) },
		"NDP":      func(int) layers.Layer { return layers.NewNDPPool() },
		"ASA":      func(int) layers.Layer { return layers.NewASAPool(ratio) },
		"PAN":      func(int) layers.Layer { return layers.NewPANPool(ratio) },
	}
}

// random keeps nodes by a random direction that is not trained.
func random(ratio float64) layers.Layer {
	p := layers.NewTopKPool(ratio)
	p.Kernel = param.Spec{Frozen: true}
	return p
}

func modelNames() []string {
	return []string{
		"none", "random", "TopK", "SAG", "MinCut", "DMoN", "DiffPool", "JBPool", "TVPool",
		"HOSC", "MapEq", "BNPool", "MemPool", "MaxCut", "Graclus", "EdgePool", "Cluster", "KMIS", "NDP", "ASA", "PAN",
	}
}

// classifier is a model of three levels: a convolution each, with batch norm
// and relu, and a pooling layer between two of them. The mean and the largest
// of each level's features are read out, and what linear layers make of all of
// them is added up.
type classifier struct {
	pool     pooling
	clusters []int
	classes  int
	setting
}

// build implements train.Build.
func (c classifier) build(sc *param.Scope, in modes.Input) (train.Model, error) {
	g, of := in.Graph, in.Graph
	var terms []losses.Term
	var sum *G.Node
	for level := range 3 {
		out, err := c.level(sc, g)
		if err != nil {
			return train.Model{}, err
		}
		if level < 2 && c.pool != nil {
			if out, err = c.pool(c.clusters[level]).Apply(sc, out.Graph); err != nil {
				return train.Model{}, err
			}
			terms = append(terms, out.Losses...)
		}
		g = out.Graph
		for _, global := range []layers.Layer{layers.NewGlobalAvgPool(), layers.NewGlobalMaxPool()} {
			read, err := layers.Sequence(sc, g, global, layers.NewDense(c.Units))
			if err != nil {
				return train.Model{}, err
			}
			if sum == nil {
				sum = read.X.Dense
			} else if sum, err = G.Add(sum, read.X.Dense); err != nil {
				return train.Model{}, err
			}
			of = read.Graph // a row a graph
		}
	}
	return c.head(sc, in, of, sum, terms)
}

// level is a convolution with batch norm and relu.
func (c classifier) level(sc *param.Scope, g modes.Graph) (layers.Output, error) {
	norm := layers.NewBatchNorm()
	norm.Momentum = .9 // small data sets have few steps an epoch
	out, err := layers.Sequence(sc, g, layers.NewGraphConv(c.Units), norm)
	if err != nil {
		return out, err
	}
	x, err := ops.Activate(out.X.Dense, ops.ReLU)
	out.Graph = out.WithX(x)
	return out, err
}

// head makes logits of what was read out. The loss of training has the terms of
// the pooling layers, that of evaluation is the cross entropy.
func (c classifier) head(sc *param.Scope, in modes.Input, of modes.Graph, x *G.Node, terms []losses.Term) (train.Model, error) {
	x, err := ops.Activate(x, ops.ReLU)
	if err != nil {
		return train.Model{}, err
	}
	if sc.Training() && c.Dropout > 0 {
		if x, err = ops.Dropout(x, c.Dropout, sc.Seed()); err != nil {
			return train.Model{}, err
		}
	}
	out, err := layers.NewDense(c.classes).Apply(sc, of.WithX(x))
	if err != nil {
		return train.Model{}, err
	}
	m := train.Model{Output: out.X.Dense}
	if m.Loss, err = losses.ClassCrossEntropy(m.Output, in.Labels, in.TargetIDs, losses.ClassOptions{}); err != nil || !sc.Training() {
		return m, err
	}
	m.Loss, err = losses.Total(append([]losses.Term{{Name: losses.NameClassCrossEntropy, Weight: 1, Node: m.Loss}}, terms...))
	return m, err
}
