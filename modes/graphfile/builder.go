package graphfile

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// builder gathers the graph of a file whose nodes have ids.
type builder struct {
	edges
	index map[string]int32
	ids   []string
	line  []int // where an edge named the node first; 0 once the node is declared

	nodes     columns
	edgeExtra columns // of attributes of edges only the names are kept
	said      []string

	// nameFirst are the attributes that name the nodes, the best one first.
	nameFirst []string

	// drawn are attributes that the format draws at a node: they may name nodes,
	// but are no classes and no features.
	drawn []string
}

func newBuilder(nameFirst ...string) *builder {
	return &builder{index: make(map[string]int32), nameFirst: nameFirst}
}

// node is the number of the node id, which stands in the given line: a new one
// if it was not met before.
func (b *builder) node(id string, line int) (int32, error) {
	if n, ok := b.index[id]; ok {
		return n, nil
	}
	if len(b.ids) == math.MaxInt32-1 {
		return 0, fmt.Errorf("more than %d nodes", math.MaxInt32-1)
	}
	n := int32(len(b.ids))
	id = strings.Clone(id)
	b.index[id] = n
	b.ids, b.line = append(b.ids, id), append(b.line, line)
	return n, nil
}

// declare is the number of the node id, which the file lists as a node.
func (b *builder) declare(id string) (int32, error) {
	n, err := b.node(id, -1)
	if err != nil {
		return 0, err
	}
	if b.line[n] == 0 {
		return 0, fmt.Errorf("node id %s is there twice, want ids that differ", quote(id))
	}
	b.line[n] = 0
	return n, nil
}

// unknown finds an edge to a node that is not declared; place says in words
// where the line or the element of a number stands.
func (b *builder) unknown(place func(n int) string) error {
	for n, line := range b.line {
		if line != 0 {
			return fmt.Errorf("%s: an edge of node %s, want the id of a node in the file", place(line), quote(b.ids[n]))
		}
	}
	return nil
}

// atLine is the place of a line of the file called name.
func atLine(name string) func(n int) string {
	return func(n int) string { return fmt.Sprintf("%s:%d", name, n) }
}

// link adds the edge between two ids that stand in the given line.
func (b *builder) link(source, target string, directed bool, line int) error {
	i, err := b.node(source, line)
	if err != nil {
		return err
	}
	j, err := b.node(target, line)
	if err != nil {
		return err
	}
	return b.add(i, j, directed)
}

// weight gives the edge added last the weight that s writes.
func (b *builder) weight(s string) error {
	w, err := parseWeight(strings.TrimSpace(s))
	if err != nil {
		return err
	}
	b.weigh(w)
	return nil
}

// isWeight says whether an attribute of an edge is its weight.
func isWeight(name string) bool {
	switch strings.ToLower(name) {
	case "weight", "value", "w":
		return true
	}
	return false
}

// graph builds the graph of the file called name and finds names, labels and features among the
// attributes of its nodes.
func (b *builder) graph(name string) (*Graph, error) {
	g, err := b.edges.graph(len(b.ids))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, name := range b.drawn {
		if c := b.nodes.at[name]; c != nil {
			c.drawn, c.kind = true, text
		}
	}
	b.names(g)
	if err := b.nodes.roles(g); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g.Changes = append(g.Changes, b.edgeExtra.unused("edge")...)
	g.Changes = append(g.Changes, b.said...)
	return g, nil
}

// names chooses the names of the nodes: by the first attribute of nameFirst
// that every node has and no two share, else by the ids.
func (b *builder) names(g *Graph) {
	names := b.ids
	for _, name := range b.nameFirst {
		c := b.nodes.find(name)
		if c == nil || !c.distinct(len(b.ids)) {
			continue
		}
		names, c.used = c.words, true
		if !slices.Equal(names, b.ids) && !isIndex(b.ids) {
			g.Changes = append(g.Changes, "nodes named by their "+c.name+", not by their id")
		}
		break
	}
	if !isIndex(names) {
		g.Names = names
	}
}

// isIndex says whether each name is its index, from 0.
func isIndex(names []string) bool {
	for i, s := range names {
		if n, ok := parseIndex(s); !ok || n != int64(i) {
			return false
		}
	}
	return true
}

// indices are the names of n nodes that have none.
func indices(n, first int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i + first)
	}
	return out
}

// byNumber numbers the nodes by rising id where every id is a whole number, as
// edge lists do. No node may have an attribute yet.
func (b *builder) byNumber() {
	order := make([]int32, len(b.ids))
	number := make([]int64, len(b.ids))
	for i, id := range b.ids {
		n, ok := parseIndex(id)
		if !ok {
			return
		}
		order[i], number[i] = int32(i), n
	}
	slices.SortFunc(order, func(i, j int32) int { return cmp.Compare(number[i], number[j]) })
	ids, at := make([]string, len(order)), make([]int32, len(order))
	for to, from := range order {
		ids[to], at[from] = b.ids[from], int32(to)
	}
	b.ids = ids
	for e := range b.src {
		b.src[e], b.dst[e] = at[b.src[e]], at[b.dst[e]]
	}
}
