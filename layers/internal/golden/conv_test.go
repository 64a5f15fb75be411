package golden_test

import (
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
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

func goldenLE(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewLEConv(a.int("channels", 0))
	l.ToColumns = true
	return goldenConv(c, "pyg", "leconv", l, nil)
}

func goldenCheb(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewChebConv(a.int("channels", 0), a.int("k", 0))
	l.ToColumns, l.Lambda = true, a.float("lambda_max", 0)
	l.Laplacian = map[string]modes.Kind{"sym": modes.Symmetric, "rw": modes.RandomWalk, "none": modes.Unnormalized}[a.text("normalization", "sym", "rw", "none")]
	return goldenConv(c, "pyg", "chebconv", l, nil)
}

func goldenTAG(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewTAGConv(a.int("channels", 0))
	l.ToColumns, l.K = true, a.int("k", 0)
	if !a.bool("normalize") {
		l.Normalization.Kind = modes.Unnormalized
	}
	return goldenConv(c, "pyg", "tagconv", l, nil)
}

func goldenGTV(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewGTVConv(a.int("channels", 0))
	l.Delta, l.Eps, l.Activation = a.float("delta", 0), a.float("eps", 0), a.activation("activation", "")
	return goldenConv(c, "tgp", "gtvconv", l, nil)
}

func goldenARMA(c *goldenCase, a *goldenAttrs, _ goldenInput) (goldenModel, error) {
	l := layers.NewARMAConv(a.int("channels", 0))
	l.Stacks, l.Layers, l.Shared = a.int("stacks", 0), a.int("layers", 0), a.bool("shared")
	l.ToColumns, l.Activation = true, a.activation("activation", "")
	return goldenConv(c, "pyg", "armaconv", l, nil)
}

// unstacked is the case with the weights of each stack and layer apart, as
// ARMAConv has them, where the file has one tensor for all.
func (c *goldenCase) unstacked() *goldenCase {
	if c.Layer != "armaconv" {
		return c
	}
	apart := *c
	apart.Params, apart.Grads.Params = unstack(c.Params), unstack(c.Grads.Params)
	return &apart
}

// unstack takes tensors apart by all axes but the last ones: two of a kernel,
// one of a bias.
func unstack(all map[string]goldenTensor) map[string]goldenTensor {
	parts := map[string]goldenTensor{}
	for name, x := range all {
		lead := len(x.Shape) - 2
		if name == "bias" {
			lead = 2
		}
		names := []string{name}
		for _, n := range x.Shape[:lead] {
			var next []string
			for _, prefix := range names {
				for i := range n {
					next = append(next, fmt.Sprint(prefix, "_", i))
				}
			}
			names = next
		}
		size := len(x.Data) / len(names)
		for i, part := range names {
			parts[part] = goldenTensor{Shape: x.Shape[lead:], Dtype: x.Dtype, Data: x.Data[i*size:][:size]}
		}
	}
	return parts
}

// goldenPAN has the operator M as an output beside x.
func goldenPAN(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	l := layers.NewPANConv(a.int("channels", 0), a.int("filter_size", 0))
	l.ToColumns = true
	m, err := goldenConv(c, "pyg", "panconv", l, nil)
	m.outputs = func(out layers.Output) (map[string]goldenOutput, error) {
		all, err := c.perNode(out)
		if err != nil {
			return nil, err
		}
		k := goldenKeepOutputs{c: c, in: in}
		adj := out.A.(modes.SparseAdj)
		// Every node of the file is kept, in its place; padding is not.
		index := layertest.IDs(adj.Pattern.Graph(), c.kept(adj.Sparse.Rows))
		needs := G.Nodes{index, adj.Pattern}
		all["a_idx"] = goldenOutput{needs: needs, ints: func(v []G.Value) ([]int, error) { return k.pairs(v, c.inFile) }}
		all["a_val"] = goldenOutput{node: adj.Weights, needs: needs, place: func(v []G.Value) ([]int, error) { return k.entries(v, c.inFile) }}
		return all, nil
	}
	return m, err
}

// kept is every node of the file, and −1 for padding behind them.
func (c *goldenCase) kept(rows int) []int {
	index := make([]int, rows)
	for i := range index {
		if index[i] = i; i >= c.Inputs["x"].Shape[0] {
			index[i] = -1
		}
	}
	return index
}

// inFile is the entries of a pattern between nodes of the file.
func (c *goldenCase) inFile(v G.Value) ([]goldenEntry, error) {
	es, err := sparseEntries(v)
	n := c.Inputs["x"].Shape[0]
	return slices.DeleteFunc(es, func(e goldenEntry) bool { return e.row >= n }), err
}
