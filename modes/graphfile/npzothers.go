package graphfile

import (
	"fmt"
	"math"
)

// unused says which arrays of the file nothing was read from.
func (z *archive) unused(of string) []string {
	var names []string
	for _, name := range z.names {
		if !z.used[name] {
			names = append(names, quote(name))
		}
	}
	return notUsed(of+"arrays", names)
}

// featureArray is the array of dense features: of a layout that is known, or
// with a common name and a row a node, which is told. "" where there is none.
func (z *archive) featureArray(g *Graph) string {
	if name := z.first("attr_matrix", "attr", "feature_matrix", "features"); name != "" {
		return name
	}
	for _, name := range []string{"x", "X", "feat", "node_feat"} {
		if shape, kind := z.look(name); !isText(kind) && len(shape) == 2 && shape[0] == g.Nodes {
			g.Changes = append(g.Changes, "features are the array "+name)
			return name
		}
	}
	return ""
}

// otherLabels reads labels of a common name, where there is one a node. What is no
// class, such as a number with a fraction, is left out and told.
func (z *archive) otherLabels(g *Graph) {
	for _, name := range []string{"y", "label", "node_label"} {
		shape, kind := z.look(name)
		one := len(shape) == 1 && kind != 'f'
		hot := len(shape) == 2 && !isText(kind)
		if !one && !hot || shape[0] != g.Nodes {
			continue
		}
		labels, names, err := z.classes(name)
		if err != nil {
			g.Changes = append(g.Changes, "labels left out: "+err.Error())
			return
		}
		g.Labels, g.LabelNames = labels, names
		g.Changes = append(g.Changes, "labels are the array "+name)
		return
	}
}

// classes reads an array of labels: whole numbers, words, or one-hot rows.
func (z *archive) classes(name string) ([]int, []string, error) {
	a, err := z.open(name, 0)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = a.r.Close() }()
	return a.labels()
}

// otherNames reads the nodes' names of a common name, where there is one a node
// and no two are the same.
func (z *archive) otherNames(g *Graph) error {
	for _, name := range []string{"names", "ids", "node_ids"} {
		shape, kind := z.look(name)
		if kind == 0 || kind == 'f' || len(shape) != 1 || shape[0] != g.Nodes {
			continue
		}
		ids, err := z.idsOf(name)
		if err != nil {
			return err
		}
		if !distinct(ids) {
			g.Changes = append(g.Changes, "names left out: two nodes share one in the array "+name)
			return nil
		}
		g.Names = nameless(ids)
		g.Changes = append(g.Changes, "names are the array "+name)
		return nil
	}
	return nil
}

// look is the shape of an array and the kind of its values, 0 where there is
// none of this name or it cannot be read. It does not count as used.
func (z *archive) look(name string) (shape []int, kind byte) {
	if !z.has(name) || z.used[name] {
		return nil, 0
	}
	defer delete(z.used, name)
	a, err := z.open(name, -1)
	if err != nil {
		return nil, 0
	}
	_ = a.r.Close()
	if a.dtype.kind == 'O' {
		return nil, 0
	}
	return a.shape, a.dtype.kind
}

// edgeIndex reads edges as PyTorch Geometric has them: two rows of numbers of
// nodes, and weights if they are there.
func (z *archive) edgeIndex() (csr, error) {
	a, err := z.open("edge_index", 2)
	if err != nil {
		return csr{}, err
	}
	defer func() { _ = a.r.Close() }()
	if a.shape[0] != 2 {
		return csr{}, a.failf("has shape %s, want two rows", shapeText(a.shape))
	}
	edges := a.shape[1]
	ends, err := ints[int32](a, 0, MaxNodes-1)
	if err != nil {
		return csr{}, err
	}
	if a.fortran {
		ends = rowMajor(ends, 2, edges)
	}
	nodes, err := z.countNodes(ends)
	if err != nil {
		return csr{}, err
	}
	val := ones(edges)
	if z.has("edge_weight") {
		if val, err = z.floats("edge_weight", 0); err != nil {
			return csr{}, err
		}
		if len(val) != edges {
			return csr{}, fmt.Errorf("edge_weight has %d values, want one an edge (%d)", len(val), edges)
		}
	}
	return fromList(nodes, ends[:edges], ends[edges:], val), nil
}

// countNodes is how many nodes there are beside edges between these: what
// num_nodes says, the rows of x, or one more than the largest number.
func (z *archive) countNodes(ends []int32) (int, error) {
	most := -1
	for _, v := range ends {
		most = max(most, int(v))
	}
	nodes, by := most+1, "edge_index"
	if z.has("num_nodes") {
		by = "num_nodes"
		a, err := z.open(by, -1)
		if err != nil {
			return 0, err
		}
		defer func() { _ = a.r.Close() }()
		n, err := ints[int](a, 0, math.MaxInt32)
		if err != nil {
			return 0, err
		}
		if len(n) != 1 {
			return 0, a.failf("has %d values, want one", len(n))
		}
		nodes = n[0]
	} else if shape, _ := z.look("x"); len(shape) == 2 {
		nodes, by = shape[0], "x"
	}
	switch {
	case nodes == 0:
		return 0, fmt.Errorf("a graph of 0 nodes")
	case nodes <= most:
		return 0, fmt.Errorf("edge_index has node %d, want less than the %d nodes that %s says", most, nodes, by)
	}
	return nodes, believed(by, nodes, len(ends)/2)
}

// noAdjacency says which layouts are read.
func (z *archive) noAdjacency() error {
	return fmt.Errorf("no adjacency, want adj_data, adj_indices, adj_indptr and adj_shape, a matrix of scipy.sparse.save_npz, a dense one adj or A, or edge_index: the file holds %s", z.list())
}
