package golden_test

import (
	"fmt"
	"maps"
	"slices"

	G "gorgonia.org/gorgonia"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/layers/internal/layertest"
	"github.com/graphpool/graphpool/modes"
	"github.com/graphpool/graphpool/ops"
)

// goldenHardFamilies is the poolers by hard clusters.
func goldenHardFamilies() map[string]goldenFamily {
	return map[string]goldenFamily{
		"hardpool":    goldenHardPool,
		"graclus":     goldenGraclus,
		"kmis":        goldenKMIS,
		"edgepool":    goldenEdgePool,
		"clusterpool": goldenClusterPool,
		"maxcut":      goldenMaxCut,
		"eigenpool":   goldenEigen,
		"ndp":         goldenNDP,
	}
}

// goldenHardOptions reads what these poolers have in common.
func goldenHardOptions(a *goldenAttrs) layers.HardClusters {
	reductions := []string{"sum", "mean", "max", "min"}
	return layers.HardClusters{
		Reduction:      ops.Reduction(a.text("reduce", reductions...)),
		Merge:          ops.Reduction(a.text("connect", reductions...)),
		Loops:          a.has("remove_self_loops") && !a.bool("remove_self_loops"),
		DegreeNorm:     a.bool("degree_norm"),
		EdgeWeightNorm: a.bool("edge_weight_norm"),
		InverseLift:    a.text("lift", "transpose", "inverse") == "inverse",
	}
}

func goldenHardPool(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.PrecomputedPool(in.cluster, in.floats["weight"].node, goldenHardOptions(a))
	return goldenModel{layer: p, outputs: goldenHardOutputs{c: c, in: in, pool: p}.outputs}, nil
}

// goldenHardOutputs is the outputs of a pooler by hard clusters. Those of new
// nodes are trimmed to the places in use.
type goldenHardOutputs struct {
	c    *goldenCase
	in   goldenInput
	pool layers.Pooler
}

func (h goldenHardOutputs) outputs(out layers.Output) (map[string]goldenOutput, error) {
	adj, ok := out.A.(modes.SparseAdj)
	if !ok {
		return nil, fmt.Errorf("the adjacency is a %T", out.A)
	}
	keep, sel := goldenKeepOutputs{c: h.c, in: h.in}, out.Selection
	places, entries := G.Nodes{out.IDs}, G.Nodes{out.IDs, adj.Pattern}
	outs := map[string]goldenOutput{
		"x":       {node: out.X.Dense, needs: places, place: rowsUsed(out.X.Width())},
		"i":       {needs: places, ints: used},
		"cluster": {needs: G.Nodes{sel.Cluster}, ints: used},
		"a_idx":   {needs: entries, ints: func(v []G.Value) ([]int, error) { return keep.pairs(v, sparseEntries) }},
		"a_val":   {node: adj.Weights, needs: entries, place: func(v []G.Value) ([]int, error) { return keep.entries(v, sparseEntries) }},
	}
	if sel.Index != nil {
		outs["index"] = goldenOutput{needs: G.Nodes{sel.Index}, ints: used}
	}
	if sel.Score != nil {
		outs["score"] = h.ofRows(sel.Score)
	}
	if sel.EdgeScore != nil {
		outs["score"] = goldenOutput{node: sel.EdgeScore, place: h.edges}
	}
	if sel.Gate != nil {
		outs["cluster_score"] = goldenOutput{node: sel.Gate, needs: places, place: rowsUsed(1)}
	}
	for name, x := range map[string]*G.Node{"x_lift": out.X.Dense, "y_unpool": h.in.floats["y"].node} {
		if _, ok := h.c.Outputs[name]; ok {
			y, err := h.pool.Lift(h.in.Graph, sel, x)
			if err != nil {
				return nil, err
			}
			outs[name] = h.ofRows(y)
		}
	}
	return outs, nil
}

// ofRows is an output with a row for each of the input's, of which those of
// padding are left out.
func (h goldenHardOutputs) ofRows(n *G.Node) goldenOutput {
	if h.in.IDs == nil {
		return goldenOutput{node: n}
	}
	width := n.Shape().TotalSize() / h.in.Rows()
	return goldenOutput{node: n, needs: G.Nodes{h.in.IDs}, place: rowsUsed(width)}
}

// edges is the place of each entry of A in the file among those of the node.
func (h goldenHardOutputs) edges([]G.Value) ([]int, error) {
	row, col := goldenPairs(h.c.Inputs["a_idx"])
	if _, dense := h.in.A.(modes.DenseAdj); dense {
		return firsts(len(row)), nil // in row-major order, as the file's
	}
	n := max(slices.Max(append([]int{0}, row...)), slices.Max(append([]int{0}, col...))) + 1
	_, order, err := ops.PatternFromCOO(n, n, row, col)
	place := make([]int, len(row))
	for to, from := range order {
		place[from] = to
	}
	return place, err
}

func goldenGraclus(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewGraclusPool()
	p.HardClusters = goldenHardOptions(a)
	return goldenModel{layer: p, outputs: goldenHardOutputs{c: c, in: in, pool: p}.outputs}, nil
}

func goldenKMIS(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewKMISPool(a.int("k", 0))
	if p.MembersOnly = a.get("reduce") == "none"; p.MembersOnly {
		a.values = maps.Clone(a.values)
		delete(a.values, "reduce")
	}
	p.HardClusters = goldenHardOptions(a)
	p.Scorer = layers.Scorer(a.text("scorer", "linear", "degree", "constant"))
	p.Heuristic = layers.Heuristic(a.text("heuristic", "none", "greedy", "w-greedy"))
	m := goldenModel{layer: p, outputs: goldenHardOutputs{c: c, in: in, pool: p}.outputs}
	if p.Scorer == layers.LinearScorer {
		m.params = map[string]string{"kernel": "kmispool/kernel", "bias": "kmispool/bias"}
	}
	return m, nil
}

func goldenEdgePool(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewEdgePool()
	p.HardClusters = goldenHardOptions(a)
	p.Score = layers.EdgeScore(a.text("score", "softmax", "tanh", "sigmoid"))
	p.Add = a.float("add", 0)
	p.MultiplyLift = a.text("unpool", "divide", "multiply") == "multiply"
	return goldenModel{
		layer: p, outputs: goldenHardOutputs{c: c, in: in, pool: p}.outputs,
		params: map[string]string{"kernel": "edgepool/kernel", "bias": "edgepool/bias"},
	}, nil
}

func goldenClusterPool(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewClusterPool()
	p.HardClusters = goldenHardOptions(a)
	p.Score = layers.EdgeScore(a.text("score", "tanh", "sigmoid", "log_softmax"))
	p.Threshold = a.float("threshold", 0)
	return goldenModel{
		layer: p, outputs: goldenHardOutputs{c: c, in: in, pool: p}.outputs,
		params: map[string]string{"kernel": "clusterpool/kernel", "bias": "clusterpool/bias"},
	}, nil
}

func goldenMaxCut(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewMaxCutPool(0)
	p.HardClusters = goldenHardOptions(a)
	if ratio := a.float("ratio", 0); ratio >= 1 {
		p.K = int(ratio)
	} else {
		p.Ratio = ratio
	}
	p.Delta, p.Rounds = a.float("delta", 0), a.int("max_iter", 0)
	p.MessageUnits, p.Hidden = a.ints("mp_units"), a.ints("mlp_units")
	p.MessageActivation, p.MLPActivation = a.activation("mp_act", ops.Identity), a.activation("mlp_act", ops.Identity)
	p.ScoreActivation = a.activation("act", ops.Identity)
	m := goldenModel{
		layer: p, outputs: goldenHardOutputs{c: c, in: in, pool: p}.outputs,
		params: map[string]string{}, losses: map[string]string{"cut": "max_cut"},
	}
	add := func(name, path string, i int) {
		if i > 0 {
			path += fmt.Sprint("_", i)
		}
		m.params[name+"_kernel"], m.params[name+"_bias"] = "maxcutpool/"+path+"/kernel", "maxcutpool/"+path+"/bias"
	}
	add("in", "in", 0)
	add("out", "out", 0)
	for i := range p.MessageUnits {
		add(fmt.Sprint("mp", i), "message", i)
	}
	for i := range p.Hidden {
		add(fmt.Sprint("mlp", i), "hidden", i)
	}
	return m, nil
}

func goldenEigen(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewEigenPool(a.int("modes", 0))
	p.HardClusters = goldenHardOptions(a)
	p.Unnormalized = !a.bool("normalized")
	p.Selector = layers.PrecomputedPool(in.cluster, nil, layers.HardClusters{})
	hard := goldenHardOutputs{c: c, in: in, pool: p}
	return goldenModel{layer: p, outputs: func(out layers.Output) (map[string]goldenOutput, error) {
		outs, err := hard.outputs(out)
		theta := goldenOutput{node: out.Selection.Modes, needs: G.Nodes{out.Selection.Modes, out.Selection.Cluster}}
		theta.floats = func(v []G.Value) ([]float64, error) { return goldenTheta(v, c.Outputs["theta"]) }
		outs["theta"] = theta
		return outs, err
	}}, nil
}

// goldenTheta is the eigenvectors of all clusters side by side, mode by mode: the
// file's form, of which a row has its own cluster's alone.
func goldenTheta(v []G.Value, want goldenTensor) ([]float64, error) {
	theta, err := layertest.Floats(v[0])
	clusters, modes := v[1].Data().([]int), v[0].Shape()[1]
	width := want.Shape[1]
	out := make([]float64, len(want.Data))
	for i := range want.Shape[0] {
		for h := range modes {
			out[i*width+h*width/modes+clusters[i]] = theta[i*modes+h]
		}
	}
	return out, err
}

func goldenNDP(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewNDPPool()
	p.Threshold = a.float("threshold", 0)
	return goldenModel{layer: p, outputs: goldenHardOutputs{c: c, in: in, pool: p}.outputs, fixedA: true}, nil
}
