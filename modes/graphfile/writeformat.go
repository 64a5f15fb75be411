package graphfile

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// WriteFormat writes g to path in the given format, one of [Formats] or of their
// endings (csv); "" takes the one that path's ending names. A path that ends in
// .gz, .zst or .xz is packed; .bz2, which is only read, is an error. left says
// what of g the format does not hold, or holds under another name.
//
// The file appears whole or not at all. It errs where g's slices do not fit
// together, for a value that is not finite, and for a name that the format
// cannot write so that it reads back the same.
func WriteFormat(path string, g *Graph, format string) (left []string, err error) {
	f, err := formatTo(path, format)
	if err != nil {
		return nil, err
	}
	if err := g.writable(); err != nil {
		return nil, err
	}
	pack, err := packingTo(path)
	if err != nil {
		return nil, err
	}
	if err := writeFile(path, packed(pack, func(w io.Writer) error { return f.write(w, g) })); err != nil {
		return nil, err
	}
	return f.left(g), nil
}

// WriteTo is [WriteFormat] for a stream, which is not packed.
func WriteTo(w io.Writer, g *Graph, format string) (left []string, err error) {
	f, err := formatTo("", format)
	if err != nil {
		return nil, err
	}
	if err := g.writable(); err != nil {
		return nil, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	if err := f.write(out, g); err != nil {
		return nil, err
	}
	return f.left(g), out.Flush()
}

// writable errs where g's slices do not fit together or a value is not finite.
func (g *Graph) writable() error {
	if err := g.check(); err != nil {
		return err
	}
	return g.finite()
}

// formatTo is the format to write path in.
func formatTo(path, name string) (f format, err error) {
	if name != "" {
		if f, err = formatNamed(name); err != nil {
			return f, err
		}
	} else if f, _ = formatEnding(path); f.name == "" {
		return f, fmt.Errorf("%s: no format has this ending, want one of %s", path, strings.Join(endings(), " "))
	}
	if f.write == nil {
		return f, fmt.Errorf("%s: format %s is read, not written", path, f.name)
	}
	return f, nil
}

func endings() []string {
	var out []string
	for _, f := range formats() {
		out = append(out, f.endings...)
	}
	return out
}

// left says what of g the format does not keep.
func (f format) left(g *Graph) []string {
	var out []string
	leave := func(there, held bool, what string) {
		if there && !held {
			out = append(out, what+" left out: "+f.title()+" does not hold them")
		}
	}
	leave(g.named(), f.holds.names, "names")
	leave(g.Labels != nil, f.holds.labels, "labels")
	leave(g.Features != nil, f.holds.features, "features")
	if f.holds.lists {
		out = append(out, g.whyListed()...)
	}
	if f.holds.names && f.name != "npz" && g.Names != nil && !distinct(g.Names) {
		out = append(out, "names left out: two nodes share one")
	}
	if f.holds.features && f.key != nil {
		_, renamed := g.columnNames(f.key)
		out = say(out, renamed, "feature column renamed to feature_N: "+f.title()+" uses or cannot hold its name",
			"feature columns renamed to feature_N: "+f.title()+" uses or cannot hold their names")
	}
	return out
}

func (g *Graph) isolated() int {
	n := 0
	for i := range g.Nodes {
		if g.RowPtr[i] == g.RowPtr[i+1] {
			n++
		}
	}
	return n
}

// finite errs where a feature is not a finite number.
func (g *Graph) finite() error {
	if g.Features == nil {
		return nil
	}
	for p, v := range slices.Concat(g.Features.Dense, g.Features.Values) {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("graphfile: value %d of Features = %v, want a finite number", p, v)
		}
	}
	return nil
}

// eachEdge calls f with each edge once, i below j, by rising i and j.
func (g *Graph) eachEdge(f func(i, j int, w float32)) {
	for i := range g.Nodes {
		for p := g.RowPtr[i]; p < g.RowPtr[i+1]; p++ {
			if j := int(g.Col[p]); i < j {
				f(i, j, g.weightAt(int(p)))
			}
		}
	}
}

// single writes a number so that it reads back to the same float32.
func single(v float32) string { return strconv.FormatFloat(float64(v), 'g', -1, 32) }

// distinct says whether no two names are the same.
func distinct(names []string) bool {
	seen := make(map[string]bool, len(names))
	for _, s := range names {
		if seen[s] {
			return false
		}
		seen[s] = true
	}
	return true
}

// named says whether the nodes have names that are not their indices.
func (g *Graph) named() bool { return g.Names != nil && !isIndex(g.Names) }

// written are the names that a format writes: nil where nodes have none, or
// two share one. It errs where ok refuses a name; want is what it wants.
func (g *Graph) written(format, want string, ok func(s string) bool) ([]string, error) {
	if !g.named() || !distinct(g.Names) {
		return nil, nil
	}
	for i, s := range g.Names {
		if s == "" && !ok(s) {
			return nil, fmt.Errorf("name of node %d is empty, want one letter or more in %s", i, format)
		}
		if !ok(s) || !utf8.ValidString(s) {
			return nil, fmt.Errorf("name of node %d = %s, want %s in %s", i, quote(s), want, format)
		}
	}
	return g.Names, nil
}

// CanWrite errs where no format of this name, or of path's ending where format
// is "", is written, or where path ends as a file packed in a way that is only
// read.
func CanWrite(path, format string) error {
	if _, err := formatTo(path, format); err != nil {
		return err
	}
	_, err := packingTo(path)
	return err
}
