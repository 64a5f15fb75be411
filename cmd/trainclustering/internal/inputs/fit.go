package inputs

import (
	"fmt"
	"slices"

	"github.com/graphpool/graphpool/cmd/trainclustering/internal/failure"
	"github.com/graphpool/graphpool/cmd/trainclustering/internal/text"
	"github.com/graphpool/graphpool/modes/graphfile"
)

// Fitted is a graph as a model takes it.
type Fitted struct {
	Graph *graphfile.Graph

	// Order is which node of the graph stands at each place of Graph; nil: the
	// same.
	Order []int32
	// Nodes is which node of the training each node of Graph is, for
	// cluster.Model.PredictAmong; nil: the same.
	Nodes []int32

	Said []string // how it was matched
}

// Hints on what fits a model.
const (
	ownNodes = "train with --features, or with --features-from spectral or degree, for a model that fits other graphs"
	// WantColumns is the hint where features do not fit.
	WantColumns = "the graph needs the columns of features that the model was trained on"
)

// Fit brings g, of a file by the name data, into the form of the note. g is not
// changed. It errs where g does not fit, with the cause.
func (n Note) Fit(g *graphfile.Graph, data string) (*Fitted, error) {
	switch n.Kind {
	case Columns:
		return n.fitColumns(g, data)
	case Degree:
		out := *g
		out.Features, out.FeatureNames = g.DegreeColumns(n.Columns), nil
		return &Fitted{Graph: &out, Said: n.made(g)}, nil
	case Spectral:
		return n.fitSpectral(g, data)
	}
	return n.fitNodes(g, data)
}

// made says that features are made, and that those of the graph are not used.
func (n Note) made(g *graphfile.Graph) []string {
	said := say("features made as in the training: %s, %s", n.Kind, count(n.Columns, "column"))
	if n.Kind == Neighbours {
		said = nil
	}
	if g.Features != nil {
		said = append(said, say("features of the graph not used: the model reads none")...)
	}
	return said
}

// fitColumns matches the columns of features.
func (n Note) fitColumns(g *graphfile.Graph, data string) (*Fitted, error) {
	wants := "the features that the model was trained on"
	if n.Columns > 0 {
		wants = fmt.Sprintf("the %s that the model was trained on", count(n.Columns, "column"))
	}
	if n.ColumnNames != nil {
		wants += ": " + some(n.ColumnNames)
	}
	f := &Fitted{Graph: g}
	switch {
	case g.Features == nil:
		return nil, n.unfit(data, "it has no features, want %s", wants).WithHint("--features names a table with them")
	case n.ColumnNames == nil || g.FeatureNames == nil:
		if n.Columns > 0 && g.Features.Cols != n.Columns {
			return nil, n.unfit(data, "%s, want %s", count(g.Features.Cols, "feature"), wants).WithHint(WantColumns)
		}
		whose := "the graph"
		if n.ColumnNames == nil {
			whose = "the model"
		}
		f.Said = say("columns of features matched by position: %s has no names of them", whose)
		return f, nil
	}
	m := match(name(g.FeatureNames), name(n.ColumnNames), len(g.FeatureNames), len(n.ColumnNames))
	if len(m.missing) > 0 || len(m.unknown) > 0 {
		why := "its features"
		if len(m.missing) > 0 {
			why += " lack " + some(m.missing)
		}
		if len(m.missing) > 0 && len(m.unknown) > 0 {
			why += " and"
		}
		if len(m.unknown) > 0 {
			why += " have " + some(m.unknown) + ", unknown to the model"
		}
		return nil, n.unfit(data, "%s; want %s", why, wants).WithHint(WantColumns)
	}
	if !m.same() {
		out := *g
		out.Features = atColumns(g.Features, m.to)
		f.Graph, f.Said = &out, say("columns of features matched by name: they are in another order than in the training")
	}
	return f, nil
}

func (n Note) unfit(data, format string, args ...any) *failure.Failure {
	return failure.Failedf("%s does not fit the model: %s", text.OneLine(data), fmt.Sprintf(format, args...))
}

// fitNodes matches nodes whose own features the model reads.
func (n Note) fitNodes(g *graphfile.Graph, data string) (*Fitted, error) {
	m, said, err := n.matchNodes(g, data)
	if err != nil {
		return nil, err
	}
	f := n.inOrder(g, m)
	f.Said = append(said, f.Said...)
	to := f.Nodes
	if len(m.missing)+len(m.unknown) == 0 { // in the training's order now
		f.Nodes = nil
	}
	switch n.Kind {
	case OneHot:
		f.Graph.Features = oneHot(to, n.Nodes)
	case Random:
		if f.Graph.Features, err = n.randomRows(to); err != nil {
			return nil, n.unfit(data, "%v", err)
		}
	}
	return f, nil
}

// matchNodes matches the nodes, and errs where the graph is another one.
func (n Note) matchNodes(g *graphfile.Graph, data string) (m matched, said []string, err error) {
	trained := "it was trained on the neighbours of its own nodes, in place of features"
	if n.Kind != Neighbours {
		trained = "its features stand for its own nodes, by --features-from " + n.Kind
	}
	m = n.match(g)
	if n.Unnamed || n.NodeNames == nil && g.Names == nil {
		if g.Nodes != n.Nodes {
			return m, nil, n.unfit(data, "%s; these are %d without names, and the graph has %d", trained, n.Nodes, g.Nodes).WithHint(ownNodes)
		}
		said = say("nodes matched by position: they have no names")
		if n.Unnamed {
			said = say("nodes matched by position: the model's file has no names of them")
		}
		return m, said, nil
	}
	if 2*m.known < g.Nodes || m.known == 0 {
		return m, nil, n.unfit(data, "%s, and knows %d of its %s: the graph has such as %s, the training had such as %s",
			trained, m.known, count(g.Nodes, "node"), some(m.unknown), some(m.missing)).WithHint(ownNodes)
	}
	if len(m.unknown) > 0 {
		said = append(said, say("%d of %s not known to the model, such as %s: their clusters come from the neighbours that it knows",
			len(m.unknown), count(g.Nodes, "node"), some(m.unknown[:1]))...)
	}
	if len(m.missing) > 0 {
		said = append(said, say("%d of %s of the training not in the graph, such as %s", len(m.missing), count(n.Nodes, "node"), some(m.missing[:1]))...)
	}
	return m, said, nil
}

// match matches the nodes by name, or by number where the file has no names of them.
func (n Note) match(g *graphfile.Graph) matched {
	if n.Unnamed {
		return match(name(nil), name(nil), g.Nodes, n.Nodes)
	}
	return match(name(g.Names), name(n.NodeNames), g.Nodes, n.Nodes)
}

// inOrder is g with its nodes in the order of the training, without features.
func (n Note) inOrder(g *graphfile.Graph, m matched) *Fitted {
	f := &Fitted{Said: n.made(g), Nodes: m.to}
	order := m.order()
	if slices.IsSorted(order) { // all stay where they are
		out := *g
		out.Features, out.FeatureNames = nil, nil
		f.Graph = &out
		return f
	}
	f.Graph, f.Order = ordered(g, order), order
	f.Nodes = make([]int32, len(order))
	for i, old := range order {
		f.Nodes[i] = m.to[old]
	}
	return f
}

// fitSpectral makes eigenvectors: on the training's nodes in their order, so
// that they have the same bits.
func (n Note) fitSpectral(g *graphfile.Graph, data string) (*Fitted, error) {
	if n.Columns > g.Nodes {
		return nil, n.unfit(data, "%s, want at least %d, as many as the spectral features have columns", count(g.Nodes, "node"), n.Columns)
	}
	m := n.match(g)
	f := n.inOrder(g, m)
	f.Nodes = nil
	if len(m.missing)+len(m.unknown) > 0 {
		f.Said = append(f.Said, "the graph has other nodes than the training had: its eigenvectors need not mean the same")
	}
	var err error
	if f.Graph.Features, err = f.Graph.Spectral(n.Columns, n.Seed); err != nil {
		return nil, n.unfit(data, "%v", err)
	}
	return f, nil
}
