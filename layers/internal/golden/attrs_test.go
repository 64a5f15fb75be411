package golden_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/graphpool/graphpool/ops"
)

// goldenAttrs reads a case's attributes, and knows which were never asked
// for. The first attribute that is not what it should be is reported by done.
type goldenAttrs struct {
	values map[string]any
	asked  map[string]bool
	err    error
}

func newGoldenAttrs(c *goldenCase) *goldenAttrs {
	return &goldenAttrs{values: c.Attrs, asked: map[string]bool{"graphs": true}}
}

// get is the attribute of that name; nil where it is null or not there.
func (a *goldenAttrs) get(name string) any {
	a.asked[name] = true
	return a.values[name]
}

func (a *goldenAttrs) bad(name string) {
	if a.err == nil {
		a.err = fmt.Errorf("attrs: %s = %v is not known", name, a.values[name])
	}
}

func (a *goldenAttrs) has(name string) bool { return a.get(name) != nil }

func (a *goldenAttrs) float(name string, missing float64) float64 {
	v := a.get(name)
	if v == nil {
		return missing
	}
	n, ok := v.(json.Number)
	f, err := n.Float64()
	if !ok || err != nil {
		a.bad(name)
	}
	return f
}

func (a *goldenAttrs) int(name string, missing int) int {
	v := a.get(name)
	if v == nil {
		return missing
	}
	n, ok := v.(json.Number)
	i, err := n.Int64()
	if !ok || err != nil {
		a.bad(name)
	}
	return int(i)
}

// ints is an attribute that is a list of integers.
func (a *goldenAttrs) ints(name string) (x []int) {
	list, ok := a.get(name).([]any)
	if !ok {
		a.bad(name)
	}
	for _, v := range list {
		n, ok := v.(json.Number)
		i, err := n.Int64()
		if !ok || err != nil {
			a.bad(name)
		}
		x = append(x, int(i))
	}
	return x
}

func (a *goldenAttrs) bool(name string) bool {
	v := a.get(name)
	b, ok := v.(bool)
	if v != nil && !ok {
		a.bad(name)
	}
	return b
}

// list is an attribute that is a list.
func (a *goldenAttrs) list(name string) []any {
	v := a.get(name)
	l, ok := v.([]any)
	if v != nil && !ok {
		a.bad(name)
	}
	return l
}

// text is an attribute with one of the given values, the first where it is
// missing.
func (a *goldenAttrs) text(name string, values ...string) string {
	v := a.get(name)
	if v == nil {
		return values[0]
	}
	s, ok := v.(string)
	if !ok || !slices.Contains(values, s) {
		a.bad(name)
	}
	return s
}

// activation is an activation by name.
func (a *goldenAttrs) activation(name string, missing ops.Activation) ops.Activation {
	v := a.get(name)
	if v == nil {
		return missing
	}
	s, ok := v.(string)
	act, err := ops.ParseActivation(s)
	if !ok || err != nil {
		a.bad(name)
	}
	return act
}

// done errs for an attribute that was not understood or not asked for.
func (a *goldenAttrs) done() error {
	if a.err != nil {
		return a.err
	}
	return known("attrs", a.values, nil, slices.Sorted(maps.Keys(a.asked)))
}
