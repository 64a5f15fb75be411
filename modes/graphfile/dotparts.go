package graphfile

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/graph/formats/dot/ast"
)

// statements reads the statements of a graph or subgraph; weight is what edges
// weigh here that do not say it. It returns the nodes it met.
func (g *dotGraph) statements(list []ast.Stmt, weight string) (met []int32, err error) {
	for _, s := range list {
		var nodes []int32
		switch s := s.(type) {
		case *ast.NodeStmt:
			nodes, err = g.nodeStmt(s)
		case *ast.EdgeStmt:
			nodes, err = g.edgeStmt(s, weight)
		case *ast.Subgraph:
			nodes, err = g.statements(s.Stmts, weight)
		case *ast.AttrStmt:
			switch s.Kind {
			case ast.EdgeKind:
				weight = g.edgeAttrs(s.Attrs, weight)
			case ast.NodeKind:
				for _, a := range s.Attrs {
					g.edgeExtra.get("default of nodes: "+unquoteDOT(a.Key), text)
				}
			}
		}
		if err != nil {
			return nil, err
		}
		met = append(met, nodes...)
	}
	slices.Sort(met)
	return slices.Compact(met), nil
}

func (g *dotGraph) nodeStmt(s *ast.NodeStmt) ([]int32, error) {
	n, err := g.node(unquoteDOT(s.Node.ID), 0)
	if err != nil {
		return nil, err
	}
	for _, a := range s.Attrs {
		key := unquoteDOT(a.Key)
		k := anything
		if slices.Contains(dotDrawing(), key) {
			k = text
		}
		g.nodes.get(key, k).set(n, unquoteDOT(a.Val))
	}
	return []int32{n}, nil
}

// edgeAttrs is the weight among the attributes of edges, before where there is
// none.
func (g *dotGraph) edgeAttrs(attrs []*ast.Attr, before string) string {
	weight, from := before, ""
	for _, a := range attrs {
		key := unquoteDOT(a.Key)
		if isWeight(key) && from != "weight" {
			weight, from = unquoteDOT(a.Val), key
			continue
		}
		g.edgeExtra.get(key, text)
	}
	return weight
}

// edgeStmt reads a chain of edges, whose ends may be subgraphs: then each node
// of one is joined with each of the other.
func (g *dotGraph) edgeStmt(s *ast.EdgeStmt, weight string) ([]int32, error) {
	weight = g.edgeAttrs(s.Attrs, weight)
	from, err := g.vertex(s.From, weight)
	if err != nil {
		return nil, err
	}
	met := slices.Clone(from)
	for e := s.To; e != nil; e = e.To {
		to, err := g.vertex(e.Vertex, weight)
		if err != nil {
			return nil, err
		}
		if len(from)*len(to) > g.most-len(g.src) {
			return nil, fmt.Errorf("an edge between subgraphs of %d and %d nodes makes more than %d edges in all", len(from), len(to), g.most)
		}
		if err := g.join(from, to, weight); err != nil {
			return nil, err
		}
		met, from = append(met, to...), to
	}
	return met, nil
}

func (g *dotGraph) join(from, to []int32, weight string) error {
	for _, i := range from {
		for _, j := range to {
			if err := g.add(i, j, g.directed); err != nil {
				return err
			}
			if weight == "" {
				continue
			}
			if err := g.weight(weight); err != nil {
				return fmt.Errorf("edge %s, %s: %w", quote(g.ids[i]), quote(g.ids[j]), err)
			}
		}
	}
	return nil
}

// vertex is the nodes at one end of an edge.
func (g *dotGraph) vertex(v ast.Vertex, weight string) ([]int32, error) {
	switch v := v.(type) {
	case *ast.Node:
		n, err := g.node(unquoteDOT(v.ID), 0)
		return []int32{n}, err
	case *ast.Subgraph:
		return g.statements(v.Stmts, weight)
	}
	return nil, fmt.Errorf("an end of an edge that is no node and no subgraph")
}
