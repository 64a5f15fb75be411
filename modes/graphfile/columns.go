package graphfile

import (
	"math"
	"strconv"
	"strings"
)

// kind is what the values of an attribute are.
type kind int

const (
	anything kind = iota // words; numbers where all of them are
	text                 // words, whatever they look like
	number               // numbers
)

// column holds the values of one attribute, for the nodes that have it.
type column struct {
	name  string
	kind  kind
	node  []int32
	words []string
	used  bool
	drawn bool          // text that is drawn at a node, no class of nodes
	place map[int32]int // of set, where in node a node stands

	// listed says that the file lists the attribute, but may have no value of it.
	listed bool

	// preset is the value of nodes that have none, if has is true.
	preset string
	has    bool
}

// columns are the attributes, in order of first appearance.
type columns struct {
	list []*column
	at   map[string]*column
}

// find is the attribute of a name, whatever its case; nil where there is none.
func (c *columns) find(name string) *column {
	if col := c.at[name]; col != nil {
		return col
	}
	for _, col := range c.list {
		if plainName(col.name) == name {
			return col
		}
	}
	return nil
}

// plainName brings a name into the form that rules are written for:
// "Modularity Class" is modularity_class.
func plainName(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), " ", "_")
}

// get is the attribute of exactly this name, made if it is new.
func (c *columns) get(name string, k kind) *column {
	col := c.at[name]
	if col == nil {
		if c.at == nil {
			c.at = make(map[string]*column)
		}
		col = &column{name: strings.Clone(name), kind: k}
		c.at[col.name] = col
		c.list = append(c.list, col)
	}
	return col
}

// ofKind is get; an attribute of values of several kinds is text.
func (c *columns) ofKind(name string, k kind) *column {
	col := c.get(name, k)
	if col.kind != k {
		col.kind = text
	}
	return col
}

// put gives a node a value; the last one stays.
func (c *column) put(node int32, value string) {
	if n := len(c.node); n > 0 && c.node[n-1] == node {
		c.words[n-1] = value
		return
	}
	c.node, c.words = append(c.node, node), append(c.words, value)
}

// distinct says whether each of n nodes has a value and no two the same; then
// words has them in the order of the nodes.
func (c *column) distinct(n int) bool {
	if len(c.words) != n {
		return false
	}
	seen := make(map[string]bool, n)
	byNode := make([]string, n)
	for p, s := range c.words {
		seen[s] = true
		byNode[c.node[p]] = s
	}
	if len(seen) != n {
		return false
	}
	for i := range c.node {
		c.node[i] = int32(i)
	}
	c.words = byNode
	return true
}

// numeric says whether the attribute is made of numbers.
func (c *column) numeric() bool {
	if c.kind != anything {
		return c.kind == number
	}
	for _, s := range c.words {
		if _, ok := parseNumber(s); !ok {
			return false
		}
	}
	return len(c.words) > 0
}

// parseNumber reads a finite number, or a truth value as 0 or 1.
func parseNumber(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "true":
		return 1, true
	case "false":
		return 0, true
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(float64(float32(v)), 0) && !math.IsNaN(v)
}

// set is put for nodes in any order; a value from before is replaced.
func (c *column) set(node int32, value string) {
	if c.place == nil {
		c.place = make(map[int32]int)
	}
	if p, ok := c.place[node]; ok {
		c.words[p] = value
		return
	}
	c.place[node] = len(c.node)
	c.node, c.words = append(c.node, node), append(c.words, value)
}
