package graphfile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// labelNames are attributes that say a node's class, the most telling first.
func labelNames() []string {
	return []string{"class", "ground_truth", "gt", "label", "club", "group", "community", "modularity_class", "value"}
}

// roles makes labels and features of the attributes of g's nodes and says what
// it used and what it did not.
func (c *columns) roles(g *Graph) error {
	c.dropDrawing(g)
	for _, name := range labelNames() {
		col := c.find(name)
		if col == nil || col.used || col.drawn || !col.classes(name, g.Nodes) {
			continue
		}
		col.used = true
		g.Labels, g.LabelNames = col.labels(g.Nodes)
		g.Changes = append(g.Changes, "labels are the node attribute "+quote(col.name))
		break
	}
	if err := c.features(g); err != nil {
		return err
	}
	g.Changes = append(g.Changes, c.unused("node")...)
	return nil
}

// dropDrawing takes away what programs that draw leave behind: places, colours.
func (c *columns) dropDrawing(g *Graph) {
	drop := func(need []string, also ...string) {
		for _, name := range need {
			if c.at[name] == nil {
				return
			}
		}
		var gone []string
		c.list = slices.DeleteFunc(c.list, func(col *column) bool {
			drawn := slices.Contains(need, col.name) || slices.Contains(also, col.name)
			if drawn {
				gone = append(gone, col.name)
				delete(c.at, col.name)
			}
			return drawn
		})
		g.Changes = append(g.Changes, "node attributes that draw left out: "+strings.Join(gone, ", "))
	}
	drop([]string{"x", "y"}, "z")
	drop([]string{"r", "g", "b"}, "a", "size")
}

// classes says whether the attribute is one of few classes. "class" and
// "ground_truth" always are; others where at most half of the nodes differ and
// numbers are whole.
func (c *column) classes(name string, nodes int) bool {
	switch name {
	case "class", "ground_truth", "gt":
		return len(c.words) > 0
	}
	seen := make(map[string]bool)
	for _, s := range c.words {
		seen[s] = true
		if v, ok := parseNumber(s); ok && c.kind != text && v != float64(int(v)) {
			return false
		}
	}
	return len(seen) > 0 && 2*len(seen) <= nodes
}

// labels numbers the classes: whole numbers keep their value, words are
// numbered in their alphabetical order. A node without a value has Unlabeled.
func (c *column) labels(nodes int) (labels []int, names []string) {
	words := make([]string, nodes)
	if c.has {
		for i := range words {
			words[i] = c.preset
		}
	}
	for p, i := range c.node {
		words[i] = c.words[p]
	}
	return classesOf(words)
}

// classesOf makes labels of words, "" being none.
func classesOf(words []string) (labels []int, names []string) {
	labels = make([]int, len(words))
	whole := true
	for i, s := range words {
		if labels[i] = Unlabeled; s != "" && whole {
			labels[i], whole = wholeLabel(s)
		}
	}
	if whole {
		return labels, nil
	}
	for _, s := range words {
		if s != "" {
			names = append(names, s)
		}
	}
	slices.Sort(names)
	names = slices.Clip(slices.Compact(names))
	for i, s := range words {
		if labels[i] = Unlabeled; s != "" {
			labels[i], _ = slices.BinarySearch(names, s)
		}
	}
	return labels, names
}

// wholeLabel reads a label that is a whole number, as 3 or 3.0.
func wholeLabel(s string) (int, bool) {
	s = strings.TrimSuffix(s, ".0")
	n, ok := parseIndex(s)
	return int(n), ok && n < 1<<31
}

// features makes a matrix of the attributes that are numbers, a column each.
func (c *columns) features(g *Graph) error {
	var cols []*column
	for _, col := range c.list {
		if !col.used && col.numeric() && (len(col.words) > 0 || col.has) {
			col.used = true
			cols = append(cols, col)
		}
	}
	if len(cols) == 0 {
		return nil
	}
	m, missing, err := matrixOf(cols, g.Nodes)
	if err != nil {
		return err
	}
	g.Features = m.compact()
	g.FeatureNames = make([]string, len(cols))
	plain := true
	for j, col := range cols {
		g.FeatureNames[j] = col.name
		plain = plain && col.name == featureName(j)
	}
	if plain {
		g.FeatureNames = nil
	}
	g.Changes = append(g.Changes, fmt.Sprintf("%d node attribute%s taken as features", len(cols), plural(len(cols))))
	g.Changes = say(g.Changes, missing, "missing value of a feature taken as 0", "missing values of features taken as 0")
	return nil
}

// featureName is how a column of features is called that has no name.
func featureName(j int) string { return "feature_" + strconv.Itoa(j) }

// unused says which attributes have no use here.
func (c *columns) unused(of string) []string {
	var names []string
	for _, col := range c.list {
		if !col.used && (!col.listed || len(col.words) > 0 || col.has) {
			names = append(names, quote(col.name))
		}
	}
	return notUsed(of+" attributes", names)
}
