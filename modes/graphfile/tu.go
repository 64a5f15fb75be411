package graphfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/klauspost/compress/zip"
)

// TUSet is several graphs with a class each, as a data set of the TU
// collection holds them.
type TUSet struct {
	Name   string   // the prefix of its files, such as MUTAG
	Graphs []*Graph // features as ReadTU says, no node labels, no names; one that no node is of has 0 nodes

	// EdgeFeatures has, for each graph, a row for every entry of Col, equal in
	// both directions of an edge; nil where the files have neither labels nor
	// attributes of edges. It is nil for a graph without edges.
	EdgeFeatures []*Features

	Labels  []int // the class of each graph, 0 to len(Classes)−1; nil without a file of labels
	Classes []int // the number that the file has for each class, ascending

	// MoreLabels and MoreClasses are Labels and Classes of the columns of the
	// file of labels after the first one; nil where it has one.
	MoreLabels, MoreClasses [][]int

	// Targets has the attributes of each graph, numbers to be predicted; nil
	// without a file of them.
	Targets [][]float32

	// What the columns of features behind the attributes stand for: of each
	// column of the file of labels, the numbers found there, ascending. nil: no
	// such file.
	NodeLabels, EdgeLabels [][]int

	Changes []string // how the graphs differ from the files, in words, with counts
}

// ReadTU reads a data set of the TU collection from path: a folder or a zip
// archive that holds, itself or in one folder below, the text files
//
//	NAME_A.txt                "i, j" of each entry, nodes counted from 1 through all graphs
//	NAME_graph_indicator.txt  the graph of each node, counted from 1
//	NAME_graph_labels.txt     the class of each graph (may be missing where the next one is there)
//	NAME_graph_attributes.txt numbers of each graph (may be missing)
//	NAME_node_labels.txt      whole numbers of each node (may be missing)
//	NAME_node_attributes.txt  numbers of each node (may be missing)
//	NAME_edge_labels.txt      whole numbers of each entry of A (may be missing)
//	NAME_edge_attributes.txt  numbers of each entry of A (may be missing)
//
// Features are the attributes, then a column for each label, 1 where the node
// has it: the order of PyG. Without either, Features is nil. Features of edges
// are made alike; where an edge is given more than once, in one direction or
// in both, it gets the mean. The features of all graphs are in one form, dense
// where more than a quarter of all their values is not 0.
//
// Graphs become undirected by the rules of the package. Other files are not
// read. Labels are whole numbers and may be written as 1.0. There are as many
// graphs as lines of labels or attributes: a graph that no node is of is empty.
//
// It errs at the first bad line, with file and number: a field that is no
// number or out of range, another count of fields than on the first line, a
// blank line before the last, an edge between two graphs. It errs too where a file has fewer or more lines than there are
// nodes, entries or graphs, and where there is none of the required files or
// more than one data set. Memory is linear in the files.
//
// Source: Morris, Kriege, Bause, Kersting, Mutzel, Neumann, TUDataset: A
// collection of benchmark datasets for learning with graphs, 2020, arXiv
// 2007.08663.
func ReadTU(path string) (*TUSet, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	if info.IsDir() {
		return readTU(os.DirFS(path), path)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		var pe *fs.PathError
		if errors.As(err, &pe) {
			return nil, pathError(path, err)
		}
		return nil, fmt.Errorf("%s: not a folder or a readable zip archive, it may be cut off: %w", path, err)
	}
	defer func() { _ = z.Close() }()
	return readTU(z, path)
}

// readTU reads the files in fsys; from begins its errors.
func readTU(fsys fs.FS, from string) (*TUSet, error) {
	f, err := findTU(fsys, from)
	if err != nil {
		return nil, err
	}
	s := &TUSet{Name: f.name}
	counted, graphs, err := s.graphFiles(f)
	if err != nil {
		return nil, err
	}
	nodes, err := f.nodes(graphs, counted)
	if err != nil {
		return nil, err
	}
	x, err := f.features("node", nodes.count(), "one a node")
	if err != nil {
		return nil, err
	}
	entries, err := f.entries(nodes)
	if err != nil {
		return nil, err
	}
	e, err := f.features("edge", len(entries.src), "one an entry of "+f.name+"_A.txt")
	if err != nil {
		return nil, err
	}
	s.NodeLabels, s.EdgeLabels = x.values, e.values
	return s, s.build(from, nodes, entries, x, e)
}

// graphFiles reads labels and attributes of graphs, and returns how many graphs
// there are and by which file.
func (s *TUSet) graphFiles(f *tuFiles) (counted string, graphs int, err error) {
	graphs = -1
	if f.has("graph_labels") || !f.has("graph_attributes") {
		t, err := f.ints("graph_labels", 0, -1, "the class of each graph")
		if err != nil {
			return "", 0, err
		}
		of, classes := numbered(t)
		s.Labels, s.Classes, s.MoreLabels, s.MoreClasses = of[0], classes[0], of[1:], classes[1:]
		if t.cols == 1 {
			s.MoreLabels, s.MoreClasses = nil, nil
		}
		counted, graphs = f.name+"_graph_labels.txt", t.rows
	}
	if !f.has("graph_attributes") {
		return counted, graphs, nil
	}
	t, err := f.floats("graph_attributes", graphs, "one a graph")
	if err != nil {
		return "", 0, err
	}
	for i := range t.rows {
		s.Targets = append(s.Targets, t.row(i))
	}
	if graphs < 0 {
		counted = f.name + "_graph_attributes.txt"
	}
	return counted, t.rows, nil
}
