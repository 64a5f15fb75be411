package golden_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/losses"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// goldenMinCut is MinCutPool. Variant both is PyG's and Spektral's layer,
// spektral has Spektral's ε.
func goldenMinCut(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	p := layers.NewMinCutPool(a.int("k", 0))
	switch c.Variant {
	case "both", "pyg":
	case "spektral":
		p.Eps = 1e-7
	default:
		return goldenModel{}, fmt.Errorf("variant %q is not known", c.Variant)
	}
	m, err := goldenSoft(c, a, &p.Soft, "mincutpool")
	m.layer = p
	m.losses = map[string]string{"cut": losses.NameCut, "ortho": losses.NameOrthogonality}
	return m, err
}

// goldenDMoN is DMoNPool, as PyG's or as Spektral's.
func goldenDMoN(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	p := layers.NewDMoNPool(a.int("k", 0))
	p.OrthogonalityWeight = 1
	names := map[string]string{
		"spectral": losses.NameModularity, "ortho": losses.NameOrthogonality, "cluster": losses.NameCluster,
	}
	switch c.Variant {
	case "both", "pyg":
	case "spektral":
		p.Activation, p.Coarse = ops.Identity, layers.Unnormalized
		p.Normalizer, p.Count = losses.TwiceStored, losses.CountRows
		p.OrthogonalityWeight = 0
		a.float("collapse_regularization", 0) // a weight; the file's losses have none
		names = map[string]string{"modularity": losses.NameModularity, "collapse": losses.NameCluster}
	default:
		return goldenModel{}, fmt.Errorf("variant %q is not known", c.Variant)
	}
	p.HiddenActivation = ops.ReLU
	m, err := goldenSoft(c, a, &p.Soft, "dmonpool")
	m.layer, m.losses = p, names
	return m, err
}

// goldenSoft reads the options that MinCutPool and DMoNPool have in common.
func goldenSoft(c *goldenCase, a *goldenAttrs, p *layers.Soft, scope string) (goldenModel, error) {
	p.Eps = a.float("eps", p.Eps)
	p.Temperature = a.float("temp", 1)
	p.HiddenActivation = a.activation("mlp_activation", p.HiddenActivation)
	n := a.int("mlp_layers", 1)
	_, bias := c.Params["b0"]
	p.NoBias = !bias
	m := goldenModel{params: map[string]string{}, outputs: goldenSoftOutputs}
	for l := range n {
		dense := scope + "/dense"
		if l > 0 {
			dense += fmt.Sprint("_", l)
		}
		w := fmt.Sprint("w", l)
		m.params[w] = dense + "/kernel"
		if bias {
			m.params[fmt.Sprint("b", l)] = dense + "/bias"
		}
		if x, ok := c.Params[w]; ok && l < n-1 && len(x.Shape) == 2 {
			p.Hidden = append(p.Hidden, x.Shape[1])
		}
	}
	return m, nil
}

// goldenSoftOutputs is what a soft pooler returns.
func goldenSoftOutputs(out layers.Output) (map[string]goldenOutput, error) {
	a, ok := out.A.(modes.DenseAdj)
	if !ok {
		return nil, fmt.Errorf("the coarse adjacency is a %T, want a dense one", out.A)
	}
	return goldenNodes(map[string]*G.Node{"x": out.X.Dense, "a": a.Node, "s": out.Selection.Assignment}), nil
}

// goldenNodes is outputs that are nodes as they lie.
func goldenNodes(nodes map[string]*G.Node) map[string]goldenOutput {
	outs := map[string]goldenOutput{}
	for name, n := range nodes {
		outs[name] = goldenOutput{node: n}
	}
	return outs
}
