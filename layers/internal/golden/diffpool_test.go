package golden_test

import (
	"fmt"

	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/losses"
)

// goldenDiffPool is DiffPool as Spektral's layer, or as PyG's function, which
// is given the logits of S.
func goldenDiffPool(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	m := goldenModel{
		losses:  map[string]string{"link": losses.NameLink, "entropy": losses.NameEntropy},
		outputs: goldenSoftOutputs,
	}
	switch c.Variant {
	case "spektral":
		p := layers.NewDiffPool(a.int("k", 0))
		p.Channels = a.int("channels", 0)
		p.Activation = a.activation("activation", p.Activation)
		p.Normalization.Eps = a.float("eps", p.Normalization.Eps)
		p.EntropyEps = a.float("eps", p.EntropyEps)
		p.EntropyCount = losses.CountRows
		p.Link, p.LinkWeight, p.EntropyWeight = losses.LinkOptions{}, 1, 1
		m.layer = p
		m.params = map[string]string{
			"kernel_emb": "diffpool/embed/gcnconv/kernel", "kernel_pool": "diffpool/pool/gcnconv/kernel",
		}
	case "pyg":
		logits, ok := in.floats["s_logits"]
		if !ok {
			return m, fmt.Errorf("inputs: %q is missing", "s_logits")
		}
		p := layers.NewDiffPoolFrom(logits.node, nil)
		if k := a.int("k", p.K); k != p.K {
			return m, fmt.Errorf("attrs: k = %d beside s_logits of %d columns", k, p.K)
		}
		p.Link.PerEntry = a.bool("normalize")
		m.layer = p
	default:
		return m, fmt.Errorf("variant %q is not known", c.Variant)
	}
	return m, nil
}
