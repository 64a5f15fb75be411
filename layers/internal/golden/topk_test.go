package golden_test

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/ops"
)

// goldenTopK is TopKPool, as Spektral's or as PyG's.
func goldenTopK(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewTopKPool(0)
	m, err := goldenKeep(c, a, &p.TopNodes, in)
	m.layer = p
	m.params = map[string]string{"p": "topkpool/kernel"}
	return m, err
}

// goldenSAG is SAGPool, as Spektral's or as PyG's.
func goldenSAG(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewSAGPool(0)
	m, err := goldenKeep(c, a, &p.TopNodes, in)
	m.layer = p
	p.Normalization.Eps = a.float("eps", p.Normalization.Eps)
	m.params = map[string]string{"kernel": "sagpool/kernel"}
	if c.Variant == "pyg" {
		p.SignWeight = true
		p.GNN = layertest.Literal(&layers.GraphConv{Units: 1, Neighbours: layers.Neighbours{Unweighted: true, ToColumns: true}})
		m.params = map[string]string{
			"w_rel": "sagpool/graphconv/kernel", "b_rel": "sagpool/graphconv/bias",
			"w_root": "sagpool/graphconv/root", "w_select": "sagpool/select",
		}
	}
	return m, err
}

// goldenKeep reads the options that TopKPool and SAGPool have in common.
func goldenKeep(c *goldenCase, a *goldenAttrs, p *layers.TopNodes, in goldenInput) (goldenModel, error) {
	gates := map[string]ops.Activation{"tanh": ops.Tanh, "sigmoid": ops.Sigmoid}
	p.Gate = gates[a.text("gating", "tanh", "sigmoid")]
	p.Multiplier = a.float("multiplier", 1)
	out := goldenKeepOutputs{c: c, in: in}
	switch c.Variant {
	case "spektral":
		p.Ratio = a.float("ratio", 0)
	case "pyg", "own":
		// A ratio of 1 or more is a count there, 1.0 too.
		p.Descending, p.RankGated, out.gated = true, true, true
		if ratio := a.float("ratio", 0); ratio >= 1 {
			p.K = int(ratio)
		} else {
			p.Ratio = ratio
		}
		if a.has("min_score") {
			min := a.float("min_score", 0)
			p.MinScore, p.Ratio, p.K = &min, 0, 0
		}
	default:
		return goldenModel{}, fmt.Errorf("variant %q is not known", c.Variant)
	}
	return goldenModel{outputs: out.outputs}, nil
}
