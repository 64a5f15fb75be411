package graphfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphpool/graphpool/modes/graphfile"
)

func ExampleReadEdgeList() {
	text := "source,target\nAnna,Ben\nBen,Anna\nBen,Cleo\nCleo,Cleo\n"
	g, err := graphfile.ReadEdgeList(strings.NewReader(text), "friends.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(g.Nodes, "nodes,", g.Edges(), "edges:", strings.Join(g.Names, ", "))
	for _, c := range g.Changes {
		fmt.Println(c)
	}
	// Output:
	// 3 nodes, 2 edges: Anna, Ben, Cleo
	// fields between commas, header on line 1, edges from column "source" to "target", no weights
	// 1 self loop dropped
	// 1 edge given in both directions counted once
}

// Two graphs, of two nodes and of three.
func ExampleReadTU() {
	dir, err := os.MkdirTemp("", "tu")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for file, text := range map[string]string{
		"TINY_A.txt":               "1, 2\n2, 1\n3, 4\n4, 3\n4, 5\n5, 4\n",
		"TINY_graph_indicator.txt": "1\n1\n2\n2\n2\n",
		"TINY_graph_labels.txt":    "-1\n1\n",
		"TINY_node_labels.txt":     "6\n8\n6\n6\n8\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			fmt.Println(err)
			return
		}
	}
	set, err := graphfile.ReadTU(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, g := range set.Graphs {
		fmt.Printf("%d nodes, %d edges, class %d\n", g.Nodes, g.Edges(), set.Classes[set.Labels[i]])
	}
	fmt.Println("features:", set.Graphs[1].Features.Dense, "for the labels", set.NodeLabels[0])
	// Output:
	// 2 nodes, 1 edges, class -1
	// 3 nodes, 2 edges, class 1
	// features: [1 0 1 0 0 1] for the labels [6 8]
}
