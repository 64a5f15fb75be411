package graphfile

import (
	"fmt"
	"slices"
)

// findMatrix tells whether the lines are an adjacency matrix with the names of its
// nodes: the first column repeats the header, and numbers stand in all others. The
// header may lack the name of the first column, as R writes it.
func (l *listLayout) findMatrix(rows []listRow, o Options) bool {
	if o.Columns != nil || o.Header == "no" || o.Nodes > 0 || l.dict || len(rows) < 3 {
		return false
	}
	names, rest := rows[0].fields, rows[1:]
	if len(rest[0].fields) == len(names) {
		if names[0] != "" && (len(names) < 4 || isNumber(names[0])) {
			return false // an edge and its weight
		}
		names = names[1:]
	}
	if len(names) < 2 || len(rest) > len(names) || !distinct(names) {
		return false
	}
	if nameless(names) == nil && (len(names) < 4 || len(rest) < min(len(names), 20)) {
		return false // pandas numbers the columns of an edge list so, and its lines
	}
	for i, r := range rest {
		if len(r.fields) != len(names)+1 || r.fields[0] != names[i] || slices.ContainsFunc(r.fields[1:], func(s string) bool {
			return s != "" && !looksNumber(s)
		}) {
			return false
		}
	}
	l.matrix, l.headerAt = true, rows[0].line
	l.names = append([]string{""}, names...)
	l.least, l.most = len(l.names), len(l.names)
	l.dst = len(names)
	return true
}

// matrixNodes gives the nodes of a matrix their numbers, in the order of the
// header, before a block is read.
func (p *listParser) matrixNodes() {
	p.toNames()
	for _, name := range p.names[1:] {
		p.intern(name)
	}
}

// matrixRow reads the row of a node: what is not 0 is the weight of an edge.
func (p *listParser) matrixRow(f [][]byte) error {
	src, ok := p.ids[string(f[0])]
	if !ok {
		return fmt.Errorf("row %s of an adjacency matrix is not in its header", quoteBytes(f[0]))
	}
	p.b.listed++
	for c, s := range f[1:] {
		if len(s) == 0 {
			continue
		}
		w, err := p.number(s)
		if err != nil {
			return err
		}
		if w != 0 {
			p.b.src, p.b.dst, p.b.w = append(p.b.src, src), append(p.b.dst, uint32(c)), append(p.b.w, w)
		}
	}
	return nil
}
