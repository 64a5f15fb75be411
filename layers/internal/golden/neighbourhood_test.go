package golden_test

import (
	"github.com/graphpool/graphpool/layers"
	"github.com/graphpool/graphpool/ops"
)

// goldenPANPool is PANPool, whose A is PANConv's operator.
func goldenPANPool(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewPANPool(0)
	m, err := goldenKeep(c, a, &p.TopNodes, in)
	p.ToColumns = true
	m.layer = p
	m.params = map[string]string{"p": "panpool/kernel", "beta": "panpool/beta"}
	return m, err
}

// goldenASAP is ASAPool, as PyG's.
func goldenASAP(c *goldenCase, a *goldenAttrs, in goldenInput) (goldenModel, error) {
	p := layers.NewASAPool(0)
	m, err := goldenKeep(c, a, &p.TopNodes, in)
	p.Gate, p.Slope, p.Loops = ops.Sigmoid, a.float("negative_slope", 0), a.bool("add_self_loops")
	m.layer = p
	m.params = map[string]string{
		"le1_kernel": "asapool/leconv/kernel1", "le1_bias": "asapool/leconv/bias1", "le2_kernel": "asapool/leconv/kernel2",
		"le3_kernel": "asapool/leconv/kernel3", "le3_bias": "asapool/leconv/bias3",
	}
	for _, name := range []string{"lin_kernel", "lin_bias", "att_kernel", "att_bias"} {
		m.params[name] = "asapool/" + name
	}
	return m, err
}
