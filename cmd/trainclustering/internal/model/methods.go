package model

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
)

// Method is a way to cluster: a pooling layer and what there is to say about it.
type Method struct {
	Name       string                                     // the word after --method
	Title      string                                     // its name in text
	Losses     []LossWeight                               // the losses of its pooling layer, in their fixed order, with the weights of the paper
	Fades      string                                     // the loss whose weight AnnealLinear lets fall to 0; "" for none
	Pooler     func(k int, dropout float64) layers.Pooler // of the paper, with an orthogonal head
	OnCollapse string                                     // what may help where all nodes fall into one cluster
	Least      int                                        // the fewest clusters it can train; 0 for one
	UpTo       bool                                       // k is the most clusters there may be, and fewer are what the method found
}

// Methods are all methods, the default first. A row here, and one of the same
// name in cluster.Methods with the weights of the recipe, are all that a new
// method needs: flags, help, losses and outputs read them.
func Methods() []Method {
	return []Method{
		{
			Name: "dmon", Title: "DMoN",
			Losses: []LossWeight{{losses.NameModularity, 1}, {losses.NameCluster, 1}, {losses.NameOrthogonality, 0}},
			Fades:  losses.NameCluster,
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewDMoNPool(k)
				p.Dropout, p.Kernel.Init = dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "a higher --loss-weight for cluster or --anneal none",
		},
		{
			Name: "mincut", Title: "MinCut",
			Losses: []LossWeight{{losses.NameCut, 1}, {losses.NameOrthogonality, 1}},
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewMinCutPool(k)
				p.Dropout, p.Kernel.Init = dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "a higher --loss-weight for orthogonality or --method dmon",
		},
		{
			Name: "justbalance", Title: "Just Balance",
			Losses: []LossWeight{{losses.NameBalance, 1}},
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewJustBalancePool(k)
				p.Dropout, p.Kernel.Init = dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "--method dmon",
		},
		{
			Name: "diffpool", Title: "DiffPool",
			Losses: []LossWeight{{losses.NameLink, 1}, {losses.NameEntropy, 1}},
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewDiffPool(k)
				p.Dropout, p.Kernel.Init = dropout, param.Orthogonal{}
				p.EmbedGNN = layers.NewStack()                              // no loss trains it
				p.Link.PerPair, p.LinkWeight, p.EntropyWeight = false, 1, 1 // the paper's
				return p
			},
			OnCollapse: "a higher --loss-weight for entropy or --method dmon",
		},
		{
			Name: "cheeger", Title: "Cheeger cut",
			Losses: []LossWeight{{losses.NameTotalVariation, 1}, {losses.NameAsymBalance, 1}},
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewAsymCheegerCutPool(k)
				p.Dropout, p.Kernel.Init = dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "a higher --loss-weight for asym_balance or --method dmon",
		},
		{
			Name: "hosc", Title: "HOSC",
			Losses: []LossWeight{{losses.NameHigherOrderCut, 1}, {losses.NameOrthogonality, .1}, {losses.NameNormalizedBalance, 0}},
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewHOSCPool(k)
				p.Dropout, p.Kernel.Init = dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "a higher --loss-weight for orthogonality or --method dmon",
		},
		{
			Name: "mapeq", Title: "Map equation",
			Losses: []LossWeight{{losses.NameMapEquation, 1}},
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewMapEquationPool(k)
				p.Dropout, p.Kernel.Init = dropout, param.Orthogonal{}
				return p
			},
			OnCollapse: "--method dmon",
			UpTo:       true,
		},
		{
			Name: "bnpool", Title: "BN-Pool",
			Losses: []LossWeight{{losses.NameReconstruction, 1}, {losses.NamePosteriorDivergence, 1}, {losses.NameConnectivityPrior, 1}},
			Pooler: func(k int, dropout float64) layers.Pooler {
				p := layers.NewBNPool(k)
				p.Dropout, p.Kernel.Init, p.Partners = dropout, param.Orthogonal{}, cluster.Partners
				return p
			},
			OnCollapse: "a lower --loss-weight for posterior_divergence or --method dmon",
			Least:      2, // one cluster takes all: its losses depend on no weight
			UpTo:       true,
		},
	}
}

// of is the method under a configuration: with the weights of the paper, or
// with those of the recipe.
func (m Method) of(c Config) (cluster.Method, error) {
	out := cluster.Method{Name: m.Name, Pool: func(k int, _ float64) layers.Pooler { return m.Pooler(k, c.Dropout) }}
	if c.Preset != PresetPaper {
		recipe, err := cluster.MethodByName(m.Name)
		if err != nil {
			return out, err
		}
		if c.Dropout == 0 {
			out = recipe
		}
		out.PerNode = recipe.PerNode
	}
	out.Fading = nil
	if c.Anneal == AnnealLinear && m.Fades != "" {
		out.Fading = []string{m.Fades}
	}
	return out, nil
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
