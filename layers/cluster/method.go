package cluster

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
)

// Method is a pooling layer with the weights of its losses under the recipe.
type Method struct {
	// Name is that of the method.
	Name string

	// Pool makes the layer for k clusters. Its selection must have logits. cut
	// is the share of the edges that the start cuts, 1 where there is no start.
	Pool func(k int, cut float64) layers.Pooler

	// Fading names the losses whose weight falls to 0 over the second half of
	// the training.
	Fading []string

	// PerNode names the losses that grow with the nodes: their weight is divided
	// by their number, so that the others count the same in graphs of any size.
	PerNode []string
}

// Methods is the methods of the recipe. Their weights were chosen by measuring
// that no cluster takes everything, on none of the graphs of
// docs/clustering.md.
func Methods() []Method {
	return []Method{
		{Name: "dmon", Pool: dmon, Fading: []string{losses.NameCluster}},
		{Name: "mincut", Pool: minCut},
		{Name: "justbalance", Pool: justBalance},
		{Name: "diffpool", Pool: diffPool, PerNode: []string{losses.NameLink}},
		{Name: "cheeger", Pool: cheeger},
		{Name: "hosc", Pool: hosc},
		{Name: "mapeq", Pool: mapEquation},
		{Name: "bnpool", Pool: bn},
	}
}

// MethodByName is one of Methods.
func MethodByName(name string) (Method, error) {
	all := Methods()
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.Name
	}
	if i := slices.Index(names, name); i >= 0 {
		return all[i], nil
	}
	return Method{}, fmt.Errorf("cluster: method = %q, want %s", name, strings.Join(names, ", "))
}

func dmon(k int, _ float64) layers.Pooler {
	p := layers.NewDMoNPool(k)
	p.Kernel.Init, p.ClusterWeight = param.Orthogonal{}, .15
	return p
}

func minCut(k int, cut float64) layers.Pooler {
	p := layers.NewMinCutPool(k)
	p.Kernel.Init, p.OrthogonalityWeight = param.Orthogonal{}, orthogonality(k, cut)
	return p
}

// orthogonality is a weight of the orthogonality loss for which one cluster of
// all nodes, of cut −1 and orthogonality √(2 − 2/√k), is worse than the start, by
// a margin: smaller weights have better clusters, weights too small have one.
func orthogonality(k int, cut float64) float64 {
	worst := math.Sqrt(2 - 2/math.Sqrt(float64(k)))
	if worst == 0 { // one cluster is all there is
		return 1
	}
	return min(1, max(.3, 1.4*cut/worst))
}

func justBalance(k int, _ float64) layers.Pooler {
	p := layers.NewJustBalancePool(k)
	p.Kernel.Init = param.Orthogonal{}
	return p
}

// diffPool is DiffPool with a dense layer on the hidden ones in place of its
// graph convolutions: the features are smoothed already, and the assignment
// begins with the start. The link loss alone is least for shares that are all
// equal, n/K where the start has about n/√K; the entropy keeps nodes in one
// cluster each.
func diffPool(k int, _ float64) layers.Pooler {
	head := layers.NewDense(k)
	head.Kernel.Init = param.Orthogonal{}
	p := layers.NewDiffPool(k)
	p.PoolGNN, p.EmbedGNN = head, layers.NewStack()
	p.Link.PerPair, p.LinkWeight, p.EntropyWeight = false, 1, .5
	return p
}

// cheeger weights the balance so that one cluster of all nodes, of total
// variation 0 and balance 1, is worse than the start, whose total variation is
// cut.
func cheeger(k int, cut float64) layers.Pooler {
	p := layers.NewAsymCheegerCutPool(k)
	p.Kernel.Init, p.AsymBalanceWeight = param.Orthogonal{}, max(.2, 4*cut)
	return p
}

func hosc(k int, cut float64) layers.Pooler {
	p := layers.NewHOSCPool(k)
	p.Kernel.Init, p.OrthogonalityWeight = param.Orthogonal{}, orthogonality(k, cut)
	return p
}

func mapEquation(k int, _ float64) layers.Pooler {
	p := layers.NewMapEquationPool(k)
	p.Kernel.Init = param.Orthogonal{}
	return p
}

// Partners is how many nodes each node is paired with by BNPool under the
// recipe: the time grows with the nodes then, and not with their square.
const Partners = 32

func bn(k int, _ float64) layers.Pooler {
	p := layers.NewBNPool(k)
	p.Kernel.Init, p.Partners, p.DivergenceWeight = param.Orthogonal{}, Partners, .1
	return p
}
