package graphfile

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// metis is a METIS file while it is read.
type metis struct {
	*lines
	edges
	nodes, declared                int // n and m of the first line
	sizes, nodeWeights, edgeWeight bool
	perNode                        int // node weights a line
	attrs                          columns
	missing                        int // lines at the end that are not there
}

// readMETIS reads a graph in the format of METIS: a line "nodes edges [fmt
// [ncon]]", then a line a node: its size and weights if fmt says so, and its
// neighbours, counted from 1, each followed by the edge's weight if fmt says
// so. Sizes and weights of nodes become features.
func readMETIS(r io.Reader, name string) (*Graph, error) {
	m := &metis{lines: newLines(r, name, maxLongLine), edges: edges{matrix: true}}
	if err := m.head(); err != nil {
		return nil, err
	}
	if err := m.rows(); err != nil {
		return nil, err
	}
	if err := believed("nodes", m.nodes, len(m.src)+len(m.attrs.list)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if 2*m.declared != len(m.src) {
		return nil, fmt.Errorf("%s: %d neighbours, want %d: both directions of each of the %d edges of the first line", name, len(m.src), 2*m.declared, m.declared)
	}
	g, err := m.graph(m.nodes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := m.attrs.features(g); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g.Changes = say(g.Changes, m.missing, "line of a node missing at the end: it is isolated", "lines of nodes missing at the end: they are isolated")
	g.Changes = append(g.Changes, fromZero)
	return g, nil
}

// line reads the next line that is not a comment.
func (m *metis) line() bool {
	for m.next() {
		if !strings.HasPrefix(m.text, "%") {
			return true
		}
	}
	return false
}

func (m *metis) head() error {
	var f []string
	for len(f) == 0 && m.line() {
		f = strings.Fields(m.text)
	}
	if err := m.err(); err != nil {
		return err
	}
	if len(f) < 2 || len(f) > 4 {
		return m.failf("%s, want the first line of a METIS file: nodes edges [fmt [ncon]]", quote(strings.Join(f, " ")))
	}
	var n [4]int
	for i, s := range f {
		v, err := strconv.ParseUint(s, 10, 63)
		if err != nil || v > math.MaxInt32 {
			return m.failf("%s, want a whole number of at most %d", quote(s), math.MaxInt32)
		}
		n[i] = int(v)
	}
	m.nodes, m.declared = n[0], n[1]
	if len(f) < 3 {
		return nil
	}
	if len(f[2]) > 3 || strings.Trim(f[2], "01") != "" {
		return m.failf("fmt = %s, want up to three digits of 0 and 1: node sizes, node weights, edge weights", quote(f[2]))
	}
	m.sizes, m.nodeWeights, m.edgeWeight = n[2] >= 100, n[2]/10%10 == 1, n[2]%10 == 1
	m.perNode = 1
	if len(f) == 4 {
		m.perNode = n[3]
	}
	if !m.nodeWeights {
		m.perNode = 0
	} else if m.perNode < 1 || m.perNode > 1000 {
		return m.failf("ncon = %d, want 1 to 1000 weights a node", m.perNode)
	}
	return nil
}

// rows reads the line of each node.
func (m *metis) rows() error {
	for i := range int32(m.nodes) {
		if !m.line() {
			if err := m.err(); err != nil {
				return err
			}
			if m.missing = m.nodes - int(i); len(m.src) != 2*m.declared || m.sizes || m.nodeWeights {
				return fmt.Errorf("%s:%d: the file ends before the line of node %d of %d", m.name, m.n+1, i+1, m.nodes)
			}
			return nil
		}
		if err := m.row(i); err != nil {
			return err
		}
	}
	for m.line() {
		if m.text != "" {
			return m.failf("%s after the line of the last of %d nodes, want the end of the file", quote(m.text), m.nodes)
		}
	}
	return m.err()
}

// row reads the line of node i.
func (m *metis) row(i int32) error {
	rest, err := m.ofNode(i, m.text)
	if err != nil {
		return err
	}
	for rest != "" {
		var word, weight string
		word, rest = cutWord(rest)
		v, ok := parseIndex(word)
		if !ok || v < 1 || v > int64(m.nodes) {
			return m.failf("neighbour %s of node %d, want 1 to %d", quote(word), i+1, m.nodes)
		}
		if err := m.add(i, int32(v-1), true); err != nil {
			return m.failf("%w", err)
		}
		if !m.edgeWeight {
			continue
		}
		if weight, rest = cutWord(rest); weight == "" {
			return m.failf("neighbour %s of node %d has no weight, but fmt says that edges have one", word, i+1)
		}
		w, err := parseWeight(weight)
		if err != nil {
			return m.failf("%w", err)
		}
		m.weigh(w)
	}
	return nil
}

// ofNode takes the node's size and weights off its line.
func (m *metis) ofNode(i int32, rest string) (string, error) {
	take := func(name string) error {
		var word string
		if word, rest = cutWord(rest); word == "" {
			return m.failf("node %d has no %s, but the first line says that nodes have one", i+1, name)
		}
		if _, ok := parseNumber(word); !ok {
			return m.failf("%s of node %d = %s, want a number", name, i+1, quote(word))
		}
		m.attrs.get(name, number).put(i, word)
		return nil
	}
	if m.sizes {
		if err := take("size"); err != nil {
			return "", err
		}
	}
	for k := range m.perNode {
		name := "weight"
		if m.perNode > 1 {
			name += strconv.Itoa(k + 1)
		}
		if err := take(name); err != nil {
			return "", err
		}
	}
	return rest, nil
}

// cutWord splits the first word off a text without outer blanks.
func cutWord(s string) (word, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimLeft(s[i:], " \t")
}
