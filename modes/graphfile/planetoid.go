package graphfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ReadPlanetoid reads a data set in the text layout of Cora and CiteSeer as
// they were first published: NAME.content, a line "id feature … class" a node,
// and NAME.cites, a line "cited citing" a link. path is one of the two, or the
// folder that has one such pair. Links to ids that the first file does not
// have are left out and counted in Changes.
//
// It errs at the first line that does not fit, with its number.
func ReadPlanetoid(path string) (*Graph, error) {
	base, err := planetoidBase(path)
	if err != nil {
		return nil, err
	}
	p := &planetoid{builder: newBuilder()}
	if err := p.side(base+".content", p.content); err != nil {
		return nil, err
	}
	if err := p.side(base+".cites", p.cites); err != nil {
		return nil, err
	}
	g, err := p.graph(base + ".cites")
	if err != nil {
		return nil, err
	}
	g.Labels, g.LabelNames = classesOf(p.classes)
	if p.width > 0 {
		if g.Features, err = compress("features", p.features); err != nil {
			return nil, fmt.Errorf("%s.content: %w", base, err)
		}
	}
	g.Changes = say(g.Changes, p.strange, "link to an id without a line in "+filepath.Base(base)+".content left out",
		"links to ids without a line in "+filepath.Base(base)+".content left out")
	g.Format, g.Recognised = "planetoid", "ending"
	return g, nil
}

// planetoid is such a data set while it is read.
type planetoid struct {
	*builder
	width    int // features a node
	classes  []string
	features csr
	strange  int
}

// planetoidBase is the path of both files without their endings.
func planetoidBase(path string) (string, error) {
	for _, end := range []string{".content", ".cites"} {
		if base, ok := strings.CutSuffix(strings.TrimSuffix(path, ".gz"), end); ok {
			return base, nil
		}
	}
	var found []string
	list, err := os.ReadDir(path)
	if err != nil {
		return "", pathError(path, err)
	}
	for _, e := range list {
		base, ok := strings.CutSuffix(strings.TrimSuffix(e.Name(), ".gz"), ".content")
		if ok && hasSide(filepath.Join(path, base+".cites")) {
			found = append(found, base)
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%s: %d pairs of NAME.content and NAME.cites, want one", path, len(found))
	}
	return filepath.Join(path, found[0]), nil
}

// side reads one of the files line by line.
func (p *planetoid) side(path string, f func(l *lines) error) error {
	r, path, err := sideFile(path)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	l := newLines(r, path, maxLongLine)
	for l.next() {
		if l.text == "" {
			continue
		}
		if err := l.checkText(); err != nil {
			return err
		}
		if err := f(l); err != nil {
			return err
		}
	}
	return l.err()
}

// content reads the line of a node.
func (p *planetoid) content(l *lines) error {
	f := strings.Fields(l.text)
	if len(f) < 2 {
		return l.failf("%s, want an id, features and a class", quote(l.text))
	}
	if len(p.ids) == 0 {
		p.width = len(f) - 2
		p.features = csr{cols: p.width, ptr: []int32{0}, val: []float32{}}
	}
	if len(f)-2 != p.width {
		return l.failf("%d features, want %d as in the first line", len(f)-2, p.width)
	}
	if _, err := p.declare(f[0]); err != nil {
		return l.failf("%w", err)
	}
	p.classes = append(p.classes, strings.Clone(f[len(f)-1]))
	if err := p.features.readRow(f[1 : len(f)-1]); err != nil {
		return l.failf("%w", err)
	}
	return nil
}

// cites reads the line of a link.
func (p *planetoid) cites(l *lines) error {
	f := strings.Fields(l.text)
	if len(f) != 2 {
		return l.failf("%s has %d fields, want two ids", quote(l.text), len(f))
	}
	i, ok := p.index[f[0]]
	j, also := p.index[f[1]]
	if !ok || !also {
		p.strange++
		return nil
	}
	if err := p.add(i, j, true); err != nil {
		return l.failf("%w", err)
	}
	return nil
}

// count reads a whole number that bounds something.
func count(s string, most int) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil && n >= 0 && n <= most
}
