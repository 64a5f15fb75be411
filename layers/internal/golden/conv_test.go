package golden_test

import (
	"fmt"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
)

// goldenConv is a graph convolution of one variant, of whose parameters each
// has its own name in the layer's scope, unless renamed says another.
func goldenConv(c *goldenCase, variant, class string, l layers.Layer, renamed map[string]string) (goldenModel, error) {
	if c.Variant != variant && c.Variant != "own" {
		return goldenModel{}, fmt.Errorf("variant %q is not known", c.Variant)
	}
	m := goldenModel{layer: l, params: map[string]string{}, outputs: c.perNode}
	for name := range c.Params {
		m.params[name] = class + "/" + name
		if to, ok := renamed[name]; ok {
			m.params[name] = class + "/" + to
		}
	}
	return m, nil
}

// perNode is the output of a layer of one row a node; room for more comes last.
func (c *goldenCase) perNode(out layers.Output) (map[string]goldenOutput, error) {
	x := goldenOutput{node: out.X.Dense}
	if n := len(c.Outputs["x"].Data); n < out.X.Dense.Shape().TotalSize() {
		x.place = func([]G.Value) ([]int, error) { return firsts(n), nil }
	}
	return map[string]goldenOutput{"x": x}, nil
}

func goldenGAT(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewGATConv(0, 0)
	goldenAttention(c, a, &l.Attention)
	return goldenConv(c, "pyg", "gatconv", l, nil)
}

func goldenGATv2(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewGATv2Conv(0, 0)
	goldenAttention(c, a, &l.Attention)
	l.Share = a.bool("share")
	return goldenConv(c, "pyg", "gatv2conv", l, nil)
}

// goldenAttention reads the options of graph attention.
func goldenAttention(c *goldenCase, a *goldenAttrs, l *layers.Attention) {
	l.Heads, l.Channels, l.Average = a.int("heads", 0), a.int("channels", 0), !a.bool("concat")
	l.Slope, l.SelfLoops, l.ToColumns = a.float("negative_slope", 0), a.bool("self_loops"), true
	l.Edges = map[string]layers.EdgeFeatures{"a": layers.EdgeWeights, "attr": layers.EdgeAttributes}[a.text("edge", "none", "a", "attr")]
	if l.LoopMean = a.get("fill") == "mean"; !l.LoopMean {
		l.LoopFill = a.float("fill", 0)
	}
	_, bias := c.Params["bias"]
	l.NoBias = !bias
}

func goldenSAGE(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewSAGEConv(a.int("channels", 0))
	l.Neighbours = layers.Neighbours{
		Aggregation: layers.Aggregation(a.text("aggregation", "mean", "sum", "max", "min", "std")), Unweighted: true, ToColumns: true,
	}
	l.Project, l.Normalize, l.NoRoot = a.bool("project"), a.bool("normalize"), !a.bool("root")
	return goldenConv(c, "pyg", "sageconv", l, map[string]string{"root_kernel": "root"})
}
