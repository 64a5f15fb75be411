package assignment

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strconv"
)

// Hierarchy is clusters of clusters: Levels[0] is the finest clusters, those of
// each node, and every cluster of a level lies whole in one of the next.
type Hierarchy struct {
	Names      []string // of the nodes; nil: their numbers from 0
	Levels     [][]int  // of each level, the cluster of each node
	Modularity []float64
	Flow       []float64 // as in Table
	Header     []string  // as in Table
}

// WriteTree writes the hierarchy as Infomap's .tree: a line a node, with the
// modules that it is in from the coarsest down. As Infomap does, modules count
// from 1 inside the module above them, here in the order of their numbers.
func (h Hierarchy) WriteTree(w io.Writer) error {
	t := Table{Names: h.Names, Cluster: h.Levels[0], Flow: h.Flow, Header: h.Header, Paths: h.paths()}
	return Write(w, t, Tree)
}

// paths is the modules of each node from the coarsest down, from 0 inside the
// one above.
func (h Hierarchy) paths() [][]int {
	out := make([][]int, len(h.Levels[0]))
	places := make([]map[int]int, len(h.Levels))
	for l := range h.Levels {
		places[l] = h.places(l)
	}
	for i := range out {
		for l := len(h.Levels) - 1; l >= 0; l-- {
			out[i] = append(out[i], places[l][h.Levels[l][i]])
		}
	}
	return out
}

// places is the place of each cluster of a level among those inside the same
// cluster above.
func (h Hierarchy) places(level int) map[int]int {
	out := map[int]int{}
	for _, inside := range h.children(level) {
		for place, c := range inside {
			out[c] = place
		}
	}
	return out
}

// children is the clusters of a level by the one above that has them, in order;
// those of the coarsest level are all under 0.
func (h Hierarchy) children(level int) map[int][]int {
	in := map[int]int{}
	for i, c := range h.Levels[level] {
		in[c] = 0
		if level+1 < len(h.Levels) {
			in[c] = h.Levels[level+1][i]
		}
	}
	out := map[int][]int{}
	for c, above := range in {
		out[above] = append(out[above], c)
	}
	for _, inside := range out {
		slices.Sort(inside)
	}
	return out
}

// branch is a cluster in the JSON of a hierarchy.
type branch struct {
	Cluster  int      `json:"cluster"`
	Size     int      `json:"size"`
	Clusters []branch `json:"clusters,omitempty"` // of the level below
	Nodes    []string `json:"nodes,omitempty"`    // of the finest level
}

// WriteJSON writes the hierarchy as one JSON document: levels, the finest
// first, with their clusters and modularity, and the tree, in which a cluster
// has its number on its level, its size, and the clusters or nodes inside.
func (h Hierarchy) WriteJSON(w io.Writer) error {
	type level struct {
		Level      int     `json:"level"`
		Clusters   int     `json:"clusters"`
		Modularity float64 `json:"modularity"`
	}
	doc := struct {
		Header []string `json:"header"`
		Levels []level  `json:"levels"`
		Tree   []branch `json:"tree"`
	}{Header: h.Header}
	nodes := map[int][]string{}
	for i, c := range h.Levels[0] {
		name := strconv.Itoa(i)
		if h.Names != nil {
			name = h.Names[i]
		}
		nodes[c] = append(nodes[c], name)
	}
	below := map[int]branch{}
	for c, names := range nodes {
		below[c] = branch{Cluster: c, Size: len(names), Nodes: names}
	}
	for l := range h.Levels {
		doc.Levels = append(doc.Levels, level{l + 1, len(below), h.Modularity[l]})
		above := map[int]branch{}
		for c, inside := range h.children(l) {
			b := branch{Cluster: c}
			for _, in := range inside {
				b.Clusters, b.Size = append(b.Clusters, below[in]), b.Size+below[in].Size
			}
			above[c] = b
		}
		below = above
	}
	doc.Tree = below[0].Clusters
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		return err
	}
	return out.Flush()
}
