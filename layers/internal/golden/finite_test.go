package golden_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/graphpool/graphpool/layers/internal/layertest"
)

// goldenFinite is the losses of cases in which other programs give NaN, as
// the library defines them: a graph without nodes is left out of the mean, a
// graph without edges counts as a cut and a modularity of 0.
var goldenFinite = map[string]map[string]float64{
	"mincut_both_emptymask_o0": {"ortho": .654806},
	"dmon_pyg_emptymask_o0":    {"ortho": .557783},
	"dmon_pyg_noedges_o0":      {"ortho": .641492, "cluster": .045876},
}

// compareFinite is compare for a case whose losses are 0/0 elsewhere: the
// outputs that are finite are the file's, the losses are the means of those
// of the graphs on their own, and nothing is NaN.
func (r *goldenRun) compareFinite(name string) error {
	c := *r.c
	c.Outputs = maps.Clone(c.Outputs)
	maps.DeleteFunc(c.Outputs, func(_ string, x goldenTensor) bool { return !x.finite() })
	part := *r
	part.c = &c
	errs := []error{part.compareOutputs(), r.allFinite(), r.compareMeans()}
	for loss, want := range goldenFinite[name] {
		got, err := r.loss(loss)
		if err == nil && goldenError(got, want) > 1e-6 {
			err = fmt.Errorf("%v, want %v", got, want)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("losses: %s: %w", loss, err))
		}
	}
	return errors.Join(errs...)
}

// allFinite errs where an output, a loss or a gradient is not a number.
func (r *goldenRun) allFinite() error {
	var errs []error
	for n, v := range r.values {
		got, err := layertest.Floats(v)
		if err != nil {
			continue // indices
		}
		if slices.ContainsFunc(got, func(x float64) bool { return x-x != 0 }) {
			errs = append(errs, fmt.Errorf("%v is not finite: %v", n, got))
		}
	}
	return errors.Join(errs...)
}

// compareMeans compares each loss of a batch with the mean of the losses of
// its graphs, each on its own.
func (r *goldenRun) compareMeans() error {
	if r.c.Mode != "batch" {
		return nil
	}
	sums, graphs := map[string]float64{}, 0
	for b := range r.in.Graphs {
		one := r.c.only(b)
		if one == nil {
			continue
		}
		graphs++
		alone, err := one.run(r.dt, asGiven)
		if err != nil {
			return err
		}
		for name := range r.model.losses {
			v, err := alone.loss(name)
			if err != nil {
				return err
			}
			sums[name] += v
			if edgeless(one) && (name == "cut" || name == "spectral" || name == "modularity") && v != 0 {
				return fmt.Errorf("losses: %s of graph %d, which has no edge: %v, want 0", name, b, v)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.model.losses)) {
		got, err := r.loss(name)
		if err == nil {
			err = r.nearOne(got, sums[name]/float64(graphs))
		}
		if err != nil {
			return fmt.Errorf("losses: %s against the mean of the graphs': %w", name, err)
		}
	}
	return nil
}

func edgeless(c *goldenCase) bool {
	return !slices.ContainsFunc(c.Inputs["a"].Data, func(v goldenNumber) bool { return v != 0 })
}

// only is graph b of a batch, padding included, as a case without anything to
// compare with; nil if it has no nodes.
func (c *goldenCase) only(b int) *goldenCase {
	one := *c
	one.R, one.Inputs = nil, map[string]goldenTensor{}
	for name, x := range c.Inputs {
		size := len(x.Data) / x.Shape[0]
		one.Inputs[name] = goldenTensor{
			Shape: append([]int{1}, x.Shape[1:]...), Dtype: x.Dtype, Data: x.Data[b*size : (b+1)*size],
		}
	}
	if mask, ok := one.Inputs["mask"]; ok && !slices.Contains(mask.Data, 1) {
		return nil
	}
	return &one
}
