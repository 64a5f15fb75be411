package golden_test

import (
	"fmt"
	"maps"
	"slices"
)

// goldenAxes is the axes of x in each mode.
var goldenAxes = map[string]int{"single": 2, "disjoint": 2, "batch": 3, "mixed": 3}

// complete errs unless a case has gradients for every float.
func (c *goldenCase) complete() error {
	if c.Expect != "finite" && c.Expect != "nan" {
		return fmt.Errorf("expect %q is not known", c.Expect)
	}
	if err := c.shapes(); err != nil {
		return err
	}
	var floats []string
	for name, x := range c.Inputs {
		if x.Dtype == "float64" && name != "mask" {
			floats = append(floats, name)
		}
	}
	if err := known("grads.inputs", c.Grads.Inputs, floats, nil); err != nil {
		return err
	}
	if err := known("grads.params", c.Grads.Params, slices.Sorted(maps.Keys(c.Params)), nil); err != nil {
		return err
	}
	return known("R", c.R, nil, slices.Sorted(maps.Keys(c.Outputs)))
}

// shapes errs where inputs do not fit together.
func (c *goldenCase) shapes() error {
	if err := known("inputs", c.Inputs, []string{"x"}, goldenInputs); err != nil {
		return err
	}
	axes, ok := goldenAxes[c.Mode]
	if !ok {
		return fmt.Errorf("mode %q is not known", c.Mode)
	}
	x := c.Inputs["x"]
	if len(x.Shape) != axes || len(x.Data) == 0 {
		return fmt.Errorf("inputs: x has shape %v in %s mode", x.Shape, c.Mode)
	}
	i, ids := c.Inputs["i"]
	if ids != (c.Mode == "disjoint") {
		return fmt.Errorf("inputs: i in %s mode: %v", c.Mode, ids)
	}
	rows := len(x.Data) / x.Shape[axes-1]
	if ids && (len(i.Data) != rows || slices.Min(i.ints()) < 0) {
		return fmt.Errorf("inputs: i has shape %v for %d rows, or is below 0", i.Shape, rows)
	}
	mask, masked := c.Inputs["mask"]
	if masked && (c.Mode != "batch" || !slices.Equal(mask.Shape, x.Shape[:2]) || !slices.Contains([]string{"0", "1", "0 1"}, values(mask))) {
		return fmt.Errorf("inputs: mask has shape %v for x of %v in %s mode, and values %s", mask.Shape, x.Shape, c.Mode, values(mask))
	}
	return c.adjacencyShape(rows)
}

// adjacencyShape errs where A is not as large as x.
func (c *goldenCase) adjacencyShape(rows int) error {
	a, given := c.Inputs["a"]
	idx, sparse := c.Inputs["a_idx"]
	n := rows
	want := []int{n, n}
	switch c.Mode {
	case "mixed":
		n = c.Inputs["x"].Shape[1]
		want = []int{n, n}
	case "batch":
		n = c.Inputs["x"].Shape[1]
		want = []int{rows / n, n, n}
	}
	switch {
	case sparse && c.Mode == "batch":
		return fmt.Errorf("inputs: a_idx in batch mode")
	case sparse && len(idx.Data) != 2*len(a.Data):
		return fmt.Errorf("inputs: a_idx has shape %v for %d values", idx.Shape, len(a.Data))
	case sparse && slices.ContainsFunc(idx.ints(), func(i int) bool { return i < 0 || i >= n }):
		return fmt.Errorf("inputs: a_idx names more than %d nodes", n)
	case given && !sparse && !slices.Equal(a.Shape, want):
		return fmt.Errorf("inputs: a has shape %v, want %v", a.Shape, want)
	}
	return nil
}

// values is the different values of a tensor, in order.
func values(x goldenTensor) string {
	all := x.floats(false)
	slices.Sort(all)
	s := fmt.Sprint(slices.Compact(all))
	return s[1 : len(s)-1]
}
