package graphfile

import (
	"bytes"
	"fmt"
)

// listBlock is a run of whole lines of an edge list and the edges in them.
type listBlock struct {
	text  []byte
	buf   []byte // that text is a part of
	line  int    // of its first line, from 1
	count int    // of its lines
	done  chan struct{}

	// src and dst are the nodes' numbers or, where names is not nil, their
	// places in names.
	src, dst []uint32
	names    []string
	w        []float32
	plain    []bool // edges without a direction; nil: none
	most     uint32 // the largest number
	listTally
	err error
}

// listTally counts what is told of the lines.
type listTally struct {
	comments, comment         int // lines, and the first one of them
	trailing, empty, directed int
	weightless                int // edges without a weight, where others have one
	listed                    int // nodes that lines list
}

func (t *listTally) add(u listTally) {
	if t.comments == 0 {
		t.comment = u.comment
	}
	t.comments += u.comments
	t.trailing += u.trailing
	t.empty += u.empty
	t.directed += u.directed
	t.weightless += u.weightless
	t.listed += u.listed
}

// listParser reads blocks by a layout; each worker has its own.
type listParser struct {
	*listLayout
	s    splitter
	name string
	b    *listBlock
	ids  map[string]uint32 // of b.names
}

func (l *listLayout) parser(name string) *listParser {
	return &listParser{listLayout: l, name: name, s: splitter{delim: l.delim, dict: l.dict, due: max(l.src, l.dst, 1) + 1}}
}

// parse reads the edges of a block.
func (p *listParser) parse(b *listBlock) {
	p.b = b
	room := min(b.count, len(b.text)/4+1) // "a b" and an end of line
	b.src, b.dst = make([]uint32, 0, room), make([]uint32, 0, room)
	if p.weighted() {
		b.w = make([]float32, 0, room)
	}
	p.ids = nil
	if p.matrix {
		p.matrixNodes()
	}
	text := b.text
	for line := b.line; len(text) > 0; line++ {
		var one []byte
		if end := bytes.IndexByte(text, '\n'); end >= 0 {
			one, text = text[:end], text[end+1:]
		} else {
			one, text = text, nil
		}
		if err := p.take(one, line); err != nil {
			b.err = fmt.Errorf("%s:%d: %w", p.name, line, err)
			return
		}
	}
}

// take reads one line.
func (p *listParser) take(text []byte, line int) error {
	if len(text) > maxLine {
		return fmt.Errorf("a line of more than %d bytes, want an edge list", maxLine)
	}
	text = trim(text)
	switch {
	case line == p.headerAt || line == p.sepAt:
		return nil
	case len(text) == 0:
		return nil
	case bytes.HasPrefix(text, []byte(nodeLine)) && p.nodes == 0:
		return p.listNode(text)
	case isComment(text):
		if p.b.comments++; p.b.comment == 0 {
			p.b.comment = line
		}
		return nil
	}
	f, err := p.s.split(text)
	if err != nil {
		return err
	}
	if err := p.edge(f); err != nil {
		if bytes.IndexByte(text, 0) >= 0 {
			return fmt.Errorf("not text, want an edge list")
		}
		if err == errFields {
			return p.fieldsError(text, len(f))
		}
		return err
	}
	if p.s.cut {
		p.b.trailing++
	}
	return nil
}

// edge reads the fields of a line.
func (p *listParser) edge(f [][]byte) error {
	if f = p.fit(f); f == nil {
		if allEmpty(p.s.out) {
			p.b.empty++
			return nil
		}
		return errFields
	}
	if p.matrix {
		return p.matrixRow(f)
	}
	src, dst := p.uncommented(f, p.src), p.uncommented(f, p.dst)
	if len(src) == 0 || len(dst) == 0 {
		if allEmpty(p.s.out) {
			p.b.empty++
			return nil
		}
		return fmt.Errorf("%s has an empty field, want two nodes", quote(string(bytes.Join(f, []byte(p.delim)))))
	}
	if p.weighted() {
		w, err := p.weightOf(f)
		if err != nil {
			return err
		}
		p.b.w = append(p.b.w, w)
	}
	p.way(f)
	i, err := p.node(src)
	if err != nil {
		return err
	}
	p.b.src = append(p.b.src, i) // toNames looks for it there
	j, err := p.node(dst)
	if err != nil {
		return err
	}
	p.b.dst = append(p.b.dst, j)
	return nil
}

// way reads whether the edge with the fields f has a direction.
func (p *listParser) way(f [][]byte) {
	switch {
	case p.konect && !p.directed:
		p.b.plain = append(p.b.plain, true)
	case p.kind >= 0:
		is := func(word string) bool { return p.kind < len(f) && bytes.EqualFold(f[p.kind], []byte(word)) }
		if is("directed") {
			p.b.directed++
		}
		p.b.plain = append(p.b.plain, is("undirected"))
	}
}

// orient lets edges without a direction lead to the node of the larger number,
// so that lines that name their ends in either order are parallel.
func (b *listBlock) orient() {
	for e, plain := range b.plain {
		if plain && b.src[e] > b.dst[e] {
			b.src[e], b.dst[e] = b.dst[e], b.src[e]
		}
	}
	b.plain = nil
}

// fit brings the fields of a line to the number that the layout wants, nil
// where they do not fit.
func (p *listParser) fit(f [][]byte) [][]byte {
	for len(f) > p.most && isTail(f[len(f)-1]) && !p.s.inQuotes(len(f)-1) {
		p.s.cut = p.s.cut || len(f[len(f)-1]) > 0
		f = f[:len(f)-1]
	}
	if len(f) < p.least || len(f) > p.most {
		return nil
	}
	return f
}

// isTail tells whether a field is what is left over at the end of a line: empty
// or a comment.
func isTail(f []byte) bool { return len(f) == 0 || isComment(f) }

func allEmpty(f [][]byte) bool {
	for _, x := range f {
		if len(x) > 0 {
			return false
		}
	}
	return true
}
