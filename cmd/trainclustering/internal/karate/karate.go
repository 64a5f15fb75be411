// Package karate is Zachary's karate club, the graph that ships inside the
// command.
package karate

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/graphpool/graphpool/modes/graphfile"
)

//go:embed karate.txt
var text string

// Name is what the summary calls the graph that ships inside.
const Name = "Zachary's karate club"

// Clusters is the number of clusters looked for in it where none is asked.
const Clusters = 4

// Graph returns the karate club: 34 nodes, 78 undirected edges, 4 labels.
func Graph() (*graphfile.Graph, error) { return parse(text) }

// parse reads the embedded format: a line "labels l0 l1 …", then a line
// "i: j …" a node, of its neighbours above it. Lines of # are comments.
func parse(text string) (*graphfile.Graph, error) {
	var labels []int
	var edges [][2]int
	for line := range strings.Lines(text) {
		head, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if head == "" || head[0] == '#' {
			continue
		}
		numbers, err := integers(rest)
		if err != nil {
			return nil, fmt.Errorf("karate.txt: %w", err)
		}
		if head == "labels" {
			labels = numbers
			continue
		}
		node, err := strconv.Atoi(strings.TrimSuffix(head, ":"))
		if err != nil {
			return nil, fmt.Errorf("karate.txt: %w", err)
		}
		for _, j := range numbers {
			edges = append(edges, [2]int{node, j})
		}
	}
	return fromEdges(edges, labels)
}

// fromEdges builds the symmetric rows of an unweighted graph.
func fromEdges(edges [][2]int, labels []int) (*graphfile.Graph, error) {
	rows := make([][]int32, len(labels))
	for _, e := range edges {
		for _, end := range e {
			if end < 0 || end >= len(rows) {
				return nil, fmt.Errorf("karate.txt: node %d, want 0 to %d", end, len(rows)-1)
			}
		}
		rows[e[0]] = append(rows[e[0]], int32(e[1]))
		rows[e[1]] = append(rows[e[1]], int32(e[0]))
	}
	g := &graphfile.Graph{Nodes: len(rows), RowPtr: make([]int32, 1, len(rows)+1), Labels: labels}
	for _, row := range rows {
		slices.Sort(row)
		g.Col = append(g.Col, row...)
		g.RowPtr = append(g.RowPtr, int32(len(g.Col)))
	}
	return g, nil
}

// integers reads whole numbers that blanks part.
func integers(text string) ([]int, error) {
	var out []int
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
