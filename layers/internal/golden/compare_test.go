package golden_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"github.com/graphpool/graphpool/layers/internal/layertest"
)

// check runs a case in float64 and float32, its inputs made in every way they
// can be. name is the file's.
func (c *goldenCase) check(name string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	c = c.unstacked()
	if err := c.complete(); err != nil {
		return err
	}
	var errs []error
	for _, dt := range []tensor.Dtype{tensor.Float64, tensor.Float32} {
		for _, way := range c.ways() {
			r, err := c.run(dt, way)
			if err == nil {
				err = r.compare(name)
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("%v, %s: %w", dt, way, err))
			}
		}
	}
	return errors.Join(errs...)
}

// ways is the ways to make the case's inputs.
func (c *goldenCase) ways() []goldenWay {
	ways := []goldenWay{asGiven}
	_, attributed := c.Inputs["edge_attr"]
	if _, sparse := c.Inputs["a_idx"]; sparse && !attributed && !c.zeroEdges() && (c.Mode == "single" || c.Mode == "mixed") {
		ways = append(ways, denseA)
	}
	if c.constructible() {
		ways = append(ways, constructed)
	}
	return ways
}

// zeroEdges tells whether a layer for which an entry is an edge, whatever its
// weight, has one of weight 0, which a dense A has not.
func (c *goldenCase) zeroEdges() bool {
	edges := goldenHardFamilies()[c.Layer] != nil || slices.Contains([]string{"gatconv", "gatv2conv", "sageconv", "panconv", "asap"}, c.Layer)
	return edges && slices.Contains(c.Inputs["a"].Data, 0)
}

// tolerance is how far a value may be off, relative to max(1, |value|).
func (r *goldenRun) tolerance() float64 {
	if r.dt == tensor.Float32 {
		return 2e-5
	}
	return 1e-10
}

// compare errs where outputs, losses, scalar or gradients are not the file's.
func (r *goldenRun) compare(name string) error {
	if r.c.Expect == "nan" {
		return r.compareFinite(name)
	}
	return errors.Join(r.compareOutputs(), r.compareLosses(), r.compareGrads())
}

func (r *goldenRun) compareOutputs() error {
	have := slices.Sorted(maps.Keys(r.outputs))
	if err := known("outputs", r.c.Outputs, nil, have); err != nil {
		return err
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(r.c.Outputs)) {
		if err := r.compareOutput(name, r.c.Outputs[name]); err != nil {
			errs = append(errs, fmt.Errorf("outputs: %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

func (r *goldenRun) compareOutput(name string, want goldenTensor) error {
	o := r.outputs[name]
	if o.ints != nil {
		got, err := o.ints(r.needs(o))
		if err != nil {
			return err
		}
		if !slices.Equal(got, want.ints()) {
			return fmt.Errorf("%v, want %v", got, want.ints())
		}
		return nil
	}
	if o.floats != nil {
		got, err := o.floats(r.needs(o))
		if err != nil {
			return err
		}
		return r.near(layertest.Dense(tensor.Float64, want.Shape, got), nil, want)
	}
	if o.place == nil && !slices.Equal([]int(o.node.Shape()), want.Shape) {
		return fmt.Errorf("shape %v, want %v", o.node.Shape(), want.Shape)
	}
	place, err := r.places(name, len(want.Data))
	if err != nil {
		return err
	}
	return r.near(r.values[o.node], place, want)
}

func (r *goldenRun) compareLosses() error {
	if err := known("losses", r.c.Losses, slices.Sorted(maps.Keys(r.model.losses)), nil); err != nil {
		return err
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(r.c.Losses)) {
		got, err := r.loss(name)
		if err == nil {
			err = r.nearOne(got, float64(r.c.Losses[name]))
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("losses: %s: %w", name, err))
		}
	}
	if r.scalar != nil {
		if err := r.near(r.values[r.scalar], []int{0}, goldenTensor{Data: []goldenNumber{r.c.Scalar}}); err != nil {
			errs = append(errs, fmt.Errorf("scalar: %w", err))
		}
	}
	return errors.Join(errs...)
}

// loss is the value of a loss by the file's name.
func (r *goldenRun) loss(name string) (float64, error) {
	term, err := r.out.Loss(r.model.losses[name])
	if err != nil {
		return 0, err
	}
	got, err := layertest.Floats(r.values[term.Node])
	if err != nil {
		return 0, err
	}
	return got[0], nil
}

func (r *goldenRun) compareGrads() error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(r.c.Grads.Inputs)) {
		leaf, ok := r.in.floats[name]
		if len(r.c.Grads.Inputs[name].Data) == 0 {
			continue
		}
		if !ok {
			errs = append(errs, fmt.Errorf("gradients: %s is not an input", name))
			continue
		}
		want := r.c.Grads.Inputs[name]
		if r.model.slope != nil {
			want = r.model.slope(name, want)
		}
		if err := r.compareGrad(leaf.node, leaf.place, want); err != nil {
			errs = append(errs, fmt.Errorf("gradients: %s: %w", name, err))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.c.Grads.Params)) {
		if err := r.compareGrad(r.params[name], nil, r.c.Grads.Params[name]); err != nil {
			errs = append(errs, fmt.Errorf("gradients: %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// compareGrad compares the gradient of n; one that nothing depends on is 0.
func (r *goldenRun) compareGrad(n *G.Node, place []int, want goldenTensor) error {
	if n == nil && len(want.Data) == 0 {
		return nil // the weights of no entries
	}
	value := G.Value(layertest.Dense(r.dt, n.Shape(), make([]float64, n.Shape().TotalSize())))
	if d, ok := r.grads[n]; ok {
		value = r.values[d]
	}
	return r.near(value, place, want)
}

// near errs unless the values, in their places, are those wanted.
func (r *goldenRun) near(v G.Value, place []int, want goldenTensor) error {
	got, err := layertest.Floats(v)
	if err != nil {
		return err
	}
	if place == nil && len(got) != len(want.Data) {
		return fmt.Errorf("%d values, want %d", len(got), len(want.Data))
	}
	worst, at := 0.0, -1
	for i, w := range want.Data {
		p := i
		if place != nil {
			p = place[i]
		}
		if d := goldenError(got[p], float64(w)); !(d <= max(worst, r.tolerance())) {
			worst, at = d, i
		}
	}
	if at < 0 {
		return nil
	}
	p := at
	if place != nil {
		p = place[at]
	}
	return fmt.Errorf("value %d is %v, want %v: error %.2g > %.0e", at, got[p], float64(want.Data[at]), worst, r.tolerance())
}

func (r *goldenRun) nearOne(got, want float64) error {
	if d := goldenError(got, want); !(d <= r.tolerance()) {
		return fmt.Errorf("%v, want %v: error %.2g > %.0e", got, want, d, r.tolerance())
	}
	return nil
}

// goldenError is relative to max(1, |want|); what is not finite is infinitely
// far from all but itself.
func goldenError(got, want float64) float64 {
	if got == want {
		return 0
	}
	d := math.Abs(got-want) / max(1, math.Abs(want))
	if d != d {
		return math.Inf(1)
	}
	return d
}
