package graphfile_test

import (
	"fmt"
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
	// header line "source target" left out
	// 1 self loop dropped
	// 1 edge given in both directions counted once
}
