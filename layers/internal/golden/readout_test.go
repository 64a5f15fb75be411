package golden_test

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/ops"
)

// goldenReadout is GlobalPool and the readouts with weights, by op.
func goldenReadout(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	m := goldenModel{params: map[string]string{}, outputs: func(out layers.Output) (map[string]goldenOutput, error) {
		return c.perGraph(out, in), nil
	}}
	switch op := a.text("op", goldenReadouts...); op {
	case "deepsets":
		p := layers.NewDeepSets(layers.NewMLP(a.int("hidden", 0), c.width("local1_kernel")), layers.NewDense(a.int("channels", 0)))
		m.layer = p
		for _, part := range []string{"kernel", "bias"} {
			m.params["local0_"+part] = "deepsets/local/mlp/dense/" + part
			m.params["local1_"+part] = "deepsets/local/mlp/dense_1/" + part
			m.params["global_"+part] = "deepsets/global/dense/" + part
		}
	case "set2set":
		m.layer = layers.NewSet2Set(a.int("steps", 0))
		m.params = map[string]string{
			"w_ih": "set2set/input_kernel", "w_hh": "set2set/recurrent_kernel",
			"b_ih": "set2set/input_bias", "b_hh": "set2set/recurrent_bias",
		}
	case "set_transformer":
		p := layers.NewSetTransformer(a.int("seeds", 1))
		p.Encoders, p.Decoders, p.Concat = a.int("encoders", 1), a.int("decoders", 1), a.bool("concat")
		p.Heads, p.LayerNorm = a.int("heads", 1), a.bool("layer_norm")
		m.layer, m.params = p, c.sameParams("settransformer/")
	case "gmt":
		p := layers.NewGraphMultisetTransformer(a.int("seeds", 1))
		p.Encoders, p.Heads, p.LayerNorm = a.int("encoders", 1), a.int("heads", 1), a.bool("layer_norm")
		m.layer, m.params = p, c.sameParams("graphmultisettransformer/")
	default:
		m.layer, m.params = c.globalPool(a, op), c.sameParams("globalpool/")
	}
	return m, nil
}

// sameParams is the file's names, in a scope.
func (c *goldenCase) sameParams(scope string) map[string]string {
	params := map[string]string{}
	for name := range maps.Keys(c.Params) {
		params[name] = scope + name
	}
	return params
}

func (c *goldenCase) globalPool(a *goldenAttrs, op string) layers.Layer {
	p := layers.NewGlobalPool(layers.Readout(op))
	_, p.LearnT = c.Params["t"]
	_, p.LearnP = c.Params["p"]
	_, p.LearnAverages = c.Params["avg_deg_lin"]
	p.ByFeature = len(c.Params["t"].Data) > 1 || len(c.Params["p"].Data) > 1
	p.T, p.P = a.float("t", p.T), a.float("p", p.P)
	p.Min, p.Max, p.Fill = a.float("min", p.Min), a.float("max", p.Max), a.float("fill", 0)
	p.AvgLinear, p.AvgLog = a.float("avg_deg_lin", p.AvgLinear), a.float("avg_deg_log", p.AvgLog)
	if q := a.list("q"); len(q) > 0 {
		p.Quantiles = nil
		for _, v := range q {
			n, _ := v.(json.Number)
			f, err := n.Float64()
			if err != nil {
				a.bad("q")
			}
			p.Quantiles = append(p.Quantiles, f)
		}
	}
	p.Interpolation = ops.Interpolation(a.text("interpolation", "linear", "lower", "higher", "nearest", "midpoint"))
	if op == "degree_scaler" {
		p.Readouts = nil
		for _, v := range a.list("aggr") {
			p.Readouts = append(p.Readouts, layers.Readout(fmt.Sprint(v)))
		}
		for _, v := range a.list("scaler") {
			p.Scalers = append(p.Scalers, layers.DegreeScaler(fmt.Sprint(v)))
		}
	}
	return p
}

// goldenReadouts is the readouts that cases may be of.
var goldenReadouts = []string{
	"sum", "mean", "max", "min", "mul", "var", "std", "median", "quantile", "softmax", "powermean", "variance_preserving",
	"weight_and_sum", "degree_scaler", "deepsets", "set2set", "set_transformer", "gmt",
}
