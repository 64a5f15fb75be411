package assignment

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/graphpool/graphpool/modes/graphfile"
)

// xmlNodes reads the nodes of a graph in GEXF or GraphML, element by element,
// with the attribute that has the name of a column of clusters.
type xmlNodes struct {
	f    *File
	keys map[string]string // of attributes of nodes, by id: their names, in lower case

	id, label string            // of the node being read
	labelled  bool              // it has a label, perhaps an empty one
	values    map[string]string // by the names of attributes
	at        string            // the attribute whose text comes; "": none
	column    string            // the attribute that has the clusters
}

// readXML reads clusters from the nodes of GEXF or GraphML.
func (f *File) readXML(r io.Reader) error {
	x := &xmlNodes{f: f, keys: map[string]string{}}
	d := xml.NewDecoder(r)
	d.CharsetReader = graphfile.XMLCharset
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line, _ := d.InputPos()
			return failf(f.Name, line, "not whole XML: %v", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			x.start(t)
		case xml.CharData:
			if x.at != "" {
				x.values[x.at] += string(t)
			}
		case xml.EndElement:
			line, _ := d.InputPos()
			if err := x.end(t.Name.Local, line); err != nil {
				return err
			}
		}
	}
	if len(f.Rows) == 0 {
		return failf(f.Name, 0, "has no nodes, want nodes of GEXF or GraphML with an attribute modularity_class or cluster")
	}
	f.Said = append(f.Said, fmt.Sprintf("nodes of %s, clusters from the attribute %s", f.Kind, quote(x.column)))
	return nil
}

// attribute is the value of an attribute of an element.
func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (x *xmlNodes) start(t xml.StartElement) {
	switch t.Name.Local {
	case "attribute": // of GEXF
		x.keys[attribute(t, "id")] = columnName(attribute(t, "title"))
	case "key": // of GraphML
		if of := attribute(t, "for"); of == "node" || of == "all" {
			x.keys[attribute(t, "id")] = columnName(attribute(t, "attr.name"))
		}
	case "node":
		x.id, x.label, x.values = attribute(t, "id"), attribute(t, "label"), map[string]string{}
		x.labelled = slices.ContainsFunc(t.Attr, func(a xml.Attr) bool { return a.Name.Local == "label" })
	case "attvalue":
		if x.values != nil {
			x.values[x.keys[attribute(t, "for")]] = attribute(t, "value")
		}
	case "data":
		if x.values != nil {
			x.at = x.keys[attribute(t, "key")]
			x.values[x.at] = "" // also where no text comes
		}
	}
}

func (x *xmlNodes) end(name string, line int) error {
	switch name {
	case "data":
		x.at = ""
	case "node":
		return x.node(line)
	}
	return nil
}

// names is what may name the node, in the order of the graph's reader: in GEXF its
// label, in GraphML its name and then its label; and its id, which is always there.
func (x *xmlNodes) names() []string {
	var names []string
	if x.labelled {
		names = append(names, x.label)
	}
	for _, key := range []string{"name", "label"} {
		if v, ok := x.values[key]; ok {
			names = append(names, v)
		}
	}
	return append(names, x.id)
}

// node ends a node.
func (x *xmlNodes) node(line int) error {
	row := Row{Line: line, Share: -1, Also: x.names()}
	row.Node, row.Also = row.Also[0], row.Also[1:]
	if x.column == "" {
		for _, c := range clusterColumns() {
			if _, ok := x.values[c]; ok && c != "label" {
				x.column = c
				break
			}
		}
		if x.column == "" {
			return failf(x.f.Name, line, "node %s has no attribute that is a cluster, want %s", quote(row.Node), strings.Join(clusterColumns()[:3], ", "))
		}
	}
	row.Cluster = strings.TrimSpace(x.values[x.column])
	if len(x.f.Rows) >= maxRows {
		return failf(x.f.Name, line, "more than %d nodes", maxRows)
	}
	x.f.Rows = append(x.f.Rows, row)
	x.values = nil
	return nil
}

// xmlKind tells GEXF and GraphML by the beginning of a file, "" for others.
func xmlKind(head string) Kind {
	if !strings.HasPrefix(strings.TrimSpace(head), "<") {
		return ""
	}
	kinds := []Kind{GEXF, GraphML}
	if i := slices.IndexFunc(kinds, func(k Kind) bool { return strings.Contains(head, "<"+string(k)) }); i >= 0 {
		return kinds[i]
	}
	return ""
}
