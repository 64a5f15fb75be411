package graphfile

import (
	"fmt"
	"io"
	"math"
	"strings"
)

func sniffPajek(head []byte) bool {
	for line := range strings.Lines(strings.TrimPrefix(string(head), "\ufeff")) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '%' {
			continue
		}
		switch word, _ := cutWord(strings.ToLower(line)); word {
		case "*vertices", "*network", "*edges", "*arcs", "*edgeslist", "*arcslist", "*matrix", "*partition":
			return true
		}
		return false
	}
	return false
}

// pajek is a Pajek network while it is read.
type pajek struct {
	*lines
	edges
	nodes     int      // -1 before *Vertices
	names     []string // of the vertices listed, "" elsewhere
	named     int
	row       int32 // of *Matrix
	partition *column
	section   string
	unused    columns
}

// readPajek reads a network of Pajek (.net, or a .paj project of one network): *Vertices; *Edges and *Edgeslist, which have no direction; *Arcs
// and *Arcslist, which have one; *Matrix. A *Partition becomes the labels.
func readPajek(r io.Reader, name string) (*Graph, error) {
	p := &pajek{lines: newLines(r, name, maxLongLine), nodes: -1}
	for p.next() {
		if err := p.take(); err != nil {
			return nil, err
		}
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	if p.nodes < 0 {
		return nil, fmt.Errorf("%s: no *Vertices, want a Pajek network", name)
	}
	if p.section == "*matrix" && int(p.row) != p.nodes {
		return nil, fmt.Errorf("%s:%d: the file ends after row %d of *Matrix, want %d rows", name, p.n, p.row, p.nodes)
	}
	if err := believed("*Vertices", p.nodes, len(p.src)+len(p.names)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p.finish()
}

func (p *pajek) finish() (*Graph, error) {
	g, err := p.graph(p.nodes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.name, err)
	}
	p.nameNodes(g)
	if c := p.partition; c != nil {
		if len(c.words) != p.nodes {
			return nil, fmt.Errorf("%s: *Partition has %d values, want one a vertex (%d)", p.name, len(c.words), p.nodes)
		}
		g.Labels, g.LabelNames = c.labels(p.nodes)
		g.Changes = append(g.Changes, "labels are the *Partition")
	}
	g.Changes = append(g.Changes, p.unused.unused("node and edge")...)
	return g, nil
}

// nameNodes gives the nodes their names, or their numbers where two are the
// same.
func (p *pajek) nameNodes(g *Graph) {
	names := indices(p.nodes, 1)
	if p.named > 0 {
		seen := make(map[string]bool, p.nodes)
		for i, s := range p.names {
			if s != "" {
				names[i] = s
			}
		}
		for _, s := range names {
			seen[s] = true
		}
		if len(seen) < p.nodes {
			names = indices(p.nodes, 1)
			g.Changes = append(g.Changes, "names left out (two vertices share one)")
		}
	}
	if !isIndex(names) {
		g.Names = names
	}
}

// take reads the current line.
func (p *pajek) take() error {
	if p.text == "" || p.text[0] == '%' {
		return nil
	}
	if err := p.checkText(); err != nil {
		return err
	}
	if p.text[0] == '*' {
		return p.open()
	}
	switch p.section {
	case "*vertices":
		return p.vertex()
	case "*edges", "*arcs":
		return p.line(p.section == "*arcs")
	case "*edgeslist", "*arcslist":
		return p.list(p.section == "*arcslist")
	case "*matrix":
		return p.matrixRow()
	case "*partition":
		p.partition.put(int32(len(p.partition.words)), p.text)
		if len(p.partition.words) > p.nodes {
			return p.failf("%s after the last of %d vertices of *Partition", quote(p.text), p.nodes)
		}
		return nil
	}
	return p.failf("%s, want a line such as *Vertices 5", quote(p.text))
}

// open begins a section.
func (p *pajek) open() error {
	word, rest := cutWord(p.text)
	word = strings.ToLower(word)
	switch word {
	case "*network":
		if p.nodes >= 0 {
			return p.failf("a second *Network, want one")
		}
		return nil
	case "*vertices":
		return p.vertices(rest)
	case "*edges", "*arcs", "*edgeslist", "*arcslist", "*matrix":
		if p.nodes < 0 {
			return p.failf("%s before *Vertices", word)
		}
	case "*partition":
		if p.nodes < 0 || p.partition != nil {
			return p.failf("*Partition before the vertices or twice, want one after the network")
		}
		p.partition = &column{name: "partition"}
	default:
		return p.failf("section %s, want *Vertices, *Edges, *Arcs, *Edgeslist, *Arcslist, *Matrix or *Partition", quote(word))
	}
	if strings.HasPrefix(rest, ":") {
		p.unused.get("relations of lines", anything)
	}
	p.section = word
	return nil
}

func (p *pajek) vertices(rest string) error {
	count, modes := cutWord(rest)
	n, ok := parseIndex(count)
	if !ok || n < 1 || n > math.MaxInt32-1 {
		return p.failf("*Vertices %s, want a whole number from 1 to %d", quote(rest), math.MaxInt32-1)
	}
	if p.partition != nil && int(n) == p.nodes {
		return nil // the head of the partition
	}
	if p.nodes >= 0 {
		return p.failf("a second *Vertices, want one")
	}
	if modes != "" {
		p.unused.get("mode (a two-mode network)", anything)
	}
	p.nodes, p.section = int(n), "*vertices"
	return nil
}

// index reads the number of a vertex.
func (p *pajek) index(s string) (int32, error) {
	v, ok := parseIndex(s)
	if !ok || v < 1 || v > int64(p.nodes) {
		return 0, p.failf("vertex %s, want 1 to %d", quote(s), p.nodes)
	}
	return int32(v - 1), nil
}
