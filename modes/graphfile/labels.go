package graphfile

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// labels reads labels, with label_indices or label_mask where they are there.
func (z *archive) labels(g *Graph) error {
	if !z.has("labels") {
		z.otherLabels(g)
		return nil
	}
	labels, names, err := z.classes("labels")
	if err != nil {
		return err
	}
	g.LabelNames = names
	if z.has("label_indices") {
		g.Labels, err = z.scatter(labels, g.Nodes)
		return err
	}
	if len(labels) != g.Nodes {
		return fmt.Errorf("labels has %d values, want one a node (%d)", len(labels), g.Nodes)
	}
	g.Labels = labels
	return z.mask(labels)
}

// scatter gives labels[i] to the node label_indices[i], Unlabeled to all others.
func (z *archive) scatter(labels []int, nodes int) ([]int, error) {
	at, err := readInts[int](z, "label_indices", 0, nodes-1)
	if err != nil {
		return nil, err
	}
	if len(at) != len(labels) {
		return nil, fmt.Errorf("label_indices has %d values, want as many as labels (%d)", len(at), len(labels))
	}
	out := make([]int, nodes)
	for i := range out {
		out[i] = Unlabeled
	}
	seen := make([]bool, nodes)
	for i, node := range at {
		if seen[node] {
			return nil, fmt.Errorf("label_indices[%d] = %d, a node that is listed before", i, node)
		}
		seen[node] = true
		out[node] = labels[i]
	}
	return out, nil
}

// mask takes away the labels of nodes whose label_mask is 0.
func (z *archive) mask(labels []int) error {
	if !z.has("label_mask") {
		return nil
	}
	mask, err := readInts[int32](z, "label_mask", 0, 1)
	if err != nil {
		return err
	}
	if len(mask) != len(labels) {
		return fmt.Errorf("label_mask has %d values, want one a node (%d)", len(mask), len(labels))
	}
	for i, m := range mask {
		if m == 0 {
			labels[i] = Unlabeled
		}
	}
	return nil
}

// nodeNames reads node_names: text of dtype U or S, one a node.
func (z *archive) nodeNames(g *Graph) error {
	if !z.has("node_names") {
		return z.otherNames(g)
	}
	a, err := z.open("node_names", 1)
	if err != nil {
		return err
	}
	defer func() { _ = a.r.Close() }()
	if !isText(a.dtype.kind) {
		g.Changes = append(g.Changes, "node names left out (not stored as text)")
		return nil
	}
	if a.count != g.Nodes {
		return fmt.Errorf("node_names has %d values, want one a node (%d)", a.count, g.Nodes)
	}
	g.Names, err = a.texts()
	return err
}

// text reads one element of dtype U (four bytes a letter) or S (bytes), both
// filled up with zeros.
func (d dtype) text(b []byte) string {
	if d.kind == 'S' {
		return strings.ToValidUTF8(strings.TrimRight(string(b), "\x00"), "\uFFFD")
	}
	var s []byte
	for ; len(b) >= 4; b = b[4:] {
		s = utf8.AppendRune(s, rune(min(d.order.Uint32(b), utf8.MaxRune+1)))
	}
	return strings.TrimRight(string(s), "\x00")
}
