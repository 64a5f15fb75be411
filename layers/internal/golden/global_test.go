package golden_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
)

// goldenGlobal is the global pools, by op.
func goldenGlobal(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	m := goldenModel{outputs: func(out layers.Output) (map[string]goldenOutput, error) {
		return c.perGraph(out, in), nil
	}}
	switch c.Variant {
	case "both", "spektral", "pyg":
	default:
		return m, fmt.Errorf("variant %q is not known", c.Variant)
	}
	switch op := a.text("op", "", "sum", "avg", "max", "attention", "attn_sum", "pyg_attentional"); op {
	case "sum":
		m.layer = layers.NewGlobalSumPool()
	case "avg":
		m.layer = layers.NewGlobalAvgPool()
	case "max":
		m.layer = layers.NewGlobalMaxPool()
	case "attention":
		p := layers.NewGlobalAttentionPool()
		p.Channels = a.int("channels", c.width("feat_kernel"))
		m.layer, m.params = p, map[string]string{}
		for _, name := range []string{"attn_kernel", "attn_bias", "feat_kernel", "feat_bias"} {
			m.params[name] = "globalattentionpool/" + name
		}
	case "attn_sum":
		p := layers.NewGlobalAttnSumPool()
		if eps := a.float("eps", 1e-9); c.Mode == "disjoint" {
			p.Eps = eps // the other modes have none, whatever the file says
		}
		m.layer, m.params = p, map[string]string{"attn_kernel": "globalattnsumpool/attn_kernel"}
	case "pyg_attentional":
		p := layers.NewGlobalSoftAttentionPool()
		p.NN = layers.NewDense(a.int("channels", c.width("nn_kernel")))
		m.layer, m.params = p, map[string]string{}
		for _, name := range []string{"gate", "nn"} {
			m.params[name+"_kernel"] = "globalsoftattentionpool/" + name + "/dense/kernel"
			m.params[name+"_bias"] = "globalsoftattentionpool/" + name + "/dense/bias"
		}
	default:
		return m, fmt.Errorf("attrs: op = %q is not known", op)
	}
	return m, nil
}

// width is the number of columns of a parameter, 0 where it is missing.
func (c *goldenCase) width(param string) int {
	if s := c.Params[param].Shape; len(s) == 2 {
		return s[1]
	}
	return 0
}

// perGraph is the output of one row a graph; those of graphs that the file
// does not have come last, and are cut off.
func (c *goldenCase) perGraph(out layers.Output, in goldenInput) map[string]goldenOutput {
	x := goldenOutput{node: out.X.Dense}
	if s := c.Outputs["x"].Shape; len(s) == 2 && in.Graphs > s[0] {
		x.place = func([]G.Value) ([]int, error) { return firsts(s[0] * out.X.Width()), nil }
	}
	return map[string]goldenOutput{"x": x}
}
