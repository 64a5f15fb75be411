package graphfile

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// writeJSON writes node-link JSON as networkx reads it: nodes with their name
// as id, "class" and features, and "links" with "weight".
func writeJSON(out io.Writer, g *Graph) error {
	ids, err := jsonIDs(g)
	if err != nil {
		return err
	}
	if err := g.checkWords("JSON", "UTF-8", func(string) bool { return true }); err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprint(w, `{"directed": false, "multigraph": false, "graph": {}, "nodes": [`)
	columns, _ := g.columnNames(nil)
	for i := range g.Nodes {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprintf(w, "\n{\"id\": %s", ids(i))
		if word, ok := g.class(i); ok {
			if g.LabelNames != nil {
				word = jsonText(word)
			}
			fmt.Fprintf(w, `, "%s": %s`, classKey, word)
		}
		if x := g.Features; x != nil {
			x.row(i, i == 0 || x.Dense != nil, func(j int, v float32) {
				fmt.Fprintf(w, ", %s: %s", jsonText(columns[j]), single(v))
			})
		}
		fmt.Fprint(w, "}")
	}
	fmt.Fprint(w, "\n], \"links\": [")
	first := true
	g.eachEdge(func(i, j int, weight float32) {
		if !first {
			fmt.Fprint(w, ",")
		}
		first = false
		fmt.Fprint(w, "\n")
		jsonEdge(w, g, ids, i, j, weight)
	})
	fmt.Fprint(w, "\n]}\n")
	return w.Flush()
}

// writeJSONL writes an edge a line, as an object with source, target and
// weight, ordered as in writeCSV.
func writeJSONL(out io.Writer, g *Graph) error {
	if g.Names != nil && !distinct(g.Names) {
		return fmt.Errorf("two nodes share a name, want names that differ in JSON lines")
	}
	ids, err := jsonIDs(g)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	if len(g.whyListed()) > 0 {
		for i := range g.Nodes {
			fmt.Fprintf(w, "{\"id\": %s}\n", ids(i))
		}
	}
	g.listed(g.Names)(func(i, j int, weight float32) {
		jsonEdge(w, g, ids, i, j, weight)
		fmt.Fprint(w, "\n")
	})
	return w.Flush()
}

// jsonIDs is how the nodes are called: by their name or their number.
func jsonIDs(g *Graph) (func(i int) string, error) {
	names, err := g.written("JSON", "UTF-8", func(string) bool { return true })
	return func(i int) string {
		if names == nil {
			return fmt.Sprint(i)
		}
		return jsonText(names[i])
	}, err
}

func jsonEdge(w io.Writer, g *Graph, ids func(i int) string, i, j int, weight float32) {
	fmt.Fprintf(w, `{"source": %s, "target": %s`, ids(i), ids(j))
	if g.Weights != nil {
		fmt.Fprintf(w, `, "weight": %s`, single(weight))
	}
	fmt.Fprint(w, "}")
}

func jsonText(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always has a form in JSON
	}
	return string(b)
}
