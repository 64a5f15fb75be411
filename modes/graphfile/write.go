package graphfile

import (
	"io"

	"github.com/graphpool/graphpool/modes/wholefile"
)

// WriteNPZ writes g to path as npz in the gnn-benchmark layout, which [Read]
// reads back equal but for Changes: adj_data (1 where unweighted), adj_indices,
// adj_indptr, adj_shape; attr_data and so on, or attr_matrix for dense
// features; labels, with label_mask if a node has none; node_names. The same
// graph gives the same bytes.
//
// The file appears whole or not at all: it is written beside path under
// another name and then renamed. It errs where g's slices do not fit together
// or the file cannot be written.
func WriteNPZ(path string, g *Graph) error {
	if err := g.check(); err != nil {
		return err
	}
	return writeFile(path, func(w io.Writer) error { return writeNPZ(w, g) })
}

// writeFile lets fill write the file at path, which appears whole or not at
// all.
func writeFile(path string, fill func(w io.Writer) error) error {
	return named(path, wholefile.Write(path, fill))
}
