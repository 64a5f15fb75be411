package gradcheck

import (
	"cmp"
	"fmt"
	"slices"

	G "gorgonia.org/gorgonia"
)

// addParams finds the bound float variables that Build added and gives each
// of them a copy of its value.
func (in *instance) addParams(want func(string) bool) error {
	var found []leaf
	for _, n := range in.g.SubgraphRoots(in.outs...).AllNodes() {
		v := n.Value()
		if !n.IsVar() || v == nil || !isFloat(n.Dtype()) {
			continue
		}
		if slices.ContainsFunc(in.inputs, func(l leaf) bool { return l.node == n }) {
			continue
		}
		c, err := copyOf(v)
		if err != nil {
			return fmt.Errorf("parameter %s: %w", n.Name(), err)
		}
		if err := G.Let(n, c); err != nil {
			return fmt.Errorf("parameter %s: %w", n.Name(), err)
		}
		if want == nil || want(n.Name()) {
			before, err := copyOf(c)
			if err != nil {
				return fmt.Errorf("parameter %s: %w", n.Name(), err)
			}
			found = append(found, leaf{n.Name(), n, c, before})
		}
	}
	slices.SortFunc(found, func(a, b leaf) int { return cmp.Compare(a.name, b.name) })
	in.leaves = append(in.leaves, found...)
	for i := 1; i < len(found); i++ {
		if found[i].name == found[i-1].name {
			return fmt.Errorf("two parameters are named %q", found[i].name)
		}
	}
	return nil
}
