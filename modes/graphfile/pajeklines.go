package graphfile

import "strings"

// vertex reads a line of *Vertices: its number, its name, and what it is drawn
// by.
func (p *pajek) vertex() error {
	f, err := p.fields()
	if err != nil {
		return err
	}
	i, err := p.index(f[0])
	if err != nil {
		return err
	}
	if int(i) < len(p.names) && p.names[i] != "" {
		return p.failf("vertex %d is there twice, want it once", i+1)
	}
	if int(i) >= len(p.names) {
		if err := believed("vertex", int(i), p.n); err != nil {
			return p.failf("%w", err)
		}
		p.names = append(p.names, make([]string, int(i)+1-len(p.names))...)
	}
	if len(f) > 1 {
		p.names[i] = strings.Clone(f[1])
		p.named++
	}
	if len(f) > 2 {
		p.unused.get("place and look of vertices", anything)
	}
	return nil
}

// line reads a line of *Edges or *Arcs: two vertices and a weight.
func (p *pajek) line(directed bool) error {
	f, err := p.fields()
	if err != nil {
		return err
	}
	if len(f) < 2 {
		return p.failf("%s, want two vertices", quote(p.text))
	}
	i, err := p.index(f[0])
	if err != nil {
		return err
	}
	j, err := p.index(f[1])
	if err != nil {
		return err
	}
	if err := p.add(i, j, directed); err != nil {
		return p.failf("%w", err)
	}
	if len(f) == 2 {
		return nil
	}
	w, err := parseWeight(f[2])
	if err != nil {
		return p.failf("%w", err)
	}
	p.weigh(w)
	if len(f) > 3 {
		p.unused.get("look of lines", anything)
	}
	return nil
}

// list reads a line of *Edgeslist or *Arcslist: a vertex and its neighbours.
func (p *pajek) list(directed bool) error {
	word, rest := cutWord(p.text)
	i, err := p.index(strings.TrimPrefix(word, "-"))
	if err != nil {
		return err
	}
	for rest != "" {
		word, rest = cutWord(rest)
		j, err := p.index(strings.TrimPrefix(word, "-"))
		if err != nil {
			return err
		}
		if err := p.add(i, j, directed); err != nil {
			return p.failf("%w", err)
		}
	}
	return nil
}

// matrixRow reads a row of *Matrix.
func (p *pajek) matrixRow() error {
	if int(p.row) == p.nodes {
		return p.failf("%s after the last of %d rows of *Matrix", quote(p.text), p.nodes)
	}
	p.matrix = true
	rest, word := p.text, ""
	for j := range int32(p.nodes) {
		if word, rest = cutWord(rest); word == "" {
			return p.failf("row %d of *Matrix has %d values, want %d", p.row+1, j, p.nodes)
		}
		w, err := parseWeight(word)
		if err != nil {
			return p.failf("%w", err)
		}
		if w == 0 {
			continue
		}
		if err := p.add(p.row, j, true); err != nil {
			return p.failf("%w", err)
		}
		p.weigh(w)
	}
	if rest != "" {
		return p.failf("row %d of *Matrix has more than %d values", p.row+1, p.nodes)
	}
	p.row++
	return nil
}

// fields are the words of the line; one in double quotes may hold blanks.
func (p *pajek) fields() ([]string, error) {
	var out []string
	for rest := p.text; rest != ""; rest = strings.TrimLeft(rest, " \t") {
		if rest[0] != '"' {
			var word string
			word, rest = cutWord(rest)
			out = append(out, word)
			continue
		}
		word, after, ok := strings.Cut(rest[1:], `"`)
		if !ok {
			return nil, p.failf("%s has a quote without its end", quote(p.text))
		}
		out, rest = append(out, word), after
	}
	return out, nil
}
