package graphfile

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// classKey is the node attribute that writers put the labels in.
const classKey = "class"

// taken says whether readers take a node attribute of this name for something
// else than a feature.
func taken(name string) bool {
	p := plainName(name)
	return slices.Contains(labelNames(), p) ||
		slices.Contains([]string{"", "id", "name", "x", "y", "z", "r", "g", "b", "a", "size"}, p)
}

// columnNames are names for the columns of the features that a reader takes
// for features: feature_N where the graph has none, two are the same, the name
// is taken, or key refuses it. renamed counts the latter ones.
func (g *Graph) columnNames(key func(name string) bool) (names []string, renamed int) {
	if g.Features == nil {
		return nil, 0
	}
	seen := make(map[string]bool)
	names = make([]string, g.Features.Cols)
	for j := range names {
		names[j] = featureName(j)
		if j >= len(g.FeatureNames) || g.FeatureNames[j] == names[j] {
			seen[plainName(names[j])] = true
			continue
		}
		s := g.FeatureNames[j]
		if taken(s) || seen[plainName(s)] || !utf8.ValidString(s) || key != nil && !key(s) || isFeatureName(s) {
			renamed++
			continue
		}
		names[j] = s
		seen[plainName(s)] = true
	}
	return names, renamed
}

// isFeatureName says whether a name may collide with one of columnNames.
func isFeatureName(s string) bool {
	return len(s) > 8 && s[:8] == "feature_"
}

// row calls f with the values of node i that are not 0, and with all of them
// where every is true.
func (x *Features) row(i int, every bool, f func(j int, v float32)) {
	if x.Dense != nil {
		for j, v := range x.Dense[i*x.Cols : (i+1)*x.Cols] {
			if every || v != 0 {
				f(j, v)
			}
		}
		return
	}
	next := 0
	for p := x.RowPtr[i]; p < x.RowPtr[i+1]; p++ {
		for ; every && next < int(x.Col[p]); next++ {
			f(next, 0)
		}
		f(int(x.Col[p]), x.Value(int(p)))
		next = int(x.Col[p]) + 1
	}
	for ; every && next < x.Cols; next++ {
		f(next, 0)
	}
}

// class is the word of node i's label; ok is false where it has none.
func (g *Graph) class(i int) (word string, ok bool) {
	if g.Labels == nil || g.Labels[i] == Unlabeled {
		return "", false
	}
	if l := g.Labels[i]; l < len(g.LabelNames) {
		return g.LabelNames[l], g.LabelNames[l] != ""
	}
	return strconv.Itoa(g.Labels[i]), true
}

// checkWords errs where ok refuses the word of a class.
func (g *Graph) checkWords(format, want string, ok func(s string) bool) error {
	for l, s := range g.LabelNames {
		if !ok(s) || !utf8.ValidString(s) {
			return fmt.Errorf("name of label %d = %s, want %s in %s", l, quote(s), want, format)
		}
	}
	return nil
}
