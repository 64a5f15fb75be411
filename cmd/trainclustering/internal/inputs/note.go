// Package inputs says what a model reads of a graph, for the note in the model's
// file, and brings another graph into that form: nodes and columns of features
// are matched by name where both sides have names.
package inputs

import (
	"encoding/json"
	"math"
	"slices"

	"github.com/graphpool/graphpool/layers/cluster"
	"github.com/graphpool/graphpool/modes/embed"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// The kinds of inputs. Those that are made have the names of
// graphfile.FeatureKinds.
const (
	Unknown    = ""         // of a file that does not say it: of a store, or of earlier versions
	Columns    = "features" // columns of the graph's file or of --features
	Neighbours = "neighbours"
	Degree     = "degree"
	OneHot     = "onehot"
	Spectral   = "spectral"
	Random     = "random"
)

// Note is what a model's file says of its inputs.
type Note struct {
	Kind    string `json:"kind"`
	Columns int    `json:"columns,omitempty"` // of the features, 0 of neighbours
	Seed    uint64 `json:"seed,omitempty"`    // that they were made with

	// ColumnNames are the names of the columns of features, in order.
	ColumnNames []string `json:"column_names,omitempty"`

	// Nodes and NodeNames are those of the training's graph, in order, where the
	// features stand for them; without names they are numbers from 0.
	Nodes     int      `json:"nodes,omitempty"`
	NodeNames []string `json:"node_names,omitempty"`

	// Unnamed says that names are too long for the file.
	Unnamed bool `json:"names_left_out,omitempty"`
}

// maxNames bounds the names in a file in bytes: the header of a safetensors file
// has at most 100 MB.
const maxNames = 40 << 20

// maxNodes bounds the nodes that a file may claim.
const maxNodes = 1 << 28

// Of is the note of a training on g with the features of task, made with a seed.
// g is nil of a store, which has no names of columns and does not say how they
// were made: nothing is noted then.
func Of(g *graphfile.Graph, task *cluster.Task, seed uint64) Note {
	switch {
	case g == nil || task == nil:
		return Note{}
	case g.Features == nil || !task.Raw() && task.Map.Kind == embed.Pattern:
		return Note{Kind: Neighbours}.withNodes(g)
	}
	n := Note{Kind: Columns, Columns: g.Features.Cols}
	if g.MadeFrom == "" {
		n.ColumnNames = g.FeatureNames
		return n.short()
	}
	n.Kind, n.Seed = g.MadeFrom, seed
	if n.Kind == Degree {
		return n
	}
	return n.withNodes(g)
}

func (n Note) withNodes(g *graphfile.Graph) Note {
	n.Nodes, n.NodeNames = g.Nodes, g.Names
	return n.short()
}

// short is the note without names that are too long for the file.
func (n Note) short() Note {
	bytes := 0
	for _, s := range slices.Concat(n.ColumnNames, n.NodeNames) {
		if bytes += len(s) + 6; bytes <= maxNames/2 {
			continue
		}
		long, err := json.Marshal(n) // as escapes make it longer
		if err != nil || len(long) > maxNames {
			n.ColumnNames, n.NodeNames, n.Unnamed = nil, nil, true
		}
		break
	}
	return n
}

// Valid tells whether a note that was read can be used.
func (n Note) Valid() bool {
	switch {
	case n.Columns < 0 || n.Columns > math.MaxInt32 || n.Nodes < 0 || n.Nodes > maxNodes:
		return false
	case n.ColumnNames != nil && len(n.ColumnNames) != n.Columns, n.NodeNames != nil && len(n.NodeNames) != n.Nodes:
		return false
	}
	return n.Kind == Unknown || n.Kind == Columns || slices.Contains(graphfile.FeatureKinds(), n.Kind)
}
