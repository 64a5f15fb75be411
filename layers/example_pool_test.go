package layers_test

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/param"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// entropyPool is a pooler of one's own by soft assignment: it embeds Soft, and
// says what its losses are.
type entropyPool struct{ layers.Soft }

func (*entropyPool) Class() string { return "entropypool" }

func (p *entropyPool) Apply(sc *param.Scope, in modes.Graph) (layers.Output, error) {
	return layers.Pool(p, sc, in)
}

func (p *entropyPool) Losses(in modes.Graph, sel layers.Selection) ([]losses.Term, error) {
	entropy, err := losses.Entropy(sel.Assignment, in, 0, losses.CountNodes)
	return []losses.Term{{Name: losses.NameEntropy, Weight: 1, Node: entropy}}, err
}

// hubPool is one that keeps nodes: it embeds TopNodes, and gives each its score,
// here its degree.
type hubPool struct{ layers.TopNodes }

func (*hubPool) Class() string { return "hubpool" }

func (p *hubPool) Apply(sc *param.Scope, in modes.Graph) (layers.Output, error) {
	return layers.Pool(p, sc, in)
}

func (p *hubPool) Select(_ *param.Scope, in modes.Graph) (layers.Selection, error) {
	if err := in.CheckA(); err != nil {
		return layers.Selection{}, err
	}
	degree, err := in.A.Degree(in.X.Dense)
	if err != nil {
		return layers.Selection{}, err
	}
	return p.SelectTop(in, degree)
}

// Two poolers of one's own, on a path of four nodes.
func ExamplePool() {
	sc, in := path(-9, -9, 9, 9)
	soft := &entropyPool{}
	soft.K, soft.Kernel.Init = 2, param.Identity{}
	out, err := soft.Apply(sc, in)
	check(err)
	showLosses(out)

	hubs := &hubPool{layers.TopNodes{K: 2, Gate: ops.Tanh}}
	out, err = hubs.Apply(sc, in)
	check(err)
	show(out.Selection.Index)

	hubs.K = 0
	_, err = hubs.Apply(sc, in)
	fmt.Println(err)
	// Output:
	// entropy 0.001
	// [1 2]
	// layers: hubpool_1: Ratio = 0, want (0, 1]
}
