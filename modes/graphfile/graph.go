package graphfile

// Unlabeled is the label of a node without a label.
const Unlabeled = -1

// Graph is an undirected graph as read from a file, in compressed sparse rows
// with both directions stored: the neighbours of node i, ascending, are
// Col[RowPtr[i]:RowPtr[i+1]]. There are no self loops and no duplicates.
type Graph struct {
	Nodes       int
	RowPtr, Col []int32

	// Weights is as long as Col and equal in both directions; nil where every
	// edge weighs 1.
	Weights []float32

	// Features has a row a node; nil where the file has none.
	Features *Features

	// Labels has one number a node, Unlabeled for a node without a label; nil where
	// the file has none.
	Labels []int

	// LabelNames are the words of the classes: label l is LabelNames[l]; nil
	// where the file has numbers.
	LabelNames []string

	// FeatureNames names the columns of Features; nil where the file does not.
	FeatureNames []string

	// MadeFrom is the kind of FeaturesFrom that made Features, as whoever made them
	// notes; "" where the file has them.
	MadeFrom string

	// Names has the name of each node; nil where nodes are named by their index.
	Names []string

	// Changes says in words, with counts, how the graph differs from the file.
	Changes []string

	// Directed says that the file's edges have a direction; here they have none.
	Directed bool

	// Format names the file's format, and Recognised how it was known: by
	// "content", "ending" or "flag".
	Format, Recognised string
}

// Edges returns the number of undirected edges.
func (g *Graph) Edges() int {
	return len(g.Col) / 2
}

// Features is a Rows×Cols matrix in one of two forms. Where more than a
// quarter of its values is not 0 (more than half, where these all are 1 and
// there are 512 columns or more), Dense holds all of them, row by row, and the
// other three slices are nil. Otherwise Dense is nil and the values that are
// not 0 stand in compressed sparse rows, columns ascending; Values is nil where
// all of these are 1.
type Features struct {
	Rows, Cols int

	Dense []float32

	RowPtr, Col []int32
	Values      []float32
}

// Value is entry p of the compressed rows: Values[p], or 1 where Values is nil.
func (f *Features) Value(p int) float32 {
	if f.Values == nil {
		return 1
	}
	return f.Values[p]
}
