package model

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
)

// Method is a way to cluster: a pooling layer and what there is to say about it.
type Method struct {
	Name       string                        // the word after --method
	Title      string                        // its name in text
	Losses     []LossWeight                  // the losses of its pooling layer, in their fixed order, with their default weights
	Anneals    string                        // the loss whose weight AnnealLinear lets fall to 0; "" for none
	Pooler     func(cfg Config) layers.Layer // with an orthogonal head
	OnCollapse string                        // what may help where all nodes fall into one cluster
}

// Methods are all methods, the default first. A row here is all that a new
// method needs: flags, help, losses and outputs read it.
func Methods() []Method {
	return []Method{
		{
			Name: "dmon", Title: "DMoN",
			Losses: []LossWeight{
				{losses.NameModularity, 1},
				{losses.NameCluster, 1},
				{losses.NameOrthogonality, 0},
			},
			Anneals: losses.NameCluster,
			Pooler: func(cfg Config) layers.Layer {
				p := layers.NewDMoNPool(cfg.K)
				p.Dropout, p.Kernel.Init = cfg.Dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "a higher --loss-weight for cluster or --anneal none",
		},
		{
			Name: "mincut", Title: "MinCut",
			Losses: []LossWeight{
				{losses.NameCut, 1},
				{losses.NameOrthogonality, 1},
			},
			Pooler: func(cfg Config) layers.Layer {
				p := layers.NewMinCutPool(cfg.K)
				p.Dropout, p.Kernel.Init = cfg.Dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "a higher --loss-weight for orthogonality or --method dmon",
		},
	}
}

// MethodNames are the words that --method takes.
func MethodNames() []string {
	var names []string
	for _, m := range Methods() {
		names = append(names, m.Name)
	}
	return names
}

// Lookup is the method of that name.
func Lookup(name string) (Method, error) {
	for _, m := range Methods() {
		if m.Name == name {
			return m, nil
		}
	}
	return Method{}, fmt.Errorf("method = %q, want one of %v", name, MethodNames())
}

// LossNames are the names of the method's losses.
func (m Method) LossNames() []string {
	var names []string
	for _, l := range m.Losses {
		names = append(names, l.Name)
	}
	return names
}
